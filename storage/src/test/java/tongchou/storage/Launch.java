package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/// How a test starts processes of its own that it kills (启动方式): the classes under test, and what Java is told.
///
/// What a killed process cannot clear away lies in the folder of the test and goes with it: drivers unpack their
/// libraries, and look through whatever earlier processes left beside them.
///
/// @param classes class path
record Launch(String classes, List<String> options) {

    /// Classes where the build put them; a start takes 0.65 s of processor time.
    ///
    /// @param folder of the test
    static Launch asBuilt(Path folder) throws IOException {
        Set<String> places = new LinkedHashSet<>();
        for (var property : List.of("jdk.module.path", "java.class.path", "surefire.test.class.path")) {
            places.addAll(List.of(System.getProperty(property, "").split(File.pathSeparator)));
        }
        places.add(Path.of("target", "test-classes").toAbsolutePath().toString());
        places.add(Path.of("target", "classes").toAbsolutePath().toString());
        places.removeIf(String::isEmpty);
        var library = folder.resolve("library");
        StoreLibrary.unpack(library);
        return new Launch(String.join(File.pathSeparator, places), List.of("--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + folder,
                "-Dorg.sqlite.lib.path=" + library));
    }

    /// Classes in jars, and a start-up cache recorded from one victim that came to its end: preparing takes 4 s of
    /// processor time. For whoever starts dozens of times.
    static Launch rehearsed(Path folder) throws IOException, InterruptedException {
        var built = asBuilt(folder);
        var jars = new ArrayList<String>();
        for (var place : built.classes.split(File.pathSeparator)) {
            jars.add(Files.isDirectory(Path.of(place))
                    ? jar(place, folder.resolve("classes" + jars.size() + ".jar")) : place);
        }
        var packed = new Launch(String.join(File.pathSeparator, jars), built.options);
        var cache = folder.resolve("start.aot");
        var book = folder.resolve("rehearsal.db");
        try (var empty = Books.sqlite(book)) {
            SurvivalTest.found(empty);
        }
        var said = folder.resolve("rehearsal");
        var rehearsal = new ProcessBuilder(packed.with("-XX:AOTCacheOutput=" + cache)
                .command(Victim.class, book.toString(), "0", "20"))
                .redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            assertTrue(rehearsal.waitFor(60, TimeUnit.SECONDS), "the rehearsal does not end");
        } finally {
            rehearsal.destroyForcibly();
        }
        assertTrue(Files.isRegularFile(cache), () -> "no start-up cache was recorded: " + said(said));
        return packed.with("-XX:AOTCache=" + cache);
    }

    private static String jar(String classes, Path to) {
        assertEquals(0, ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err,
                "--create", "--no-compress", "--file", to.toString(), "-C", classes, "."));
        return to.toString();
    }

    private Launch with(String option) {
        var all = new ArrayList<>(options);
        all.add(option);
        return new Launch(classes, all);
    }

    /// The words of a command that runs a class with a `main`.
    List<String> command(Class<?> main, String... words) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", classes, main.getName()));
        command.addAll(List.of(words));
        return command;
    }

    /// What a process wrote into a file, for those who want to know why it said too little elsewhere.
    static String said(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
