package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.storage.Book;
import tongchou.storage.BookException;

/// Failures and defects at the door: an id or a request to retry, never inner text.
class DoorTest {

    /// A book of which one method fails.
    private static Book failing(Book book, String method, RuntimeException failure) {
        InvocationHandler handler = (proxy, called, arguments) -> {
            if (called.getName().equals(method)) {
                throw failure;
            }
            try {
                return called.invoke(book, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        };
        return (Book) Proxy.newProxyInstance(DoorTest.class.getClassLoader(), new Class<?>[] {Book.class}, handler);
    }

    @Test
    void aDefectAnswersAnIdAndNothingElse(@TempDir Path directory) {
        try (var site = new TestSite(directory, book ->
                failing(book, "alliances", new IllegalStateException("secret")))) {
            var reply = site.get("/v1/alliances");
            assertEquals(500, reply.status());
            assertEquals("application/problem+json", reply.type());
            assertEquals("DEFECT s-1", reply.at("code") + " " + reply.at("id"));
            assertTrue(!reply.body().contains("secret") && !reply.body().contains("Exception"), reply.body());
            assertEquals(200, site.get("/v1/packs").status());
        }
    }

    @Test
    void aFailingBookAsksForTheSameKeyAgain(@TempDir Path directory) {
        var failure = new BookException("disk", new IllegalStateException("secret"), true);
        try (var site = new TestSite(directory, book -> failing(book, "settle", failure))) {
            var reply = site.post("/v1/settlements", SettlementsTest.STAY.formatted("d-1"));
            assertEquals("503 STORE_UNAVAILABLE", reply.status() + " " + reply.at("code"));
            assertTrue(reply.at("expected").contains("同一幂等键") && !reply.body().contains("secret"), reply.body());
        }
    }

    @Test
    void whoAsksTooOftenIsToldWhenToGoOn(@TempDir Path directory) {
        try (var site = new TestSite(directory, book -> book, null, 1)) {
            assertEquals(200, site.get("/v1/packs").status());
            assertEquals(200, site.get("/v1/packs").status());
            var reply = site.get("/v1/packs");
            assertEquals("429 TOO_MANY_REQUESTS 1",
                    reply.status() + " " + reply.at("code") + " " + reply.header("Retry-After"));
            assertEquals(200, site.get("/v1/keys").status());
            assertEquals(200, site.get("/openapi").status());
        }
    }

    @Test
    void healthAndMetricsAnswer(@TempDir Path directory) {
        try (var site = new TestSite(directory)) {
            site.get("/v1/nothing");
            assertTrue(site.get("/observe/health").body().contains("\"status\":\"UP\""));
            assertTrue(site.get("/observe/metrics").body().contains("tongchou_problems_total{"));
            assertTrue(site.get("/").body().contains("SwaggerUIBundle"));
            for (var file : List.of("swagger-ui.css", "swagger-ui-bundle.js")) {
                assertEquals(200, site.get("/explorer/" + file).status());
            }
            assertEquals(404, site.get("/explorer/nothing").status());
            assertEquals(400, site.send("GET", "/v1/packs?%00=1", null, Map.of()).status());
        }
        try (var site = new TestSite(directory.resolve(""),
                book -> failing(book, "settlements", new IllegalStateException()))) {
            assertEquals(503, site.get("/observe/health").status());
        }
    }
}
