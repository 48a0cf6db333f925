package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.core.catalogue.ItemKind;
import tongchou.storage.Catalogue.Entry;
import tongchou.storage.Catalogue.Question;

/// Two imports of the same list at once: the one that began first stops, and nothing it wrote is seen.
class TwoImportsTest {

    /// More than one transaction takes.
    private static final int ROWS = 5_001;

    @TempDir
    private Path folder;

    @Test
    void onSqlite() throws Exception {
        var file = folder.resolve("book.db");
        try (var book = Books.sqlite(file); var other = Books.sqlite(file)) {
            check(book.catalogue(), other.catalogue());
        }
    }

    @Test
    void onPostgresql() throws Exception {
        var url = Postgres.emptyUrl();
        try (var book = Books.postgresql(url, "postgres", "postgres");
                var other = Books.postgresql(url, "postgres", "postgres")) {
            check(book.catalogue(), other.catalogue());
        }
        Postgres.drop(url);
    }

    /// The first has written a transaction when the second begins; the second has written one when the first goes on.
    private static void check(Catalogue first, Catalogue second) throws Exception {
        var secondMayBegin = new CountDownLatch(1);
        var firstMayGoOn = new CountDownLatch(1);
        var firstIsOver = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var one = threads.submit(() -> {
                try {
                    return load(first, () -> {
                        secondMayBegin.countDown();
                        await(firstMayGoOn);
                    });
                } finally {
                    firstIsOver.countDown();
                }
            });
            await(secondMayBegin);
            var other = threads.submit(() -> load(second, () -> {
                firstMayGoOn.countDown();
                await(firstIsOver);
            }));
            var stopped = assertThrows(ExecutionException.class, () -> one.get(1, TimeUnit.MINUTES)).getCause();
            assertTrue(String.valueOf(stopped.getMessage()).contains("another import began"), stopped::toString);
            assertEquals(ROWS, other.get(1, TimeUnit.MINUTES).added());
        }
        for (var row : List.of(0, 4_999, ROWS - 1)) {
            assertEquals(1, second.search(new Question(ItemKind.DRUG, "D" + row, null, null, LocalDate.of(2026, 3, 1),
                    null, Set.of("D" + row), second.version(), null, 9)).hits().size(), "D" + row);
        }
        assertEquals(0, load(second, () -> { }).added(), "all is there, once");
    }

    private static Catalogue.Imported load(Catalogue catalogue, Runnable afterATransaction) {
        return catalogue.load(ItemKind.DRUG, "list", Instant.EPOCH, IntStream.range(0, ROWS)
                .mapToObj(TwoImportsTest::entry).iterator(), taken -> {
                    if (taken < ROWS) {
                        afterATransaction.run();
                    }
                });
    }

    private static Entry entry(int row) {
        return new Entry(ItemKind.DRUG, "D" + row, List.of("甲药"), "", "", null, "", LocalDate.of(2026, 1, 1), null, "",
                "list", new TreeMap<>(), List.of("jia yao"), List.of("jy"));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(1, TimeUnit.MINUTES));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
