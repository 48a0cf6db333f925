package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// More requests than there is room for are turned away before anything of them is read, and can be repeated.
class BusyTest {

    private static HttpURLConnection ask(WebServer server) throws IOException {
        var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + server.port() + "/slow").toURL()
                .openConnection();
        connection.setRequestProperty("Accept-Language", "en");
        return connection;
    }

    @Test
    void whoWaitsTooLongIsTurnedAwayAndTheOneAtWorkIsAnswered() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var server = WebServer.builder().host("127.0.0.1").featuresDiscoverServices(false).shutdownHook(false)
                .concurrencyLimit(Site.room(1, 1, Duration.ofMillis(50))).directHandlers(Site.direct())
                .routing(routing -> routing.get("/slow", (request, response) -> {
                    begun.countDown();
                    end.await();
                    response.send("done");
                })).build().start();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> ask(server).getResponseCode());
            begun.await();
            var second = ask(server);
            assertEquals(503, second.getResponseCode());
            assertEquals("1", second.getHeaderField("Retry-After"));
            assertEquals("application/problem+json", second.getContentType());
            var problem = new String(second.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(problem.contains("\"code\":\"SERVER_BUSY\""), problem);
            end.countDown();
            assertEquals(200, first.get());
            assertEquals(200, ask(server).getResponseCode());
        } finally {
            end.countDown();
            server.stop();
        }
    }
}
