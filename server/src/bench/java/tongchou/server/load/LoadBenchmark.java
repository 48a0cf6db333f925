package tongchou.server.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tongchou.server.demo.DemoCounty;
import tongchou.storage.Books;

/// The load benchmark (压力测试): a server and a client, each in its own process, over loopback, on a book in a file
/// whose commits are flushed to the disk.
final class LoadBenchmark {

    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final int COPIES = 12;

    private LoadBenchmark() {
    }

    /// Arguments `name=value`: `packs`, `population` (a folder; none draws one), `seed`, `seconds` of a phase,
    /// `book` (a file that is kept; none makes a temporary one), `copy` (the first copy of the population that claims),
    /// `java` (options of the server).
    public static void main(String[] arguments) throws Exception {
        var seconds = value(arguments, "seconds", "10");
        var seed = value(arguments, "seed", "1");
        var folder = value(arguments, "population", "");
        var population = Population.of(folder.isEmpty() ? null : Path.of(folder), Long.parseLong(seed));
        System.out.printf("population %s: %d people, %d claims a year%n", folder.isEmpty() ? "seed " + seed : folder,
                population.people(), population.visits());
        var place = Files.createTempDirectory("tongchou-load");
        var named = value(arguments, "book", "");
        var book = named.isEmpty() ? place.resolve("tongchou.db") : Path.of(named);
        var copy = Integer.parseInt(value(arguments, "copy", "0"));
        try {
            register(book, population, copy);
            measure(arguments, book, folder.isEmpty() ? "-" : folder, seed, seconds, copy);
        } finally {
            for (var end : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(place.resolve("tongchou.db" + end));
            }
            Files.delete(place);
        }
    }

    private static String value(String[] arguments, String name, String otherwise) {
        for (var argument : arguments) {
            if (argument.startsWith(name + "=")) {
                return argument.substring(name.length() + 1);
            }
        }
        return otherwise;
    }

    private static void register(Path file, Population population, int first) throws Exception {
        var before = System.nanoTime();
        try (var book = Books.sqlite(file); var callers = Executors.newFixedThreadPool(64)) {
            new DemoCounty().seed(book);
            var done = new ArrayList<java.util.concurrent.Future<?>>();
            for (var copy = first; copy < first + COPIES; copy++) {
                for (var number = 0; number < population.people(); number++) {
                    var person = population.person(copy, number);
                    done.add(callers.submit(() -> book.register(person)));
                }
            }
            for (var one : done) {
                one.get();
            }
        }
        System.out.printf("%d people registered in %d s%n", COPIES * population.people(),
                (System.nanoTime() - before) / 1_000_000_000L);
    }

    private static void measure(String[] arguments, Path book, String folder, String seed, String seconds, int copy)
            throws IOException, InterruptedException {
        var options = new ArrayList<>(List.of(JAVA));
        var java = value(arguments, "java", "-XX:+UseSerialGC -Xms64m -Xmn32m -Xmx512m");
        options.addAll(List.of(java.split(" ")));
        var server = start(options, "LoadServer", book.toString(), value(arguments, "packs", ""));
        var client = new ArrayList<String>(List.of("LoadClient", folder, seed, Integer.toString(copy), seconds));
        var keys = new ArrayList<String>();
        try (var said = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            var ports = ready(said, keys);
            client.addAll(List.of(ports[1], ports[2]));
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
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
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
