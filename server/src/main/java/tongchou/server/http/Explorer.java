package tongchou.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.staticcontent.StaticContentService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import tongchou.api.http.NoQuery;
import tongchou.api.http.OpenApi;

/// The description of the interface (接口说明) and the explorer that shows it at `/`.
final class Explorer {

    private static final String FILES = "/META-INF/resources/webjars/swagger-ui/5.34.1";

    private static final HeaderName POLICY = HeaderNames.create("Content-Security-Policy");
    private static final Header NOT_FRAMED = HeaderValues.createCached(POLICY, "frame-ancestors 'none'");
    private static final Header NOT_GUESSED = HeaderValues.createCached("X-Content-Type-Options", "nosniff");
    private static final Header NOT_REFERRED = HeaderValues.createCached("Referrer-Policy", "no-referrer");
    private static final Header NOT_KEPT = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");
    private static final Header ONLY_SECURE =
            HeaderValues.createCached("Strict-Transport-Security", "max-age=31536000");
    private static final Pattern INLINE = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);

    private final String page = page();
    private final Header policy = HeaderValues.createCached(POLICY, policy(page));

    List<Route> routes() {
        return List.of(Route.get("/", call -> Answer.text("text/html", page)), Route.get("/openapi", call -> {
            call.query(NoQuery.class);
            return Answer.text("application/yaml", OpenApi.yaml());
        }));
    }

    /// Puts on every answer what a browser needs to know: nothing is guessed, framed, kept or loaded from elsewhere.
    ///
    /// What is no page has no more headers than a program needs, because Helidon has 256 bytes for all of them and
    /// copies an answer that has more into twice its room.
    void secure(ServerRequest request, ServerResponse response) {
        var path = request.path().rawPath();
        var shown = path.equals("/") || path.startsWith("/explorer/");
        response.header(NOT_GUESSED);
        if (shown) {
            response.header(NOT_REFERRED).header(policy);
        } else {
            response.header(NOT_FRAMED).header(NOT_KEPT);
        }
        if (request.isSecure()) {
            response.header(ONLY_SECURE);
        }
    }

    /// The one script that stands in the page itself is named by its hash.
    private static String policy(String page) {
        var script = INLINE.matcher(page);
        if (!script.find()) {
            throw new IllegalStateException("explorer.html has no script");
        }
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(script.group(1).getBytes(StandardCharsets.UTF_8));
            return "default-src 'none'; script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash)
                    + "'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void files(HttpRouting.Builder routing) {
        // Swagger's own start page shows somebody else's interface.
        for (var own : List.of("/explorer", "/explorer/", "/explorer/index.html")) {
            routing.get(own, (request, response) -> {
                response.status(Status.FOUND_302).header(HeaderNames.LOCATION, "/");
                response.send();
            });
        }
        routing.register("/explorer", StaticContentService.builder(FILES, Explorer.class.getClassLoader()).build());
    }

    private static String page() {
        try (var in = Explorer.class.getResourceAsStream("explorer.html")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
