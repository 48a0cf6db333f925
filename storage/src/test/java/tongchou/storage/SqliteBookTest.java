package tongchou.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// The book in a file, for every test a new copy of one that was migrated once.
class SqliteBookTest extends BudgetContract {

    @TempDir
    private static Path migrated;

    @TempDir
    private Path folder;

    @BeforeAll
    static void migrate() {
        Books.sqlite(migrated.resolve("book.db")).close();
    }

    @Override
    Store emptyStore() throws IOException {
        return store(Files.copy(migrated.resolve("book.db"), folder.resolve("book.db")));
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
