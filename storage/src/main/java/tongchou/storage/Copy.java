package tongchou.storage;

import io.helidon.dbclient.DbClientException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/// Copies of a book in a SQLite file (备份).
final class Copy {

    private static final String IN_USE = "somebody has the book open; stop the server first";
    private static final int SQLITE_BUSY = 5;

    private Copy() {
    }

    static List<Finding> of(Path file, Path copy, Inspection how) {
        if (!Files.isRegularFile(file)) {
            throw refused("there is no book in " + file);
        }
        if (Files.exists(copy)) {
            throw refused("there is a file " + copy + " already");
        }
        var growing = beside(copy, ".part");
        try {
            Files.deleteIfExists(growing);
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=60000");
                    var statement = connection.prepareStatement("vacuum into ?")) {
                statement.setString(1, growing.toString());
                statement.executeUpdate();
            }
            flush(growing);
            var findings = verify(growing, how);
            Files.move(growing, copy, StandardCopyOption.ATOMIC_MOVE);
            return findings;
        } catch (SQLException | IOException failed) {
            throw new BookException("the copy could not be written", failed, false);
        } finally {
            remove(growing);
        }
    }

    static List<Finding> back(Path copy, Path file, boolean overwrite, Inspection how) {
        if (Files.exists(file) && !overwrite) {
            throw refused("there is a book in " + file + " already");
        }
        var findings = verify(copy, how);
        if (!findings.isEmpty()) {
            return findings;
        }
        var growing = beside(file, ".part");
        try {
            Files.copy(copy, growing, StandardCopyOption.REPLACE_EXISTING);
            flush(growing);
            if (Files.exists(file)) {
                putAside(file);
            }
            // A log of the book that was here must not be carried into the one that comes.
            remove(beside(file, "-wal"));
            remove(beside(file, "-shm"));
            Files.move(growing, file, StandardCopyOption.ATOMIC_MOVE);
            return findings;
        } catch (SQLException | IOException failed) {
            throw new BookException("the book could not be restored", failed, false);
        } finally {
            remove(growing);
        }
    }

    /// Renames a book that nobody has open. Leaving the write-ahead log needs the file alone, which is how others
    /// are noticed; then the whole log is in it, and whoever comes while it is renamed finds it locked.
    private static void putAside(Path file) throws SQLException, IOException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=500");
                var statement = connection.createStatement()) {
            try (var mode = statement.executeQuery("pragma journal_mode = delete")) {
                if (!mode.next() || !mode.getString(1).equalsIgnoreCase("delete")) {
                    throw refused(IN_USE);
                }
            } catch (SQLException busy) {
                if (busy.getErrorCode() == SQLITE_BUSY) {
                    throw refused(IN_USE);
                }
                throw busy;
            }
            statement.execute("begin exclusive");
            Files.move(file, beside(file, ".before"), StandardCopyOption.REPLACE_EXISTING);
            statement.execute("rollback");
        }
    }

    static List<Finding> verify(Path file, Inspection how) {
        if (!Files.isRegularFile(file)) {
            throw refused("there is no book in " + file);
        }
        return reading(file, session -> {
            var damage = session.rows("pragma integrity_check(1)", row -> row.text(1));
            return damage.equals(List.of("ok")) ? new Verification(session, how).everything()
                    : List.of(new Finding("file", file.toString(), String.join("; ", damage)));
        });
    }

    private static <T> T reading(Path file, Function<Session, T> question) {
        var client = Books.onlyReading(file);
        try {
            var transaction = new Pooled(client.transaction());
            try {
                return question.apply(new Session(transaction));
            } finally {
                Writer.rollback(transaction);
            }
        } catch (DbClientException failed) {
            throw new BookException("the book could not be read", failed, false);
        } finally {
            client.close();
        }
    }

    /// The fingerprints of the master keys without which identities in the book cannot be read, the newest last.
    static List<String> masterKeys(Path file) {
        return reading(file, session -> session.rows(
                "select master from identity_keys group by master order by max(version)", row -> row.text(1)));
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    private static void flush(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException inUse) {
            System.getLogger(Copy.class.getName()).log(System.Logger.Level.WARNING, "left behind: " + file, inUse);
        }
    }

    private static BookException refused(String why) {
        return new BookException(why, new IOException(why), false);
    }
}
