package tongchou.server.http;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Json;
import tongchou.server.demo.DemoCounty;
import tongchou.server.packs.PackHost;
import tongchou.server.packs.Packs;
import tongchou.storage.Book;
import tongchou.storage.Books;

/// A real server on a free port over a real SQLite file, the fixture pack and the demonstration county; its clock
/// stands still and its ids are counted.
final class TestSite implements AutoCloseable {

    static final Path FIXTURE = Path.of("src/test/resources/packs/fixture");

    final Packs packs = PackHost.load(null, List.of(FIXTURE, Path.of("src/test/resources/packs/broken")), "0.1.0");
    final Book book;
    final Site site;
    private final WebServer server;

    TestSite(Path directory) {
        this(directory, book -> book);
    }

    /// @param around stands between the server and the book, to make it fail
    TestSite(Path directory, UnaryOperator<Book> around) {
        this.book = Books.sqlite(directory.resolve("book.db"));
        new DemoCounty().seed(book);
        var ids = new AtomicLong();
        this.site = new Site(new Installation(packs, around.apply(book),
                Clock.fixed(Instant.parse("2026-03-10T02:00:00Z"), ZoneOffset.UTC), () -> "s-" + ids.incrementAndGet(),
                "0.1.0"));
        try {
            this.server = site.start("127.0.0.1", 0);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    int port() {
        return server.port();
    }

    /// A reply: status, content type and body.
    record Reply(int status, String type, String body) {

        Json json() {
            return Json.parse(body.getBytes(StandardCharsets.UTF_8), new ArrayList<>());
        }

        /// The text or number at a path of names and places, empty when nothing is there.
        String at(String... path) {
            Json at = json();
            for (var step : path) {
                at = switch (at) {
                    case Json.Members(var fields) -> fields.getOrDefault(step, new Json.Nothing());
                    case Json.Items(var items) -> items.get(Integer.parseInt(step));
                    default -> new Json.Nothing();
                };
            }
            return switch (at) {
                case Json.Text(var text) -> text;
                case Json.Nothing() -> "";
                default -> at.shown();
            };
        }
    }

    Reply get(String path) {
        return send("GET", path, null, Map.of());
    }

    Reply post(String path, String body) {
        return send("POST", path, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
    }

    Reply send(String method, String path, byte @Nullable [] body, Map<String, String> headers) {
        try {
            var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port() + path).toURL()
                    .openConnection();
            connection.setRequestMethod(method);
            headers.forEach(connection::setRequestProperty);
            if (body != null) {
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(body.length);
                connection.getOutputStream().write(body);
            }
            var status = connection.getResponseCode();
            try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return new Reply(status, String.valueOf(connection.getContentType()),
                        in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException broken) {
            throw new IllegalStateException(method + " " + path, broken);
        }
    }

    @Override
    public void close() {
        server.stop();
        book.close();
    }
}
