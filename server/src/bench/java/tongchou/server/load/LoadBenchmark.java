package tongchou.server.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.storage.Books;

/// The load benchmark (压力测试): a server and a client, each in its own process, over loopback, on a book in a file
/// whose commits are flushed to the disk.
final class LoadBenchmark {

    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /// What `bin/tongchou serve` tells the JVM on Linux; a test of the launchers compares.
    private static final String SERVED = "-XX:+UseSerialGC -Xms96m -Xmn64m -XX:SurvivorRatio=4 -Xmx208m "
            + "-XX:+UseCompactObjectHeaders -XX:TrimNativeHeapInterval=30000 -Xlog:trimnative=off "
            + "-XX:+UseTransparentHugePages -XX:ThreadPriorityPolicy=1 -XX:-PrintWarnings "
            + "-XX:JavaPriority5_To_OSPriority=4 -XX:JavaPriority8_To_OSPriority=4 "
            + "-XX:JavaPriority9_To_OSPriority=0 -XX:JavaPriority10_To_OSPriority=0 -XX:CompilerThreadPriority=6 "
            + "-XX:CompileCommand=quiet "
            + "-XX:CompileCommand=CompileThresholdScaling,sun.security.provider.SHA2::implCompress,0.01 "
            + "-XX:CompileCommand=BackgroundCompilation,sun.security.provider.SHA2::implCompress,false "
            + "-XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=5000 "
            + "-XX:Tier4CompileThreshold=50000 -XX:Tier4BackEdgeThreshold=200000";

