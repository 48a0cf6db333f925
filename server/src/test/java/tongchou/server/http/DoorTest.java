package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tongchou.api.http.Role;
import tongchou.storage.Book;
import tongchou.storage.BookException;

/// Failures and defects at the door: an id or a request to retry, never inner text.
class DoorTest {

    /// A book of which one method fails.
    private static Book failing(Book book, String method, RuntimeException failure) {
        // Whoever acts on behalf of somebody meets the same failure.
        InvocationHandler handler = (proxy, called, arguments) -> {
            if (called.getName().equals(method)) {
                throw failure;
            }
            try {
                if (called.getName().equals("acting")) {
                    return failing((Book) called.invoke(book, arguments), method, failure);
                }
                return called.invoke(book, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        };
        return (Book) Proxy.newProxyInstance(DoorTest.class.getClassLoader(), new Class<?>[] {Book.class}, handler);
    }

    @Test
    @Timeout(60)
    void longQuestionsHoldNoSettlementUp(@TempDir Path directory) throws Exception {
        // A thread that calculates gives its carrier to nobody: more of them than there are carriers.
        var questions = 2 + Runtime.getRuntime().availableProcessors();
        var arrived = new CountDownLatch(questions);
        var over = new AtomicBoolean();
        try (var site = new TestSite(directory, book -> (Book) Proxy.newProxyInstance(DoorTest.class.getClassLoader(),
                new Class<?>[] {Book.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("alliances")) {
                        arrived.countDown();
                        while (!over.get()) {
                            Thread.onSpinWait();
                        }
                    }
                    return method.invoke(book, arguments);
                })); var callers = Executors.newCachedThreadPool()) {
            var asked = Stream.generate(() -> callers.submit(() -> site.get("/v1/alliances"))).limit(questions)
                    .toList();
            try {
                arrived.await();
                assertEquals(201, site.post("/v1/settlements", SettlementsTest.STAY.formatted("soon-1")).status());
            } finally {
                over.set(true);
            }
            for (var question : asked) {
                assertEquals(200, question.get().status());
            }
        }
    }

    @Test
    @Timeout(20)
    void slowSendersKeepNobodyFromLongQuestions(@TempDir Path directory) throws IOException {
        var senders = new ArrayList<Socket>();
        try (var site = new TestSite(directory)) {
            for (var i = 0; i < 40; i++) {
                var sender = new Socket("127.0.0.1", site.port());
                senders.add(sender);
                sender.getOutputStream().write(("POST /v1/alliances HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                        + site.key(Role.BUREAU_CLERK, "999901") + "\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 1000\r\nExpect: 100-continue\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            }
            for (var sender : senders) {
                // Said when the server begins to read the body, of which only a part comes.
                sender.setSoTimeout(10_000);
                assertEquals("HTTP/1.1 100",
                        new String(sender.getInputStream().readNBytes(12), StandardCharsets.UTF_8));
                sender.getOutputStream().write("{\"code\":".getBytes(StandardCharsets.UTF_8));
            }
            assertEquals(200, site.get("/v1/alliances").status());
            for (var sender : senders) {
                sender.close();
            }
        }
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

    /// Sends bytes as they are and reads what comes until the server closes or a reply is whole.
    private static String raw(TestSite site, String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", site.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whereARequestEndsIsNeverInDoubt(@TempDir Path directory) throws IOException {
        try (var site = new TestSite(directory)) {
            for (var headers : List.of("Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
                    "Content-Length: -5\r\n\r\n",
                    "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                    "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                    "Transfer-Encoding: foo\r\nContent-Length: 2\r\n\r\n{}")) {
                var reply = raw(site, "POST /v1/estimates HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                        + site.key(Role.BUREAU_CLERK, "999901") + "\r\n" + headers);
                assertTrue(reply.startsWith("HTTP/1.1 400 ") && reply.contains("\"MALFORMED_REQUEST\"")
                        && reply.contains("Connection: close"), headers + reply);
            }
            var english = raw(site, "POST /v1/estimates HTTP/1.1\r\nHost: x\r\nAccept-Language: en\r\n"
                    + "Content-Length: 9999999\r\n\r\n");
            assertTrue(english.contains("at most 1,000,000 bytes"), english);
        }
    }

    @Test
    void whoeverMayGetMayAskForTheHeadAlone(@TempDir Path directory) throws IOException {
        try (var site = new TestSite(directory)) {
            for (var path : List.of("/", "/openapi", "/v1/packs", "/v1/members/nobody")) {
                var head = raw(site, "HEAD " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                var whole = raw(site, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                assertTrue(head.endsWith("\r\n\r\n"), head);
                var length = whole.replaceAll("(?s).*(Content-Length: \\d+)\r\n.*", "$1");
                assertTrue(head.contains(length), head + length);
                assertEquals(whole.lines().findFirst(), head.lines().findFirst());
            }
            assertEquals(405, site.send("HEAD", "/v1/estimates", null, Map.of()).status());
        }
    }

    @Test
    void packedBodiesAndOtherAlphabetsAreTurnedAway(@TempDir Path directory) {
        try (var site = new TestSite(directory)) {
            for (var header : List.of("Content-Encoding: gzip", "Content-Encoding: br",
                    "Content-Type: application/json; charset=gbk")) {
                var parts = header.split(": ");
                var headers = new HashMap<>(Map.of("Content-Type", "application/json"));
                headers.put(parts[0], parts[1]);
                var reply = site.send("POST", "/v1/estimates", "{}".getBytes(StandardCharsets.UTF_8), headers);
                assertEquals("415 UNSUPPORTED_MEDIA_TYPE " + parts[0],
                        reply.status() + " " + reply.at("code") + " " + reply.at("field"));
            }
            assertEquals(400, site.send("POST", "/v1/estimates", "{}".getBytes(StandardCharsets.UTF_8),
                    Map.of("Content-Type", "application/json; charset=\"UTF-8\"")).status());
        }
    }

    @Test
    void aThousandFaultsDoNotMakeAThousandLines(@TempDir Path directory) {
        try (var site = new TestSite(directory)) {
            var body = IntStream.range(0, 80_000).mapToObj(n -> "\"k" + n + "\":1")
                    .collect(Collectors.joining(",", "{", "}"));
            var reply = site.post("/v1/settlements", body);
            assertEquals("400 UNKNOWN_FIELD", reply.status() + " " + reply.at("code"));
            assertTrue(reply.body().length() < 100_000, () -> "length " + reply.body().length());
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
            for (var start : List.of("/explorer", "/explorer/", "/explorer/index.html")) {
                assertTrue(site.get(start).body().contains("url: 'openapi'"), start);
            }
            assertEquals(400, site.send("GET", "/v1/packs?%00=1", null, Map.of()).status());
        }
        try (var site = new TestSite(directory.resolve(""),
                book -> failing(book, "auditSize", new IllegalStateException()))) {
            assertEquals(503, site.get("/observe/health").status());
        }
    }
}
