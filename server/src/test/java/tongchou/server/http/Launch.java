package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import tongchou.storage.StoreLibrary;

/// What a test starts as processes of its own (启动方式): the modules of the product, and how Java is to start them.
///
/// The module path of the test itself does not do: it leaves out what only automatic modules need, such as
/// micrometer-commons, which lies on the class path there.
///
/// @param modules module path: what the distribution holds in `lib/`, from where the build has it
/// @param options of Java, beside those that all have
record Launch(String modules, List<String> options) {

    /// The classes where the build put them: nothing to prepare, and 2.3 s of processor time a start.
    static Launch asBuilt() {
        var modules = System.getProperty("tongchou.modules");
        assertNotNull(modules, "Maven names the modules of the product: run this test by ./mvnw");
        return new Launch(modules, List.of());
    }

    /// The same installation from which somebody took a library.
    ///
    /// @param library how the name of its file begins
    Launch without(String library) {
        var left = List.of(modules.split(File.pathSeparator)).stream()
                .filter(place -> !Path.of(place).getFileName().toString().startsWith(library)).toList();
        assertNotEquals(modules, String.join(File.pathSeparator, left), "it has no " + library);
        return new Launch(String.join(File.pathSeparator, left), options);
    }

    /// The same for processes that are killed: what they cannot clear away lies in a folder of the test and goes with
    /// it, and SQLite's library is unpacked there once, as `bin/tongchou prepare` does.
    Launch leavingIn(Path folder) throws IOException {
        var library = Files.createDirectories(folder).resolve("library");
        StoreLibrary.unpack(library);
        return with("-Djava.io.tmpdir=" + folder, "-Dorg.sqlite.lib.path=" + library);
    }

    private Launch with(String... more) {
        return new Launch(modules, Stream.concat(options.stream(), Stream.of(more)).toList());
    }

    /// Classes in jars, and a start-up cache recorded from one start as `bin/tongchou prepare` does it: preparing takes
    /// 7 s of processor time, a start 0.9 s. For whoever starts dozens of times.
    ///
    /// @param folder where the jars and the cache are to lie
    static Launch rehearsed(Path folder) throws IOException, InterruptedException {
        var built = asBuilt().leavingIn(folder);
        var modules = new ArrayList<String>();
        for (var place : built.modules.split(File.pathSeparator)) {
            modules.add(Files.isDirectory(Path.of(place))
                    ? jar(place, folder.resolve("module" + modules.size() + ".jar")) : place);
        }
        var packed = new Launch(String.join(File.pathSeparator, modules), built.options);
        var cache = folder.resolve("start.aot");
        // Without what the compilers learnt: they would do in the start what they are better left to do later.
        var recording = packed.with("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining",
                "-XX:AOTCacheOutput=" + cache);
        try (var server = new ServerProcess(recording, folder.resolve("rehearsal"))) {
            server.stop();
        }
        assertTrue(Files.size(cache) > 0, "no start-up cache was recorded");
        return packed.with("-XX:AOTCache=" + cache);
    }

    private static String jar(String classes, Path to) {
        assertEquals(0, ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err,
                "--create", "--no-compress", "--file", to.toString(), "-C", classes, "."));
        return to.toString();
    }

    /// A command of this installation.
    ProcessBuilder command(String... words) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED,org.xerial.sqlitejdbc,com.github.luben.zstd_jni",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m",
                "-Djava.util.logging.config.file=src/test/resources/logging.properties"));
        command.addAll(options);
        command.addAll(List.of("-p", modules, "-m", "tongchou.server/tongchou.server.Main"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    /// Waits for a process that was asked to end.
    static void ended(Process process) throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process does not end");
        }
    }
}
