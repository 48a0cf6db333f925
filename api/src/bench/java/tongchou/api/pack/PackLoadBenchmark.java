package tongchou.api.pack;

import java.io.IOException;
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

/// The time to read and compile the six shipped packs together, files already in memory: once in a fresh Java process,
/// and when the process is warm.
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PackLoadBenchmark {

    private static final List<String> SHIPPED =
            List.of("national", "beijing", "shanghai", "guangdong", "zhejiang", "example-county");

    private final List<PackFiles> files = new ArrayList<>();

    @Setup
    public void read() throws IOException {
        for (var pack : SHIPPED) {
            files.add(PackFiles.of(Path.of("..", "policy-packs", pack)));
        }
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Fork(5)
    public int sixPacksInAFreshProcess() {
        return load();
    }

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Fork(1)
    @Warmup(iterations = 5, time = 2)
    @Measurement(iterations = 5, time = 2)
    public int sixPacksWhenWarm() {
        return load();
    }

    private int load() {
        var packs = PackLibrary.of(files).packs().size();
        if (packs != SHIPPED.size()) {
            throw new IllegalStateException("only " + packs + " packs loaded");
        }
        return packs;
    }
}
