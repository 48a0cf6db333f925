package tongchou.server.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.storage.Books;

/// The load benchmark (压力测试): a server and a client, each in its own process, over loopback, on a book in a file
/// whose commits are flushed to the disk.
final class LoadBenchmark {

    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private LoadBenchmark() {
    }

    /// Arguments `name=value`: `packs`, `population` (a folder; none draws one), `seed`, `seconds` of a phase, `warm`
    /// (seconds to warm up), `callers` (how many ask at once), `pause` (for how many milliseconds the server is stopped
    /// while latencies are measured once more), `settle` (how many settlements to come to at least, before the server's
    /// memory is looked at), `stored` (how many are in the book beforehand; an empty book is
    /// measured first, in the same run), `book` (a file that is kept; none makes a temporary one), `java` (options of
    /// the server). `requests` (how many rounds) measures the work of a request's thread alone, see [RequestBenchmark].
    public static void main(String[] arguments) throws Exception {
        var rounds = value(arguments, "requests", "");
        if (!rounds.isEmpty()) {
            RequestBenchmark.main(new String[] {value(arguments, "packs", ""), rounds});
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
        var stored = Integer.parseInt(value(arguments, "stored", "0"));
        var least = Integer.parseInt(value(arguments, "settle", "0"));
        try {
            measure(arguments, book, population, 0, least);
            if (stored > 0) {
                var first = copies(population, least);
                var copies = stored / population.visits() + 1;
                Filling.register(book, population, first, copies);
                new Filling(book, Path.of(value(arguments, "packs", "")), population).to(first, stored);
                measure(arguments, book, population, first + copies, least);
            }
        } finally {
            for (var end : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(place.resolve("tongchou.db" + end));
            }
            Files.delete(place);
        }
    }

    /// How many years of the population a measurement may come to.
    private static int copies(Population population, int least) {
        return 12 + least / population.visits();
    }

    private static String value(String[] arguments, String name, String otherwise) {
        for (var argument : arguments) {
            if (argument.startsWith(name + "=")) {
                return argument.substring(name.length() + 1);
            }
        }
        return otherwise;
    }

    private static void measure(String[] arguments, Path book, Population population, int copy, int least)
            throws Exception {
        Filling.register(book, population, copy, copies(population, least));
        var folder = value(arguments, "population", "-");
        var options = new ArrayList<>(List.of(JAVA));
        var java = value(arguments, "java",
                "-XX:+UseSerialGC -Xms96m -Xmn64m -XX:SurvivorRatio=4 -Xmx208m -XX:TrimNativeHeapInterval=30000 "
                + "-XX:+UseCompactObjectHeaders -XX:+UseTransparentHugePages "
                + "-XX:ThreadPriorityPolicy=1 -XX:-PrintWarnings -XX:JavaPriority5_To_OSPriority=4 "
                + "-XX:JavaPriority8_To_OSPriority=4 -XX:JavaPriority9_To_OSPriority=0 "
                + "-XX:JavaPriority10_To_OSPriority=0 -XX:CompilerThreadPriority=6");
        options.addAll(List.of(java.split(" ")));
        var server = start(options, "LoadServer", book.toString(), value(arguments, "packs", ""));
        var client = new ArrayList<String>(List.of("LoadClient", folder, value(arguments, "seed", "1"),
                Integer.toString(copy), value(arguments, "seconds", "10"), value(arguments, "warm", "90"),
                Integer.toString(least), value(arguments, "callers", "128"), value(arguments, "pause", "0")));
        var keys = new ArrayList<String>();
        try (var said = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            var ports = ready(said, keys);
            client.addAll(List.of(ports[1], ports[2], Long.toString(server.pid())));
            client.addAll(keys);
            var before = booked(book);
            var size = size(book);
            var asking = start(new ArrayList<>(List.of(JAVA)), client.toArray(String[]::new));
            asking.getInputStream().transferTo(System.out);
            asking.waitFor();
            System.out.println("RESIDENT " + resident(server.pid()));
            server.getOutputStream().close();
            server.waitFor();
            var count = booked(book) - before;
            System.out.printf("BOOKED %d, %d bytes each%n", count, (size(book) - size) / Math.max(1, count));
        } finally {
            server.destroyForcibly();
        }
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

    private static Process start(List<String> command, String... main) throws IOException {
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                "-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file", ""),
                "tongchou.server.load." + main[0]));
        command.addAll(List.of(main).subList(1, main.length));
        var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        process.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
        return process.start();
    }

    private static long booked(Path file) {
        try (var book = Books.sqlite(file)) {
            return book.settlements();
        }
    }

    private static long size(Path file) throws IOException {
        return Files.size(file);
    }

    private static @Nullable String resident(long pid) throws IOException {
        var status = Path.of("/proc/" + pid + "/status");
        return Files.isReadable(status) ? Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS")).findFirst().orElse("") : "unknown here";
    }
}
