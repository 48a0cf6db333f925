package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the one writer wrote comes into the file without the writer (日志搬运), and the log begins anew.
final class LogCarrierTest {

    private static final int CHANGES = 400;
    private static final int BYTES = 50_000;

    @TempDir
    private Path folder;

    private OneConnection connect(String... pragmas) {
        var settings = new Properties();
        settings.put("journal_mode", "WAL");
        settings.put("synchronous", "OFF");
        return new OneConnection("jdbc:sqlite:" + folder.resolve("book.db"), settings, pragmas);
    }

    @Test
    @Timeout(60)
    void carriesWhileTheWriterWrites() throws Exception {
        var file = folder.resolve("book.db");
        var log = folder.resolve("book.db-wal");
        try (var writer = new OneWriter(() -> connect("pragma wal_autocheckpoint = 0"), Writer.Commit.ORDINARY,
                new LogCarrier(this::connect))) {
            writer.write(session -> session.change("create table words (id integer primary key, word blob)"));
            for (var i = 0; i < CHANGES; i++) {
                writer.write(session -> session.change("insert into words (word) values (zeroblob(?))", BYTES));
            }
            // SQLite itself carries nothing here, so only the carrier can bring 400 x 50,000 bytes into the file; and
            // where the log never began anew, it would grow by every later change.
            var later = 0L;
            while (Files.size(file) < (long) CHANGES * BYTES || Files.size(log) > grown(later)) {
                writer.write(session -> session.change("insert into words (word) values (zeroblob(?))", BYTES));
                later++;
                Thread.sleep(1);
            }
            var all = CHANGES + later;
            assertEquals(all, writer.<Long>write(session -> session.number("select count(*) from words")));
        }
        assertFalse(Files.exists(log), "the last connection takes the log away");
    }

    /// What the log comes to at least when it has held all changes.
    private static long grown(long later) {
        return (CHANGES + later) * BYTES;
    }
}
