package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tongchou.server.audit.Recomputation;
import tongchou.storage.BookException;
import tongchou.storage.Books;

/// `restore`: puts a verified copy in the place of a book that nobody has open (恢复).
@Command(name = "restore", mixinStandardHelpOptions = true, sortOptions = false)
final class Restore implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Texts texts;

    @Parameters(paramLabel = "FILE")
    private Path copy = Path.of("");

    @Mixin
    private final BookPlace place = new BookPlace();

    @Mixin
    private final PackPlaces places = new PackPlaces();

    @Option(names = "--overwrite", descriptionKey = "overwrite")
    private boolean overwrite;

    Restore(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    @Override
    public Integer call() {
        var judgement = new Judgement(surroundings, texts);
        var again = new Recomputation(places.load(surroundings), surroundings.version());
        try {
            var how = judgement.inspection(1, again, null);
            if (place.postgres() == null) {
                Files.createDirectories(place.data());
                return judgement.print(Books.restore(copy, place.file(), overwrite, how), again);
            }
            var tools = new PostgresTools(surroundings, place.user());
            tools.restore(copy, place.postgres());
            try (var book = place.open(surroundings)) {
                return judgement.print(book.verify(how), again);
            }
        } catch (BookException | IOException | IllegalArgumentException failed) {
            return judgement.complain("没有恢复：%s", "Nothing was restored: %s", Judgement.why(failed));
        }
    }
}
