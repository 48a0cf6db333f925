package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tongchou.server.audit.Recomputation;
import tongchou.storage.BookException;
import tongchou.storage.Books;

/// `verify`: recomputes what must hold in a book, and every reply from its pack and inputs (核验).
@Command(name = "verify", mixinStandardHelpOptions = true, sortOptions = false)
final class Verify implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Texts texts;

    @Parameters(paramLabel = "BOOK", arity = "0..1")
    private @Nullable Path given;

    @Mixin
    private final BookPlace place = new BookPlace();

    @Mixin
    private final PackPlaces places = new PackPlaces();

    @Option(names = "--against", paramLabel = "DIR", descriptionKey = "against")
    private @Nullable Path against;

    @Option(names = "--most", defaultValue = "1", paramLabel = "N", descriptionKey = "most")
    private int most;

    Verify(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    @Override
    public Integer call() {
        var judgement = new Judgement(surroundings, texts);
        var again = new Recomputation(places.load(surroundings), surroundings.version());
        try {
            var how = judgement.inspection(Math.max(1, most), again, against);
            if (place.postgres() != null) {
                try (var book = place.open(surroundings)) {
                    return judgement.print(book.verify(how), again);
                }
            }
            var findings = Books.verify(Objects.requireNonNullElse(given, place.file()), how);
            return judgement.print(findings, again);
        } catch (BookException | IOException | IllegalArgumentException failed) {
            return judgement.complain("无法核验：%s", "It cannot be verified: %s", Judgement.why(failed));
        }
    }
}
