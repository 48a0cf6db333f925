package tongchou.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Fault;
import tongchou.api.http.Field;
import tongchou.api.http.NoQuery;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.RequestReader;
import tongchou.server.access.Caller;

/// A request as a route sees it (请求).
public final class Call {

    private static final String USUAL = "application/json";
    private static final Pattern JSON = Pattern.compile(
            "application/([a-z0-9.-]+\\+)?json *(; *charset *= *\"?utf-?8\"? *)?", Pattern.CASE_INSENSITIVE);

    private final ServerRequest request;
    private final Caller caller;
    private byte @Nullable [] sent;

    Call(ServerRequest request, Caller caller) {
        this.request = request;
        this.caller = caller;
    }

    /// Who is calling.
    public Caller caller() {
        return caller;
    }

    /// The body, read strictly into its record; no query parameters are allowed beside it.
    ///
    /// @throws Refused with everything that is wrong
    public <R extends Record> R body(Class<R> type) {
        if (!request.query().isEmpty()) {
            query(NoQuery.class);
        }
        if (!isJson()) {
            throw new Refused(Fault.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type", declared(),
                    "application/json，UTF-8 编码", "application/json in UTF-8"));
        }
        return RequestReader.body(sent == null ? bytes() : sent, type);
    }

    private String declared() {
        return request.headers().first(HeaderNames.CONTENT_TYPE).orElse(USUAL);
    }

    private boolean isJson() {
        var declared = declared();
        return declared.equals(USUAL) || JSON.matcher(declared).matches();
    }

    /// Takes in what is sent, so that only the connection's own thread waits for a slow sender.
    Call takenIn() {
        if (request.prologue().method().equals(Method.POST) && isJson()) {
            sent = bytes();
        }
        return this;
    }

    /// The fault of a compressed body; nothing when the body is as it is.
    static Optional<Fault> packed(Headers headers) {
        return headers.first(HeaderNames.CONTENT_ENCODING).map(coding -> Fault.of(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding", coding, "不压缩的报文，不带此头",
                "a body that is not compressed, without this header"));
    }

    /// A body whose length is declared is read into as many bytes; one that is not, into a growing buffer.
    private byte[] bytes() {
        var content = request.content();
        if (!content.hasEntity()) {
            return new byte[0];
        }
        var declared = request.headers().contentLength();
        try {
            if (declared.isEmpty()) {
                return content.as(byte[].class);
            }
            try (var in = content.inputStream()) {
                return in.readNBytes(Math.toIntExact(declared.getAsLong()));
            }
        } catch (NumberFormatException notChunks) {
            throw Door.unframed();
        } catch (IOException hungUp) {
            throw new UncheckedIOException(hungUp);
        }
    }

    /// The query, read strictly into its record.
    ///
    /// @throws Refused with everything that is wrong
    public <R extends Record> R query(Class<R> type) {
        Map<String, List<String>> query = request.query().toMap();
        return RequestReader.query(query, type);
    }

    /// A code or token in the path.
    ///
    /// @throws Refused when it cannot be one
    public String path(String name) {
        return RequestReader.code(name, request.path().pathParameters().get(name));
    }

    /// The code of an item in the path.
    ///
    /// @throws Refused when it cannot be one
    String item(String name) {
        return RequestReader.code(name, request.path().pathParameters().get(name), Field.Form.ITEM);
    }

    /// A header.
    public Optional<String> header(String name) {
        return request.headers().first(HeaderNames.create(name));
    }

    /// Whether the caller reads Chinese; so it is unless English is asked for.
    public boolean chinese() {
        return chinese(request);
    }

    static boolean chinese(ServerRequest request) {
        return chinese(request.headers());
    }

    static boolean chinese(Headers headers) {
        return headers.first(HeaderNames.ACCEPT_LANGUAGE).map(Call::prefersChinese).orElse(true);
    }

    private static boolean prefersChinese(String languages) {
        try {
            for (var range : Locale.LanguageRange.parse(languages)) {
                if (range.getWeight() > 0 && range.getRange().startsWith("en")) {
                    return false;
                }
                if (range.getWeight() > 0 && range.getRange().startsWith("zh")) {
                    return true;
                }
            }
        } catch (IllegalArgumentException notALanguage) {
            return true;
        }
        return true;
    }

    /// Whether the caller wants JSON where plain text would be answered.
    public boolean wantsJson() {
        return request.headers().first(HeaderNames.ACCEPT).map(accept -> accept.contains("json")).orElse(false);
    }
}
