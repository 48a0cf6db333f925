package tongchou.server.http;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Json;
import tongchou.api.http.Role;
import tongchou.api.pack.KeptTrees;
import tongchou.server.access.Action;
import tongchou.server.access.Admission;
import tongchou.server.access.Keyring;
import tongchou.server.access.Pace;
import tongchou.server.access.Tokens;
import tongchou.server.audit.SigningKey;
import tongchou.server.demo.DemoCounty;
import tongchou.server.packs.Fetched;
import tongchou.server.packs.Guard;
import tongchou.server.packs.PackHost;
import tongchou.server.packs.PackLoading;
import tongchou.server.packs.PackSwitch;
import tongchou.server.packs.Packs;
import tongchou.storage.Book;
import tongchou.storage.Books;
import tongchou.storage.CipherSuite;
import tongchou.storage.IdentitySafe;
import tongchou.storage.MasterKey;
import tongchou.storage.Seal;

/// A real server on a free port over a real SQLite file, the fixture pack and the demonstration county; its clock
/// stands still and its ids are counted.
final class TestSite implements AutoCloseable {

    static final Path FIXTURE = Path.of("src/test/resources/packs/fixture");

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-10T02:00:00Z"), ZoneOffset.UTC);

    private static final Pattern INSTITUTION =
            Pattern.compile("\"institution\" *: *\"([A-Za-z0-9][A-Za-z0-9._~-]{0,63})\"");

    /// What Java prints of its own objects, and nothing where there should be a word: no problem says that to a user
    /// who did not say it himself.
    private static final Pattern INNER = Pattern.compile(
            "[A-Z][A-Za-z]+\\[[a-zA-Z]+=|Optional(\\[|\\.empty)|@[0-9a-f]{6,}\\b|tongchou\\.[a-z]+\\.|: null ");

    final Packs packs;
    final Book book;
    final Keyring keyring;
    private final Map<String, String> given = new HashMap<>();
    final Site site;
    private final WebServer server;

    TestSite(Path directory) {
        this(directory, book -> book);
    }

    /// @param around stands between the server and the book, to make it fail
    TestSite(Path directory, UnaryOperator<Book> around) {
        this(directory, around, null);
    }

    TestSite(Path directory, UnaryOperator<Book> around, @Nullable Tokens tokens) {
        this(directory, around, tokens, 0);
    }

    /// @param perSecond how many requests of one caller a second; 0 for any number
    TestSite(Path directory, UnaryOperator<Book> around, @Nullable Tokens tokens, long perSecond) {
        this(directory, around, tokens, perSecond, TwoPersons.USUAL);
    }

    TestSite(Path directory, UnaryOperator<Book> around, @Nullable Tokens tokens, long perSecond,
            TwoPersons twoPersons) {
        this(directory, around, tokens, perSecond, twoPersons, List.of(FIXTURE,
                Path.of("src/test/resources/packs/broken")));
    }

    /// @param folders of packs, read again when they are to be loaded, with the cases of partners in a folder
    ///         `contracts` beside the first
    TestSite(Path directory, UnaryOperator<Book> around, @Nullable Tokens tokens, long perSecond,
            TwoPersons twoPersons, List<Path> folders) {
        this(directory, around, tokens, perSecond, twoPersons, read(folders, Guard.OPEN), folders);
    }

    private static Packs read(List<Path> folders, Guard guard) {
        var beside = folders.getFirst().resolveSibling("contracts");
        return PackHost.load(new PackHost.Places(null, folders, List.of(), Fetched.NOTHING,
                Files.isDirectory(beside) ? beside : null, KeptTrees.NONE), "0.1.0", guard);
    }

    TestSite(Path directory, UnaryOperator<Book> around, @Nullable Tokens tokens, long perSecond,
            TwoPersons twoPersons, Packs packs) {
        this(directory, around, tokens, perSecond, twoPersons, packs, List.of());
    }