    /// What it puts into the environment of the JVM; that test compares it too.
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "MALLOC_ARENA_MAX", "2", "GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");

    private LoadBenchmark() {
    }

    /// Arguments `name=value`: `packs`, `population` (a folder; none draws one), `seed`, `seconds` of a phase, `warm`
    /// (seconds to warm up), `turns` (of everything that is measured), `callers` (how many ask at once), `pause` (for
    /// how many milliseconds the server is stopped while latencies are measured once more), `settle` (how many
    /// settlements to come to at least, before the server's memory is looked at), `stored` (how many another book holds
    /// beforehand, whose server takes turns with that of the empty one), `book` (a file that is kept; none makes a
    /// temporary one), `java` (options of the server, in the place of those of `bin/tongchou serve`), `other` (further
    /// options of another server on an empty book, which takes turns with it).
    /// `requests` (how many rounds) measures the work of a request's thread alone, see [RequestBenchmark]; `starts`
    /// (how many) the starts of the distribution that the packs belong to, in turn with those of the one that `against`
    /// names, see [StartBenchmark].
    public static void main(String[] arguments) throws Exception {
        var rounds = value(arguments, "requests", "");
        if (!rounds.isEmpty()) {
            RequestBenchmark.main(new String[] {value(arguments, "packs", ""), rounds});
            return;
        }
        var starts = value(arguments, "starts", "");
        if (!starts.isEmpty()) {
            StartBenchmark.main(Stream.of(starts, value(arguments, "against", ""),
                    Path.of(value(arguments, "packs", "")).resolveSibling("").toString())
                    .filter(word -> !word.isEmpty()).toArray(String[]::new));
            return;
        }
        var seed = value(arguments, "seed", "1");
        var folder = value(arguments, "population", "");
        var population = Population.of(folder.isEmpty() ? null : Path.of(folder), Long.parseLong(seed));
        System.out.printf("population %s: %d people, %d claims a year%n", folder.isEmpty() ? "seed " + seed : folder,
                population.people(), population.visits());
        var place = Files.createTempDirectory("tongchou-load");
        var named = value(arguments, "book", "");
        var book = named.isEmpty() ? place.resolve("tongchou.db") : Path.of(named);
        var second = place.resolve("second.db");
        var other = value(arguments, "other", "");
        var stored = Integer.parseInt(value(arguments, "stored", "0"));
        try {
            Filling.register(book, population, 0, copies(arguments, population));
            if (stored > 0) {
                var copies = stored / population.visits() + 1;
                Filling.register(second, population, 0, copies + copies(arguments, population));
                new Filling(second, Path.of(value(arguments, "packs", "")), population).to(0, stored);
                measure(arguments, List.of(new Measured("(empty book) ", book, 0, ""),
                        new Measured("(" + stored + " stored) ", second, copies, "")));
            } else if (!other.isEmpty()) {
                Filling.register(second, population, 0, copies(arguments, population));
                measure(arguments, List.of(new Measured("(as it is) ", book, 0, ""),
                        new Measured("(" + other + ") ", second, 0, other)));
            } else {
                measure(arguments, List.of(new Measured("", book, 0, "")));
            }
        } finally {
            for (var file : List.of(place.resolve("tongchou.db"), second)) {
                for (var end : List.of("", "-wal", "-shm")) {
                    Files.deleteIfExists(Path.of(file + end));
                }
            }
            Files.delete(place);
        }
    }

    /// How many years of the population a measurement may come to.
    private static int copies(String[] arguments, Population population) {
        return 12 + Integer.parseInt(value(arguments, "settle", "0")) / population.visits();
    }

    private static String value(String[] arguments, String name, String otherwise) {
        for (var argument : arguments) {
            if (argument.startsWith(name + "=")) {
                return argument.substring(name.length() + 1);
            }
        }
        return otherwise;
    }

    /// A book that is measured.
    ///
    /// @param name in front of its figures, with a space behind; empty for the only one
    /// @param copy the first of the population's years that it does not hold
    /// @param options further ones of its server; empty for none
    private record Measured(String name, Path book, int copy, String options) {
    }

    /// A measured book with its server.
    ///
    /// @param before how many settlements it held
    /// @param size how many bytes it had
    private record Served(Measured measured, Process server, long before, long size) {
    }

    private static void measure(String[] arguments, List<Measured> books) throws Exception {
        var client = new ArrayList<String>(List.of("LoadClient", value(arguments, "population", "-"),
                value(arguments, "seed", "1"), value(arguments, "seconds", "10"), value(arguments, "warm", "90"),
                value(arguments, "settle", "0"), value(arguments, "callers", "128"), value(arguments, "pause", "0"),
                value(arguments, "turns", "3")));
        var servers = new ArrayList<Served>();
        try {
            for (var measured : books) {
                servers.add(serve(arguments, measured, client));
            }
            var asking = start(new ArrayList<>(List.of(JAVA)), Map.of(), client.toArray(String[]::new));
            asking.getInputStream().transferTo(System.out);
            if (asking.waitFor() != 0) {
                throw new IllegalStateException("the client says why it ended");
            }
            for (var served : servers) {
                var measured = served.measured();
                System.out.println("RESIDENT " + measured.name() + resident(served.server().pid()));
                served.server().getOutputStream().close();
                served.server().waitFor();
                var count = booked(measured.book()) - served.before();
                System.out.printf("BOOKED %s%d, %d bytes each%n", measured.name(), count,
                        (Files.size(measured.book()) - served.size()) / Math.max(1, count));
            }
        } finally {
            servers.forEach(served -> served.server().destroyForcibly());
        }
    }

    /// Starts the server of a book.
    ///
    /// @param client takes what the client has to know of it
    private static Served serve(String[] arguments, Measured measured, List<String> client) throws IOException {
        var options = new ArrayList<>(List.of(JAVA));
        var java = value(arguments, "java", SERVED);
        options.addAll(List.of((java + " " + measured.options()).strip().split(" +")));
        var before = booked(measured.book());
        var size = Files.size(measured.book());
        var server = start(options, ENVIRONMENT, "LoadServer", measured.book().toString(),
                value(arguments, "packs", ""));
        var keys = new ArrayList<String>();
        var ports = ready(new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8)),
                keys);
        client.addAll(List.of(measured.name(), Integer.toString(measured.copy()), ports[1], ports[2],
                Long.toString(server.pid()), Integer.toString(keys.size() / 2)));
        client.addAll(keys);
        return new Served(measured, server, before, size);
    }

    private static String[] ready(BufferedReader said, List<String> keys) throws IOException {
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            var words = line.split(" ");
            if (words[0].equals("KEY")) {
                keys.addAll(List.of(words[1], words[2]));
            } else if (words[0].equals("READY")) {
                return words;
            }
        }
        throw new IOException("the server did not start");
    }

    private static Process start(List<String> command, Map<String, String> environment, String... main)
            throws IOException {
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                "-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file", ""),
                "tongchou.server.load." + main[0]));
        command.addAll(List.of(main).subList(1, main.length));
        var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        environment.forEach(process.environment()::putIfAbsent);
        return process.start();
    }

    private static long booked(Path file) {
        try (var book = Books.sqlite(file)) {
            return book.settlements();
        }
    }

    private static @Nullable String resident(long pid) throws IOException {
        var status = Path.of("/proc/" + pid + "/status");
        return Files.isReadable(status) ? Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS")).findFirst().orElse("") : "unknown here";
    }
}
