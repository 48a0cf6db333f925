package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/// A server process under load, killed at any moment and started again: what it acknowledged is there, byte for byte,
/// once; what it did not answer can be asked again; everything in the book adds up.
///
/// `-Dcrash.seed=N` repeats what was asked and when it was killed, as far as processes repeat anything.
class CrashTest {

    @TempDir(factory = TempDirFactory.Standard.class)
    private Path folder;

    @Test
    void nothingAcknowledgedIsLostOrDoubledInFiveKills() throws Exception {
        kill(5, 1, Launch.asBuilt().leavingIn(folder.resolve("launch")));
    }

    /// Two servers at a time, each with folders of its own.
    @Test
    @Tag("long")
    void nothingAcknowledgedIsLostOrDoubledInAThousandKills() throws Exception {
        kill(Integer.getInteger("crash.kills", 1_000), 2,
                Launch.rehearsed(folder.resolve("launch")));
    }

    private void kill(int times, int servers, Launch launch) throws Exception {
        var seed = Long.getLong("crash.seed", new Random().nextLong());
        System.out.println("server kills: " + times + ", -Dcrash.seed=" + seed);
        var count = new CrashLane.Count(times);
        try (var threads = Executors.newFixedThreadPool(servers)) {
            var lanes = IntStream.range(0, servers).<Future<?>>mapToObj(lane -> {
                var kills = times / servers + (lane < times % servers ? 1 : 0);
                return threads.submit(() -> {
                    new CrashLane(launch, folder.resolve("server" + lane), new Random(seed + lane), count)
                            .kill(kills);
                    return "";
                });
            }).toList();
            for (var lane : lanes) {
                lane.get();
            }
        }
        System.out.println("server kills: " + count);
        assertTrue(count.saysSomething(), () -> "the load was too light to say anything: " + count);
    }
}
