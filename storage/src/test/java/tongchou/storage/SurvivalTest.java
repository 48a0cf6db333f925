package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import tongchou.storage.Book.Booked;

/// What a book in a file survives: kills and torn logs.
class SurvivalTest {

    private static final int KILLS_OF_A_BOOK = 20;

    private static final Inspection ALL = Inspection.FIRST_DIFFERENCE.atMost(10);

    @TempDir(factory = TempDirFactory.Standard.class)
    private Path folder;

    static void found(Book book) {
        book.register(County.hospital());
        book.register(County.person("R", 500, 100));
        for (var i = 0; i < 5; i++) {
            book.register(County.person("P" + i, 40 * i, 5, "R"));
        }
    }

    // Killed ---------------------------------------------------------------------------------------------------------

    @Test
    void noAcknowledgedSettlementIsLostWhenTheProcessIsKilled() throws Exception {
        kill(5, Launch.asBuilt(folder));
    }

    @Test
    @Tag("long")
    void noAcknowledgedSettlementIsLostInAThousandKills() throws Exception {
        kill(Integer.getInteger("survival.kills", 1_000), Launch.rehearsed(folder));
    }

    /// Two books at a time where there are many kills, and another book after every twenty, so that none is long to
    /// verify.
    private void kill(int times, Launch launch) throws Exception {
        var seed = Long.getLong("survival.seed", new Random().nextLong());
        System.out.println("kills: " + times + ", -Dsurvival.seed=" + seed);
        var acknowledged = new AtomicInteger();
        var progress = new Progress("kills", times, 50);
        try (var threads = Executors.newFixedThreadPool(times > KILLS_OF_A_BOOK ? 2 : 1)) {
            var books = new ArrayList<Future<?>>();
            for (var done = 0; done < times; done += KILLS_OF_A_BOOK) {
                var first = done;
                books.add(threads.submit(() -> {
                    acknowledged.addAndGet(kill(launch, folder.resolve("book" + first + ".db"),
                            new Random(seed + first), Math.min(KILLS_OF_A_BOOK, times - first), progress));
                    return "";
                }));
            }
            for (var book : books) {
                book.get();
            }
        }
        System.out.println("acknowledged before " + times + " kills: " + acknowledged);
    }

    /// @return how many settlements were acknowledged
    private static int kill(Launch launch, Path file, Random random, int times, Progress progress) throws Exception {
        try (var book = Books.sqlite(file)) {
            found(book);
        }
        Set<String> acknowledged = new HashSet<>();
        for (var round = 0; round < times; round++) {
            var heard = killed(launch, file, round, 1 + random.nextInt(60));
            acknowledged.addAll(heard);
            try (var book = Books.sqlite(file)) {
                var known = round;
                heard.forEach(key -> assertTrue(book.settlement(County.HOSPITAL, key).isPresent(),
                        () -> key + " was lost by kill " + known));
                assertEquals(List.of(), book.verify(ALL));
                for (var key : heard) {
                    var member = "P" + Math.floorMod(key.hashCode(), 5);
                    assertTrue(assertInstanceOf(Booked.Done.class, book.settle(County.submission(member, key),
                            County.settle(key, 1_000))).repeated(), key);
                }
                assertTrue(book.settlements() >= acknowledged.size());
            }
            progress.done(left -> "-Dsurvival.kills=" + left);
        }
        try (var book = Books.sqlite(file)) {
            acknowledged.forEach(key -> assertTrue(book.settlement(County.HOSPITAL, key).isPresent(),
                    () -> key + " was lost by a later kill"));
        }
        Gate.delete(file);
        return acknowledged.size();
    }

    /// @return the keys that the child acknowledged before it was killed
    private static List<String> killed(Launch launch, Path file, int round, int after)
            throws IOException, InterruptedException {
        var complaints = Path.of(file + ".complaints");
        var child = new ProcessBuilder(launch.command(Victim.class, file.toString(), Integer.toString(round)))
                .redirectError(complaints.toFile()).start();
        var heard = new ArrayList<String>();
        try (var lines = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("ACK ") && line.endsWith(".")) {
                    heard.add(line.substring(4, line.length() - 1));
                }
                if (heard.size() == after) {
                    child.toHandle().destroyForcibly();
                }
            }
        } finally {
            child.destroyForcibly();
            assertTrue(child.waitFor(30, TimeUnit.SECONDS));
        }
        assertTrue(heard.size() >= after, () -> "the child said only " + heard + " and " + Launch.said(complaints));
        return heard;
    }

    // Torn log -------------------------------------------------------------------------------------------------------

    @Test
    void aTornLogLeavesAPrefix() throws Exception {
        var seed = new Random().nextLong();
        System.out.println("torn logs: 300, seed " + seed);
        var random = new Random(seed);
        var file = folder.resolve("book.db");
        try (var book = Books.sqlite(file)) {
            found(book);
        }
        var torn = folder.resolve("torn.db");
        var shortest = Integer.MAX_VALUE;
        var whole = 40;
        try (var book = Books.sqlite(file)) {
            for (var i = 0; i < whole; i++) {
                book.settle(County.submission("P" + i % 5, "k" + i), County.settle("k" + i, 5_000));
            }
            for (var variant = 0; variant < 300; variant++) {
                Files.deleteIfExists(folder.resolve("torn.db-shm"));
                Files.copy(file, torn, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                var log = folder.resolve("torn.db-wal");
                Files.copy(folder.resolve("book.db-wal"), log, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                tear(log, variant % 3, random);
                var found = keys(torn);
                var expected = new ArrayList<String>();
                for (var i = 0; i < found.size(); i++) {
                    expected.add("k" + i);
                }
                assertEquals(expected, found, "variant " + variant);
                assertEquals(List.of(), Books.verify(torn, ALL), "variant " + variant);
                shortest = Math.min(shortest, found.size());
            }
        }
        System.out.println("torn logs: between " + shortest + " and " + whole + " settlements were left");
        assertTrue(shortest < whole);
    }

    private static void tear(Path log, int how, Random random) throws IOException {
        try (var file = new RandomAccessFile(log.toFile(), "rw")) {
            var place = (long) (random.nextDouble() * (file.length() - 512));
            switch (how) {
                case 0 -> file.setLength(place);
                case 1 -> {
                    var noise = new byte[512];
                    random.nextBytes(noise);
                    file.seek(place);
                    file.write(noise);
                }
                default -> {
                    file.seek(place);
                    var value = file.read();
                    file.seek(place);
                    file.write(value ^ 1 << random.nextInt(8));
                }
            }
        }
    }

    private static List<String> keys(Path file) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var sql = connection.createStatement();
                var rows = sql.executeQuery("select key from settlements order by id")) {
            var keys = new ArrayList<String>();
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
            return keys;
        }
    }
}
