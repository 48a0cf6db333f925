package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A book in a file against a naive model, through crashes and failures, from a seed that is printed.
///
/// `-Dsimulation.seed=N` runs that seed alone, `-Dsimulation.seeds=M` so many from it. A long run says by which of
/// them it goes on where it was stopped.
@Order(2)
class SimulationTest {

    private static final int OPERATIONS = 2_000;

    /// Every so many seeds what happened is asked again of an empty book.
    private static final int REPLAYED = 10;

    @TempDir
    private Path folder;

    @Test
    void fiftySeedsDoWhatTheModelDoes() throws Exception {
        simulate(50);
    }

    @Test
    @Tag("long")
    void tenThousandSeedsDoWhatTheModelDoes() throws Exception {
        simulate(10_000);
    }

    private void simulate(int seeds) throws Exception {
        var given = Long.getLong("simulation.seed");
        var first = given == null ? new Random().nextLong() : given;
        var count = Integer.getInteger("simulation.seeds", given == null ? seeds : 1);
        System.out.println("simulation: " + count + " seeds from " + first + ", " + OPERATIONS + " operations each");
        var place = Files.createDirectory(folder.resolve("simulation"));
        var template = place.resolve("template.db");
        try (var book = Books.sqlite(template)) {
            Model.found(book);
        }
        var total = new Simulation.Tally();
        var halfway = processor();
        var done = 0;
        var progress = new Progress("simulation", count, 100);
        // One more than there are processors: who waits for an answer leaves one to the others.
        try (var threads = Executors.newFixedThreadPool(1 + Runtime.getRuntime().availableProcessors())) {
            var runs = LongStream.range(first, first + count).<Future<?>>mapToObj(seed -> threads.submit(() -> {
                total.add(one(template, place, seed, (seed - first) % REPLAYED == 0));
                return "";
            })).toList();
            for (var run : runs) {
                result(run, threads);
                halfway = ++done == count / 2 ? processor() : halfway;
                progress.done(left -> "-Dsimulation.seed=" + (first + count - left) + " -Dsimulation.seeds=" + left
                        + "; so far " + total);
            }
        } finally {
            delete(place);
        }
        System.out.println("simulation: " + total + "; " + (processor() - halfway)
                / (count - count / 2) + " ms of processor time for each seed of the second half");
        assertTrue(total.operations >= count * OPERATIONS && total.crashes > count && total.failures > count
                && total.differences > count,
                total::toString);
    }

    /// Waits for a seed; one that differs ends the others, which else would go on for hours before it is told.
    private static void result(Future<?> run, ExecutorService threads) throws Exception {
        try {
            run.get();
        } catch (ExecutionException differs) {
            threads.shutdownNow();
            throw differs;
        }
    }

    /// What this process has worked, in milliseconds.
    private static long processor() {
        return ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
    }

    private static Simulation.Tally one(Path template, Path place, long seed, boolean replay) throws Exception {
        var tally = new Simulation.Tally();
        var folder = Files.createDirectory(place.resolve("seed" + seed));
        var simulation = new Simulation(template, folder, seed, tally);
        try {
            simulation.run(OPERATIONS);
            if (replay) {
                simulation.replay(template);
            }
        } catch (AssertionError | Exception failed) {
            throw new AssertionError("-Dsimulation.seed=" + seed + " after " + tally, failed);
        } finally {
            simulation.close();
            delete(folder);
        }
        return tally;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                if (Files.isDirectory(file)) {
                    delete(file);
                } else {
                    Files.delete(file);
                }
            }
        }
        Files.delete(folder);
    }

    static Seal seal(Path place) {
        try {
            return new Seal("k1", KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate(), place);
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }
}
