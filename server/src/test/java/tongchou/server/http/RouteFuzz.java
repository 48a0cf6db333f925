package tongchou.server.http;

import com.code_intelligence.jazzer.api.BugDetectors;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the fuzzer calls: any bytes become a request to some route of a real server over a real book.
///
/// The first line names method and path, the rest is the body; a line that names no route is made to name one. A body
/// that begins with `~` is the route's example with edits (see [Edits]). No answer is a 5xx or shows an exception that
/// was not in the request, what is refused is a problem of its own media type, and whatever is refused leaves the book
/// as it was: the header of the write-ahead log's index, which counts every transaction, is the same before and after.
public final class RouteFuzz {

    private static final int REQUESTS_OF_A_SITE = 10_000;
    private static final Pattern LEAK = Pattern.compile("Exception|\\bat tongchou\\.|\\.java:\\d");
    private static final int INDEX_HEADER = 48;

    private static @Nullable RouteFuzz here;
    private static final Map<String, TreeMap<Integer, Integer>> ANSWERS = new TreeMap<>();

    private final Path folder;
    private final TestSite site;
    private final List<Route> routes;
    private int requests;

    RouteFuzz() {
        try {
            folder = InMemory.folder();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        site = new TestSite(folder);
        var only = System.getProperty("fuzz.route");
        routes = site.site.routes().stream()
                .filter(route -> only == null || only.equals(route.method() + " " + route.path()))
                .sorted(Comparator.comparing(Route::path).thenComparing(Route::method)).toList();
        if (routes.isEmpty()) {
            throw new IllegalArgumentException("no route " + only);
        }
    }

    /// Called by the fuzzer once: the target speaks HTTP to itself, which is no forged request.
    public static void fuzzerInitialize() {
        BugDetectors.allowNetworkConnections();
        here = new RouteFuzz();
        here.routes().forEach(route -> ANSWERS.put(route, new TreeMap<>()));
    }

    /// Called by the fuzzer at the end: says how often every route was asked, and which statuses it answered.
    public static void fuzzerTearDown() {
        if (here != null) {
            here.close();
        }
        ANSWERS.forEach((route, answers) -> System.out.println("ANSWERED " + route + " " + answers));
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) {
        if (here == null || here.requests > REQUESTS_OF_A_SITE) {
            if (here != null) {
                here.close();
            }
            here = new RouteFuzz();
        }
        here.ask(input);
    }

    void close() {
        site.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.toList().reversed()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// @throws AssertionError when the answer is one that must not be
    void ask(byte[] input) {
        requests++;
        var end = 0;
        while (end < input.length && input[end] != '\n') {
            end++;
        }
        var line = new String(input, 0, end, StandardCharsets.UTF_8);
        var rest = end < input.length ? java.util.Arrays.copyOfRange(input, end + 1, input.length) : new byte[0];
        var route = route(line);
        var body = route.method().equals("GET") ? null
                : rest.length > 0 && rest[0] == '~' ? Edits.of(Seeds.example(route), rest) : rest;
        var key = site.fitting(route.method(), path(route, line), body);
        var before = index();
        var reply = site.send(route.method(), path(route, line), body,
                Map.of("Content-Type", "application/json", "Authorization", "Bearer " + key));
        ANSWERS.computeIfAbsent(name(route), name -> new TreeMap<>()).merge(reply.status(), 1, Integer::sum);
        // An answer may show a part of the path as it was meant, not as it was written.
        var asked = route.method() + " " + path(route, line) + "\n"
                + URLDecoder.decode(path(route, line), StandardCharsets.UTF_8) + "\n"
                + (body == null ? "" : new String(body, StandardCharsets.UTF_8));
        var what = asked + "\n" + reply;
        must(reply.status() < 500, "a " + reply.status(), what);
        must(LEAK.matcher(reply.body()).results().allMatch(one -> asked.contains(one.group())),
                "an exception shows", what);
        if (reply.status() >= 400) {
            must(reply.type().startsWith("application/problem+json"), "a refusal of type " + reply.type(), what);
            must(index().equals(before), "a refusal that changed the book", what);
        }
    }

    private static void must(boolean holds, String what, String how) {
        if (!holds) {
            throw new AssertionError(what + ": " + how);
        }
    }

    /// The route that a line names, else one that its bytes choose.
    private Route route(String line) {
        var words = line.split(" ", 2);
        return routes.stream().filter(route -> words.length == 2 && route.method().equals(words[0])
                && route.covers(words[1].replaceAll("\\?.*", ""))).findFirst()
                .orElse(routes.get(Math.floorMod(line.hashCode(), routes.size())));
    }

    /// The path of the line where it is one of the route's, else the route's example; always one that can be sent.
    private static String path(Route route, String line) {
        var words = line.split(" ", 2);
        var path = words.length == 2 && words[0].equals(route.method())
                && route.covers(words[1].replaceAll("\\?.*", "")) ? words[1] : Seeds.path(route);
        var sent = new StringBuilder();
        for (var next : path.replaceAll("%(?![0-9A-Fa-f]{2})", "%25").getBytes(StandardCharsets.UTF_8)) {
            sent.append(next > 32 && next < 127 && "\"<>[\\]^`{|}#".indexOf(next) < 0 ? String.valueOf((char) next)
                    : "%" + HexFormat.of().toHexDigits(next));
        }
        return sent.toString();
    }

    private String index() {
        try (var file = FileChannel.open(folder.resolve("book.db-shm"))) {
            var header = ByteBuffer.allocate(INDEX_HEADER);
            file.read(header, 0);
            return HexFormat.of().formatHex(header.array());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// The names of the routes.
    List<String> routes() {
        var names = new ArrayList<String>();
        routes.forEach(route -> names.add(name(route)));
        return names;
    }

    private static String name(Route route) {
        return route.method() + " " + route.path();
    }

    /// What the fuzzer begins with: two inputs for every route.
    List<byte[]> seeds() {
        return routes.stream().flatMap(route -> Seeds.inputs(route).stream()).toList();
    }

    /// The two of one route.
    List<byte[]> seeds(String name) {
        return routes.stream().filter(route -> name(route).equals(name))
                .flatMap(route -> Seeds.inputs(route).stream()).toList();
    }
}
