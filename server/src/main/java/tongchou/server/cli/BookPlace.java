package tongchou.server.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tongchou.storage.Book;
import tongchou.storage.Books;
import tongchou.storage.Fingerprint;

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
        return open(surroundings, Fingerprint.SHA_256);
    }

    /// The same with another hash for what is added to the audit log.
    Book open(Surroundings surroundings, Fingerprint digest) {
        return postgres == null ? Books.sqlite(file(), digest)
                : Books.postgresql(postgres, user, password(surroundings), digest);
    }

    /// The password of the database, from the environment.
    String password(Surroundings surroundings) {
        return surroundings.environment().getOrDefault(Serve.PASSWORD, "");
    }

    /// What the place is called.
    String name() {
        return postgres == null ? file().toAbsolutePath().toString() : postgres;
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
