package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import tongchou.storage.Resettlements.Move;
import tongchou.storage.Resettlements.Order;
import tongchou.storage.Resettlements.State;

/// A process that books differences is killed, and another goes on: everybody is booked once.
class ResettlementSurvivalTest {

    private static final int MEMBERS = 60;
    private static final int KILLS = 3;

    @TempDir(factory = TempDirFactory.Standard.class)
    private Path folder;

    @Test
    void everybodyIsBookedOnceHoweverOftenTheProcessIsKilled() throws Exception {
        var seed = new Random().nextLong();
        System.out.println("re-settlement kills: seed " + seed);
        var random = new Random(seed);
        var file = folder.resolve("book.db");
        var launch = Launch.asBuilt(folder);
        try (var book = Books.sqlite(file)) {
            fill(book);
        }
        for (var kill = 0; kill < KILLS; kill++) {
            var acknowledged = killed(launch, file, 1 + random.nextInt(8));
            try (var book = Books.sqlite(file)) {
                var at = book.resettlements().find("w").orElseThrow();
                assertEquals(State.BOOKING, at.state());
                assertTrue(at.progress().booked() >= acknowledged, () -> acknowledged + " of " + at);
                assertEquals(List.of(), book.verify(Inspection.FIRST_DIFFERENCE));
            }
        }
        try (var book = Books.sqlite(file)) {
            var at = book.resettlements().step("w", 7, ResettlementContract.again(), ResettlementContract.NOW);
            while (at.state().isRunning()) {
                at = book.resettlements().step("w", 7, ResettlementContract.again(), ResettlementContract.NOW);
            }
            assertEquals(State.DONE, at.state());
            assertEquals(MEMBERS, at.progress().booked());
            for (var i = 0; i < MEMBERS; i++) {
                assertEquals(1, book.resettlements().corrections("S-P" + i + "-b" + i).size());
            }
            assertEquals(List.of(), book.verify(Inspection.FIRST_DIFFERENCE));
        }
    }

    private static void fill(Book book) {
        book.register(County.hospital());
        for (var i = 0; i < MEMBERS; i++) {
            book.register(County.person("P" + i));
            for (var key : List.of("a" + i, "b" + i)) {
                var day = key.startsWith("a") ? "2026-01-10" : "2026-02-10";
                book.settle(County.submission("P" + i, key, day + " 10000"),
                        County.settle(key, LocalDate.parse(day), 10_000));
            }
            book.reverse(County.reversing("S-P" + i + "-a" + i, "r" + i), County::answer);
        }
        var work = book.resettlements();
        work.start(new Resettlements.Request("w", new Resettlements.Cause.StaleSums(), "", "x", "x",
                ResettlementContract.NOW));
        while (work.step("w", 20, ResettlementContract.again(), ResettlementContract.NOW).state().isRunning()) {
            assertTrue(work.find("w").isPresent());
        }
        work.move("w", new Order(Move.CONFIRM, 2, "x", "", ResettlementContract.NOW));
    }

    /// @return how many members the child said to be booked before it was killed
    private static long killed(Launch launch, Path file, int after) throws IOException, InterruptedException {
        var child = new ProcessBuilder(launch.command(ResettlementVictim.class, file.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var acknowledged = 0L;
        var heard = 0;
        try (var lines = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("ACK ") && line.endsWith(".")) {
                    acknowledged = Long.parseLong(line.substring(4, line.length() - 1));
                    heard++;
                }
                if (heard == after) {
                    child.toHandle().destroyForcibly();
                }
            }
        } finally {
            child.destroyForcibly();
            assertTrue(child.waitFor(30, TimeUnit.SECONDS));
        }
        assertTrue(heard >= after, "the child said too little");
        return acknowledged;
    }
}
