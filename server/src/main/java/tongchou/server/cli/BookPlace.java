package tongchou.server.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tongchou.storage.Book;
import tongchou.storage.Books;

/// Where the book of a command is (账簿位置): a file in a directory, or a database.
final class BookPlace {

    @Option(names = "--data", defaultValue = "data", paramLabel = "DIR", descriptionKey = "data")
    private Path data = Path.of("data");

    @Option(names = "--postgres", paramLabel = "URL", descriptionKey = "postgres")
    private @Nullable String postgres;

    @Option(names = "--postgres-user", defaultValue = "tongchou", paramLabel = "NAME", descriptionKey = "postgres-user")
    private String user = "";

    /// Opens the book.
    ///
    /// @throws tongchou.storage.BookException when it cannot be opened
    Book open(Surroundings surroundings) {
        return postgres == null ? Books.sqlite(data.resolve("tongchou.db"))
                : Books.postgresql(postgres, user, surroundings.environment().getOrDefault(Serve.PASSWORD, ""));
    }

    /// The folder that is not there, null when there is one or the book is elsewhere.
    @Nullable Path missing() {
        return postgres == null && !Files.isDirectory(data) ? data : null;
    }

    Path data() {
        return data;
    }

    Path file() {
        return data.resolve("tongchou.db");
    }

    @Nullable String postgres() {
        return postgres;
    }

    String user() {
        return user;
    }

    /// Whether there is a book as far as can be told without opening it.
    boolean exists() {
        return postgres != null || Files.exists(file());
    }
}
