package tongchou.server.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tongchou.server.access.Admission;
import tongchou.server.access.Keyring;
import tongchou.server.access.Pace;
import tongchou.server.access.Tokens;
import tongchou.storage.Keys;

/// Who gets in and how (入口选项): TLS, tokens of an issuer, the pace of requests.
final class Entrance {

    /// The environment variable that holds the password of the key store, which does not belong on a command line.
    static final String PASSWORD = "TONGCHOU_TLS_PASSWORD";

    @Option(names = "--insecure-http", descriptionKey = "insecure-http")
    private boolean insecure;

    @Option(names = "--tls-keystore", paramLabel = "FILE", descriptionKey = "tls-keystore")
    private @Nullable Path keystore;

    @Option(names = "--rate", defaultValue = "200", paramLabel = "N", descriptionKey = "rate")
    private long rate;

    @Option(names = "--oidc-issuer", paramLabel = "URL", descriptionKey = "oidc-issuer")
    private @Nullable String issuer;

    @Option(names = "--oidc-audience", paramLabel = "NAME", descriptionKey = "oidc-audience")
    private @Nullable String audience;

    @Option(names = "--oidc-keys", paramLabel = "FILE|URL", descriptionKey = "oidc-keys")
    private @Nullable String keys;

    @Option(names = "--oidc-host", paramLabel = "HOST", descriptionKey = "oidc-host")
    private List<String> hosts = List.of();

    @Option(names = "--oidc-role-claim", defaultValue = "tongchou_role", paramLabel = "NAME",
            descriptionKey = "oidc-role-claim")
    private String roleClaim = "";

    @Option(names = "--oidc-scope-claim", defaultValue = "tongchou_scope", paramLabel = "NAME",
            descriptionKey = "oidc-scope-claim")
    private String scopeClaim = "";

    /// What is wrong with the options.
    static final class Wrong extends Exception {

        private static final long serialVersionUID = 1L;

        private final String zh;
        private final String en;

        Wrong(String zh, String en) {
            super(en);
            this.zh = zh;
            this.en = en;
        }

        String say(Texts texts) {
            return texts.chinese() ? zh : en;
        }
    }

    /// Whether only programs on this machine reach the address.
    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    boolean hasTls() {
        return keystore != null;
    }

    /// What the connection is encrypted with; null for plain HTTP, which leaves this machine only when told.
    @Nullable SSLContext tls(String host, Surroundings surroundings) throws Wrong {
        if (keystore == null) {
            if (!isLoopback(host) && !insecure) {
                throw new Wrong(host + " 不是本机地址，明文 HTTP 会泄露密钥与个人信息："
                        + "请用 --tls-keystore 启用 TLS；若前面另有 TLS 代理，加 --insecure-http。",
                        host + " is not this machine alone, and plain HTTP would show keys and personal data: give "
                                + "--tls-keystore, or --insecure-http behind a proxy that speaks TLS.");
            }
            return null;
        }
        var password = surroundings.environment().getOrDefault(PASSWORD, "").toCharArray();
        try (var in = Files.newInputStream(keystore)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, password);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new Wrong("证书库 " + keystore + " 不可用（PKCS12，密码放在环境变量 " + PASSWORD + "）：" + unusable.getMessage(),
                    "The key store " + keystore + " cannot be used (PKCS12, password in " + PASSWORD + "): "
                            + unusable.getMessage());
        } finally {
            java.util.Arrays.fill(password, '\0');
        }
    }

    /// Who is let in.
    Admission admission(Keys known, Surroundings surroundings) throws Wrong {
        var clock = surroundings.clock();
        if (rate < 0 || rate > 1_000_000) {
            throw new Wrong("--rate 应为 0 至 1000000。", "--rate must be 0 to 1000000.");
        }
        return new Admission(new Keyring(known, clock, surroundings.random()), tokens(clock), new Pace(clock, rate));
    }

    private @Nullable Tokens tokens(Clock clock) throws Wrong {
        if (issuer == null && audience == null && keys == null) {
            return null;
        }
        if (issuer == null || audience == null || keys == null) {
            throw new Wrong("--oidc-issuer、--oidc-audience、--oidc-keys 须同时给出。",
                    "--oidc-issuer, --oidc-audience and --oidc-keys go together.");
        }
        try {
            return new Tokens(new Tokens.Terms(issuer, audience, keys, hosts, roleClaim, scopeClaim), clock);
        } catch (IOException unreadable) {
            throw new Wrong("读不到令牌公钥 " + unreadable.getMessage(), "The keys of the token issuer cannot be read: "
                    + unreadable.getMessage());
        } catch (IllegalArgumentException notAllowed) {
            throw new Wrong("--oidc-keys 须为文件，或 --oidc-host 所列主机的 https 地址：" + keys,
                    "--oidc-keys must be a file, or an https address on a host of --oidc-host: " + keys);
        }
    }
}
