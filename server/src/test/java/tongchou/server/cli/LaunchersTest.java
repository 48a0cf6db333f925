package tongchou.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The launchers of both systems give the JVM the same options (启动脚本一致).
///
/// The one for the shell runs with a Java that only says what it is given; of the other one every `set` is read, and
/// its last command.
class LaunchersTest {

    private static final Path SCRIPTS = Path.of("src/main/dist/bin");
    private static final Pattern SET = Pattern.compile(
            "(?:if \"%~1\"==\"(\\w+)\" |echo \"%TONGCHOU_JAVA_OPTS%\" \\| findstr /r /c:\"(.+)\" >nul && )?"
            + "set \"(\\w+)=(.*)\"");

    /// What Java on Linux alone knows, and ends over elsewhere, and what says who goes before whom there: everybody is
    /// lowered but the thread with the highest priority, which writes the book.
    private static final Set<String> LINUX_ONLY = Set.of("-XX:+UseTransparentHugePages", "-XX:ThreadPriorityPolicy=1",
            "-XX:-PrintWarnings", "-XX:JavaPriority5_To_OSPriority=4", "-XX:JavaPriority8_To_OSPriority=4",
            "-XX:JavaPriority9_To_OSPriority=0", "-XX:JavaPriority10_To_OSPriority=0", "-XX:CompilerThreadPriority=6");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {
        "serve, none", "verify, none", "check-pack, none", "serve, -Xmx1g", "verify, -XX:+UseG1GC",
        "serve, -Xms100m -XX:+UseParallelGC", "export, -Dx=1"})
    void the_jvm_gets_the_same_on_either_system(String command, String given) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "SKIPPED: there is no shell");
        var options = given == null ? "" : given;
        var shell = shell(command, options);
        var linux = command.equals("serve") && System.getProperty("os.name").equals("Linux");
        assertEquals(linux ? LINUX_ONLY : Set.of(), shell.stream().filter(LINUX_ONLY::contains)
                .collect(Collectors.toSet()));
        shell.removeAll(LINUX_ONLY);
        assertEquals(shell, windows(command, options), command + " " + options);
    }

    @Test
    void the_load_benchmark_measures_a_server_with_these_options() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "SKIPPED: it measures what Linux is told");
        var measured = Pattern.compile("-X[^ \"]+").matcher(benchmark("SERVED")).results().map(MatchResult::group)
                .collect(Collectors.toSet());
        assertEquals(shell("serve", "").stream().filter(word -> word.startsWith("-X")).collect(Collectors.toSet()),
                measured);
    }

    @Test
    void the_load_benchmark_measures_a_server_in_this_environment() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "SKIPPED: there is no shell");
        var measured = Pattern.compile("\"([A-Z_]+)\", \"([^\"]+)\"").matcher(benchmark("ENVIRONMENT")).results()
                .map(pair -> pair.group(1) + "=" + pair.group(2)).collect(Collectors.toSet());
        assertEquals(Set.of("MALLOC_ARENA_MAX=2", "GLIBC_TUNABLES=glibc.malloc.hugetlb=1"), measured);
        assertEquals(measured, surrounded("serve", Map.of()));
        assertEquals(Set.of(), surrounded("check-pack", Map.of()));
        assertEquals(Set.of("MALLOC_ARENA_MAX=1", "GLIBC_TUNABLES=glibc.malloc.check=0"), surrounded("serve",
                Map.of("MALLOC_ARENA_MAX", "1", "GLIBC_TUNABLES", "glibc.malloc.check=0")), "an operator's own stay");
    }

    /// What a constant of the benchmark is set to.
    private static String benchmark(String constant) throws IOException {
        var source = Files.readString(Path.of("src/bench/java/tongchou/server/load/LoadBenchmark.java"));
        var start = source.indexOf(constant + " =");
        return source.substring(start, source.indexOf(";", start));
    }

    /// What the C library finds in the environment of a command.
    private Set<String> surrounded(String command, Map<String, String> given) throws Exception {
        shell(command, "", given);
        return Files.readAllLines(folder.resolve("environment")).stream()
                .filter(line -> line.startsWith("MALLOC_") || line.startsWith("GLIBC_")).collect(Collectors.toSet());
    }

    private Set<String> shell(String command, String options) throws Exception {
        return shell(command, options, Map.of());
    }

    private Set<String> shell(String command, String options, Map<String, String> given) throws Exception {
        var home = folder.resolve("home");
        Files.createDirectories(home.resolve("bin"));
        var script = Files.copy(SCRIPTS.resolve("tongchou"), home.resolve("bin/tongchou"),
                StandardCopyOption.REPLACE_EXISTING);
        var jdk = folder.resolve("jdk");
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\nenv > \"" + folder.resolve("environment")
                + "\"\nprintf '%s\\n' \"$@\"\n").toFile().setExecutable(true);
        var process = new ProcessBuilder("/bin/sh", script.toString(), command);
        process.environment().keySet().removeAll(Set.of("MALLOC_ARENA_MAX", "GLIBC_TUNABLES"));
        process.environment().putAll(given);
        process.environment().putAll(Map.of("JAVA_HOME", jdk.toString(), "TONGCHOU_CACHE", "",
                "TONGCHOU_JAVA_OPTS", options));
        var running = process.redirectErrorStream(true).start();
        var said = new String(running.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, running.waitFor(), said);
        var place = home.toRealPath().toString();
        return said.lines().map(word -> word.replace(place, "HOME")).collect(Collectors.toCollection(TreeSet::new));
    }

    /// What the last command of the other script comes to.
    private static Set<String> windows(String command, String options) throws Exception {
        var lines = Files.readAllLines(SCRIPTS.resolve("tongchou.cmd"));
        var variables = new HashMap<>(Map.of("TONGCHOU_JAVA_OPTS", options));
        for (var line : lines) {
            var set = SET.matcher(line);
            if (set.matches() && (set.group(1) == null || set.group(1).equals(command))
                    && (set.group(2) == null || found(set.group(2), options))) {
                variables.put(set.group(3), filled(set.group(4), variables));
            }
        }
        variables.put("HOME_DIR", "HOME");
        var last = lines.subList(lines.lastIndexOf("\"%JAVA%\" ^") + 1, lines.indexOf("exit /b %errorlevel%"));
        var call = last.stream().map(line -> line.replaceAll("\\^$", "")).collect(Collectors.joining(" "));
        var words = filled(call, variables).replace("%*", command).replace('\\', '/').replace("\"", "");
        return Arrays.stream(words.strip().split(" +")).collect(Collectors.toCollection(TreeSet::new));
    }

    /// What `findstr /r` finds: of what these patterns use, a plus stands for itself.
    private static boolean found(String pattern, String options) {
        return Pattern.compile(pattern.replace("+", "\\+")).matcher("\"" + options + "\"").find();
    }

    private static String filled(String text, Map<String, String> variables) {
        return Pattern.compile("%(\\w+)%").matcher(text)
                .replaceAll(name -> variables.getOrDefault(name.group(1), "").replace("\\", "\\\\"));
    }
}
