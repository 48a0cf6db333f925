package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every route under a fuzzer that sees which branches an input reaches (Jazzer), in a process of its own.
///
/// Routes and their examples come from the server and from openapi.yaml, so that a new route is fuzzed without further
/// ado. An input that once broke something is kept in `src/test/resources/fuzz` and asked again for ever.
class FuzzTest {

    private static final Path KEPT = Path.of("src/test/resources/fuzz");
    private static final Pattern RUNS = Pattern.compile("Done (\\d+) runs|stat::number_of_executed_units: *(\\d+)");

    /// What the long run found its way with, kept for the next one.
    private static final Path CORPUS = Path.of(System.getProperty("fuzz.corpus", "target/fuzz"));

    @TempDir
    private Path folder;

    /// How long to fuzz what: so many seconds at most, so many requests at most (none for any number).
    private record Effort(int seconds, int requests) {
    }

    @Test
    void whatOnceBrokeSomethingNoLongerDoesAndNoRouteBreaksInAThousandMore() throws Exception {
        var fuzz = new RouteFuzz();
        try (var kept = Files.list(KEPT)) {
            for (var file : kept.sorted().toList()) {
                fuzz.ask(Files.readAllBytes(file));
            }
        } finally {
            fuzz.close();
        }
        var corpus = Files.createTempDirectory(folder, "corpus");
        write(fuzz.seeds(), corpus);
        fuzz(null, new Effort(Integer.getInteger("fuzz.seconds", 60), Integer.getInteger("fuzz.requests", 1_000)),
                corpus, fuzz.seeds().size());
    }

    /// Every route on its own, an hour in all, which the routes share; `-Dfuzz.minutes=N` for another time in all,
    /// `-Dfuzz.seconds=N` for each of them. What was fuzzed for that long before is left out, until `-Dfuzz.corpus=DIR`
    /// names another place or it is removed.
    @Test
    @Tag("long")
    void noRouteBreaksInItsShareOfAnHour() throws Exception {
        var fuzz = new RouteFuzz();
        var routes = fuzz.routes();
        fuzz.close();
        var seconds = Integer.getInteger("fuzz.seconds",
                Math.max(1, 60 * Integer.getInteger("fuzz.minutes", 60) / routes.size()));
        var total = 0L;
        for (var route : routes) {
            var corpus = Files.createDirectories(CORPUS.resolve(route.replaceAll("[^A-Za-z0-9.-]+", "_")));
            var done = corpus.resolveSibling(corpus.getFileName() + ".seconds");
            var before = Files.exists(done) ? Integer.parseInt(Files.readString(done).strip()) : 0;
            System.out.println((routes.indexOf(route) + 1) + " of " + routes.size() + ", " + total
                    + " requests so far: " + route + (before >= seconds ? ", done before" : ""));
            if (before < seconds) {
                write(fuzz.seeds(route), corpus);
                total += fuzz(route, new Effort(seconds - before, 0), corpus, 1);
                Files.writeString(done, Integer.toString(seconds));
            }
        }
        System.out.println("fuzzed " + routes.size() + " routes for " + seconds + " s each: " + total + " requests");
    }

    private static void write(List<byte[]> inputs, Path corpus) throws IOException {
        for (var i = 0; i < inputs.size(); i++) {
            Files.write(corpus.resolve("seed" + i), inputs.get(i));
        }
    }

    private long fuzz(@Nullable String route, Effort effort, Path corpus, int atLeast) throws Exception {
        var words = Files.writeString(folder.resolve("words"), Seeds.dictionary());
        var seed = Long.getLong("fuzz.seed", 1 + new Random().nextInt(Integer.MAX_VALUE - 1));
        System.out.println("fuzz: seed " + seed + " (-Dfuzz.seed=" + seed + "), corpus " + corpus);
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-XX:+EnableDynamicAgentLoading", "-XX:+UseSerialGC", "-Xmx512m",
                "-Djava.util.logging.config.file=src/test/resources/logging.properties"));
        if (route != null) {
            command.add("-Dfuzz.route=" + route);
        } else {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(List.of("-cp", classPath(), "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + RouteFuzz.class.getName(), "--instrumentation_includes=tongchou.**",
                "--custom_hook_includes=tongchou.**",
                "--reproducer_path=" + folder, "-artifact_prefix=" + folder + "/broke-",
                "-max_total_time=" + effort.seconds(), "-runs=" + (effort.requests() == 0 ? -1 : effort.requests()),
                "-seed=" + seed, "-max_len=8192", "-timeout=30", "-print_final_stats=1", "-dict=" + words,
                corpus.toString(), KEPT.toString()));
        var said = folder.resolve("said");
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            assertTrue(process.waitFor(effort.seconds() + 600L, TimeUnit.SECONDS), "the fuzzer does not end");
        } finally {
            process.destroyForcibly();
        }
        var text = Files.readString(said, StandardCharsets.UTF_8);
        var count = requests(text);
        System.out.println("fuzzed " + (route == null ? "every route" : route) + ": " + count + " requests");
        var answered = text.lines().filter(line -> line.startsWith("ANSWERED ")).toList();
        System.out.println(answered.size() == 1 ? answered.getFirst() : answered.size() + " routes answered");
        assertEquals(0, process.exitValue(), () -> broken(text));
        assertTrue(!answered.isEmpty() && answered.stream().noneMatch(line -> line.endsWith("{}")),
                () -> "routes that were never asked: " + answered);
        assertTrue(count >= atLeast, () -> "hardly anything was asked:\n" + text);
        return count;
    }

    private static long requests(String said) {
        var runs = RUNS.matcher(said);
        var count = 0L;
        while (runs.find()) {
            count = Math.max(count, Long.parseLong(runs.group(1) == null ? runs.group(2) : runs.group(1)));
        }
        return count;
    }

    /// What broke, and the input that did it, for a file in [#KEPT].
    private static String broken(String said) {
        var from = Math.max(said.length() - 6_000, said.indexOf("== Java Exception"));
        return said.substring(Math.max(0, from), Math.min(said.length(), Math.max(0, from) + 6_000))
                + said.lines().filter(line -> line.startsWith("Base64:")).findFirst().orElse("");
    }

    private static String classPath() {
        return Stream.of("jdk.module.path", "surefire.test.class.path", "java.class.path").map(System::getProperty)
                .filter(java.util.Objects::nonNull).flatMap(path -> Stream.of(path.split(File.pathSeparator)))
                .distinct().reduce("", (left, right) -> left.isEmpty() ? right : left + File.pathSeparator + right);
    }
}
