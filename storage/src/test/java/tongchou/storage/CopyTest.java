package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/// Copies of a book in a file, and what comes of them.
class CopyTest {

    private static final Inspection ALL = Inspection.FIRST_DIFFERENCE.atMost(10);

    @TempDir(factory = TempDirFactory.Standard.class)
    private Path folder;

    @Test
    void aCopyIsTakenWhileOthersWriteAndCanBeRestored() throws Exception {
        var file = folder.resolve("book.db");
        var copy = folder.resolve("copy.db");
        var enough = new AtomicBoolean();
        try (var book = Books.sqlite(file); var threads = Executors.newFixedThreadPool(2)) {
            book.register(County.hospital());
            book.register(County.person("P", 30, 10));
            settle(book, "before");
            var writing = threads.submit(() -> {
                var booked = 0;
                while (!enough.get()) {
                    settle(book, "k" + booked++);
                }
                return booked;
            });
            try {
                for (var i = 0; i < 3; i++) {
                    Files.deleteIfExists(copy);
                    assertEquals(List.of(), Books.backup(file, copy, ALL));
                }
            } finally {
                enough.set(true);
            }
            assertTrue(writing.get() > 3, "writers went on");
            assertThrows(BookException.class, () -> Books.backup(file, copy, ALL), "the copy is there already");
        }
        try (var book = Books.sqlite(copy)) {
            assertTrue(book.settlement("S-P-before").isPresent());
        }
        assertThrows(BookException.class, () -> Books.restore(copy, file, false, ALL));
        try (var open = Books.sqlite(file)) {
            var refused = assertThrows(BookException.class, () -> Books.restore(copy, file, true, ALL));
            assertTrue(refused.getMessage().contains("open"), refused.getMessage());
            settle(open, "while it was open");
        }
        assertEquals(List.of(), Books.restore(copy, file, true, ALL));
        assertTrue(Files.exists(folder.resolve("book.db.before")));
        assertFalse(Files.exists(folder.resolve("book.db.part")));
        try (var book = Books.sqlite(file)) {
            settle(book, "after");
            assertEquals(List.of(), book.verify(ALL));
        }
        assertEquals(List.of(), Books.verify(file, ALL));
    }

    @Test
    void aDamagedCopyIsNotRestored() throws Exception {
        var file = folder.resolve("book.db");
        try (var book = Books.sqlite(file)) {
            book.register(County.hospital());
            book.register(County.person("P", 30, 10));
            settle(book, "k");
        }
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file);
                var sql = connection.createStatement()) {
            sql.executeUpdate("update counters set sum = sum + 1");
        }
        var target = folder.resolve("other.db");
        assertEquals("I4", Books.restore(file, target, true, ALL).getFirst().check());
        assertFalse(Files.exists(target));
        assertThrows(BookException.class, () -> Books.verify(folder.resolve("nothing"), ALL));
        assertThrows(BookException.class, () -> Books.backup(folder.resolve("nothing"), target, ALL));
        Files.writeString(folder.resolve("text"), "no book ".repeat(200));
        assertThrows(BookException.class, () -> Books.verify(folder.resolve("text"), ALL));
    }

    private static void settle(Book book, String key) {
        assertTrue(book.settle(County.submission("P", key), County.settle(key, 5_000)) instanceof Book.Booked.Done);
    }
}
