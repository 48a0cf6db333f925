package tongchou.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

/// The book in a file.
class SqliteBookTest extends OversightContract {

    @TempDir
    private Path folder;

    @Override
    Store emptyStore() {
        return store(folder.resolve("book.db"));
    }

    static Store store(Path file) {
        return new Store() {
            @Override
            public Book open(Writer.Commit commit) {
                return Books.sqlite(file, commit);
            }

            @Override
            public Connection connect() throws SQLException {
                return DriverManager.getConnection("jdbc:sqlite:" + file + "?foreign_keys=true");
            }
        };
    }
}
