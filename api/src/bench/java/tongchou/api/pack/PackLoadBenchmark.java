package tongchou.api.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The time to read and compile the shipped packs together, files already in memory: once in a fresh Java process,
/// with the options of `bin/tongchou serve` but no start-up cache, and when the process is warm.
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PackLoadBenchmark {

    private final List<PackFiles> files = new ArrayList<>();

    @Setup
    public void read() throws IOException {
        try (var folders = Files.list(Path.of("..", "policy-packs"))) {
            for (var pack : folders.filter(PackLoadBenchmark::isPack).sorted().toList()) {
                files.add(PackFiles.of(pack));
            }
        }
        System.out.println(files.size() + " packs");
    }

    private static boolean isPack(Path folder) {
        return Files.exists(folder.resolve("data").resolve("pack.yaml"));
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Fork(value = 5, jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms64m", "-Xmn32m", "-Xmx512m",
        "-XX:Tier4InvocationThreshold=20000", "-XX:Tier4MinInvocationThreshold=5000",
        "-XX:Tier4CompileThreshold=50000", "-XX:Tier4BackEdgeThreshold=200000"})
    public int shippedPacksInAFreshProcess() {
        return load();
    }

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Fork(1)
    @Warmup(iterations = 5, time = 2)
    @Measurement(iterations = 5, time = 2)
    public int shippedPacksWhenWarm() {
        return load();
    }

    private int load() {
        var packs = PackLibrary.of(files).packs().size();
        if (packs != files.size()) {
            throw new IllegalStateException("only " + packs + " packs loaded");
        }
        return packs;
    }
}
