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

    @TempDir
    private Path folder;

    @Test
    void whatOnceBrokeSomethingNoLongerDoes() throws IOException {
        var fuzz = new RouteFuzz();
        try (var kept = Files.list(KEPT)) {
            for (var file : kept.sorted().toList()) {
                fuzz.ask(Files.readAllBytes(file));
            }
        } finally {
            fuzz.close();
        }
    }

    @Test
    void noRouteBreaksInAFewSeconds() throws Exception {
        fuzz(null, Integer.getInteger("fuzz.seconds", 10));
    }

    @Test
    @Tag("long")
    void noRouteBreaksInHalfAnHourOfItsOwn() throws Exception {
        var fuzz = new RouteFuzz();
        var routes = fuzz.routes();
        fuzz.close();
        for (var route : routes) {
            fuzz(route, Integer.getInteger("fuzz.seconds", 1_800));
        }
    }

    private void fuzz(@Nullable String route, int seconds) throws Exception {
        var corpus = Files.createTempDirectory(folder, "corpus");
        var site = new TestSite(Files.createTempDirectory(folder, "book"));
        var number = 0;
        for (var one : site.site.routes()) {
            for (var input : Seeds.inputs(one)) {
                Files.write(corpus.resolve("seed" + number++), input);
            }
        }
        site.close();
        var words = Files.writeString(folder.resolve("words"), Seeds.dictionary());
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-XX:+EnableDynamicAgentLoading", "-XX:+UseSerialGC", "-Xmx512m",
                "-Djava.util.logging.config.file=src/test/resources/logging.properties"));
        if (route != null) {
            command.add("-Dfuzz.route=" + route);
        }
        command.addAll(List.of("-cp", classPath(), "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + RouteFuzz.class.getName(), "--instrumentation_includes=tongchou.**",
                "--custom_hook_includes=tongchou.**",
                "--reproducer_path=" + folder, "-artifact_prefix=" + folder + "/broke-", "-max_total_time=" + seconds,
                "-max_len=8192", "-timeout=30", "-print_final_stats=1", "-dict=" + words, corpus.toString(),
                KEPT.toString()));
        var said = folder.resolve("said");
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            assertTrue(process.waitFor(seconds + 120L, TimeUnit.SECONDS), "the fuzzer does not end");
        } finally {
            process.destroyForcibly();
        }
        var text = Files.readString(said, StandardCharsets.UTF_8);
        var runs = RUNS.matcher(text);
        var count = 0L;
        while (runs.find()) {
            count = Math.max(count, Long.parseLong(runs.group(1) == null ? runs.group(2) : runs.group(1)));
        }
        System.out.println("fuzzed " + (route == null ? "every route" : route) + ": " + count + " requests in "
                + seconds + " s");
        assertEquals(0, process.exitValue(), () -> broken(text));
        assertTrue(count > number, () -> "hardly anything was asked:\n" + text);
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
