package tongchou.server.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tongchou.storage.Book;
import tongchou.storage.Books;

/// Where the book is, for commands that work on its catalogue (账簿位置).
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
        return postgres == null && !java.nio.file.Files.isDirectory(data) ? data : null;
    }
}
