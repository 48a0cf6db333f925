package tongchou.server.access;

import java.util.Map;
import tongchou.api.http.Fault;
import tongchou.api.http.ProblemCode;

/// A caller is turned away before the request is read (拒绝准入).
public final class Turned extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Fault fault;
    private final transient Map<String, String> headers;

    private Turned(Fault fault, Map<String, String> headers) {
        super(fault.code(), null, false, false);
        this.fault = fault;
        this.headers = headers;
    }

    /// 401 for who shows nothing.
    static Turned nothingShown() {
        return challenge(ProblemCode.NOT_AUTHENTICATED, "请求头 Authorization: Bearer tck_… 或令牌",
                "a header Authorization: Bearer tck_... or a token", "Bearer realm=\"tongchou\"");
    }

    /// 401 for what is malformed, unknown or forged; which of these is not told, and nothing of it is repeated.
    static Turned notGenuine() {
        return challenge(ProblemCode.CREDENTIAL_REFUSED, "发放时给出的完整密钥，或认证服务签发的令牌",
                "a key exactly as it was given out, or a token of the configured issuer",
                "Bearer realm=\"tongchou\", error=\"invalid_token\"");
    }

    /// 401 for what is genuine, but not now.
    static Turned notInForce(String why, String whyEn) {
        return challenge(ProblemCode.CREDENTIAL_NOT_IN_FORCE, why, whyEn,
                "Bearer realm=\"tongchou\", error=\"invalid_token\", error_description=\"" + whyEn + "\"");
    }

    private static Turned challenge(ProblemCode code, String expected, String expectedEn, String challenge) {
        return new Turned(Fault.of(code, "Authorization", "", expected, expectedEn),
                Map.of("WWW-Authenticate", challenge));
    }

    /// 403 for a role that may not do this.
    static Turned notAllowed(Action action, Caller caller) {
        var roles = action.roles().stream().map(tongchou.api.http.Words::of).toList();
        return new Turned(Fault.of(ProblemCode.NOT_ALLOWED, "", tongchou.api.http.Words.of(caller.role()),
                "以下角色之一：" + String.join("、", roles), "one of the roles " + String.join(", ", roles)),
                Map.of("WWW-Authenticate", "Bearer realm=\"tongchou\", error=\"insufficient_scope\""));
    }

    /// 429 for who asks too often.
    static Turned tooOften(long seconds) {
        return new Turned(Fault.of(ProblemCode.TOO_MANY_REQUESTS, "", "", seconds + " 秒后再试", "again in " + seconds
                + " s"),
                Map.of("Retry-After", Long.toString(seconds)));
    }

    /// What is wrong.
    public Fault fault() {
        return fault;
    }

    /// What the answer carries beside it.
    public Map<String, String> headers() {
        return headers;
    }
}
