package tongchou.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.staticcontent.StaticContentService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tongchou.api.http.NoQuery;
import tongchou.api.http.OpenApi;

/// The description of the interface (接口说明) and the explorer that shows it at `/`.
final class Explorer {

    private static final String FILES = "/META-INF/resources/webjars/swagger-ui/5.34.1";

    private final String page = page();

    List<Route> routes() {
        return List.of(Route.get("/", call -> Answer.text("text/html", page)), Route.get("/openapi", call -> {
            call.query(NoQuery.class);
            return Answer.text("application/yaml", OpenApi.yaml());
        }));
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