    private TestSite(Path directory, UnaryOperator<Book> around, @Nullable Tokens tokens, long perSecond,
            TwoPersons twoPersons, Packs packs, List<Path> folders) {
        this.packs = packs;
        this.book = Books.sqlite(directory.resolve("book.db"));
        new DemoCounty().seed(book);
        this.keyring = new Keyring(book.keys(), CLOCK, new Random(1L + book.keys().all().size()));
        key(Role.ADMINISTRATOR, "");
        key(Role.AUDITOR, "999901");
        var ids = new AtomicLong();
        this.site = new Site(new Installation(packs, around.apply(book),
                CLOCK, () -> "s-" + ids.incrementAndGet(), "0.1.0",
                new Admission(keyring, tokens, new Pace(CLOCK, perSecond)), IdentitySafe.open(book.identities(),
                MasterKey.random(new Random(7)), CipherSuite.AES, new Random(8), CLOCK.instant()), twoPersons,
                new PackSwitch(book.oversight().activations(), CLOCK, twoPersons.activation()), seal(directory)),
                new PackLoading(guard -> read(folders, guard), Guard.OPEN, Guard.OPEN,
                book.oversight().loads(), CLOCK));
        try {
            this.server = site.start("127.0.0.1", 0);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Seal seal(Path directory) {
        try {
            return SigningKey.in(directory, SigningKey.Kind.ED25519).seal(directory.resolve("second"));
        } catch (IOException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }

    /// A key of a role and scope, given out when it is first asked for.
    synchronized String key(Role role, String scope) {
        return given.computeIfAbsent(role + " " + scope, name -> keyring.issue(new Keyring.Grant(role, scope, name,
                keyring.today().minusDays(1), keyring.today().plusDays(30), "test")).text());
    }

    /// A key with which the request is not turned away for who sends it: of a role that may, of the institution it
    /// names.
    String fitting(String method, String path, byte @Nullable [] body) {
        var action = site.routes().stream().filter(route -> route.method().equals(method)
                && route.covers(path.replaceAll("\\?.*", "")))
                .findFirst().flatMap(route -> Action.of(method + " " + route.path())).orElse(Action.SEE_ONESELF);
        if (action == Action.DECIDE) {
            return key(Role.BUREAU_SUPERVISOR, "999901");
        }
        if (action.allows(Role.BUREAU_SUPERVISOR)) {
            return key(Role.BUREAU_SUPERVISOR, "000000");
        }
        if (action.allows(Role.ADMINISTRATOR)) {
            return key(Role.ADMINISTRATOR, "");
        }
        if (action.allows(Role.AUDITOR)) {
            return key(Role.AUDITOR, "000000");
        }
        var named = INSTITUTION.matcher(body == null ? "" : new String(body, StandardCharsets.UTF_8));
        return key(Role.INSTITUTION, named.find() ? named.group(1) : DemoCounty.COUNTY_HOSPITAL);
    }

    int port() {
        return server.port();
    }

    /// A reply: status, content type, body and headers.
    record Reply(int status, String type, String body, Map<String, List<String>> headers) {

        /// A header, empty when there is none of this name.
        String header(String name) {
            return headers.entrySet().stream().filter(header -> name.equalsIgnoreCase(header.getKey()))
                    .map(header -> String.join(", ", header.getValue())).findFirst().orElse("");
        }

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
            if (!headers.containsKey("Authorization")) {
                connection.setRequestProperty("Authorization", "Bearer " + fitting(method, path, body));
            }
            headers.forEach(connection::setRequestProperty);
            if (body != null) {
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(body.length);
                connection.getOutputStream().write(body);
            }
            var status = connection.getResponseCode();
            try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                var reply = new Reply(status, String.valueOf(connection.getContentType()),
                        in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8),
                        connection.getHeaderFields());
                var asked = URLDecoder.decode(path, StandardCharsets.UTF_8)
                        + (body == null ? "" : new String(body, StandardCharsets.UTF_8));
                if (status >= 400 && INNER.matcher(reply.body()).results()
                        .anyMatch(inner -> !asked.contains(inner.group()))) {
                    throw new AssertionError(method + " " + path + " tells what only a program knows: " + reply.body());
                }
                return reply;
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
