package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tongchou.server.audit.Recomputation;
import tongchou.storage.BookException;
import tongchou.storage.Books;

/// `backup`: copies a book while the server goes on, and opens and verifies the copy (备份).
@Command(name = "backup", mixinStandardHelpOptions = true, sortOptions = false)
final class Backup implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Texts texts;

    @Parameters(paramLabel = "FILE")
    private Path copy = Path.of("");

    @Mixin
    private final BookPlace place = new BookPlace();

    @Mixin
    private final PackPlaces places = new PackPlaces();

    @Option(names = "--scratch", paramLabel = "URL", descriptionKey = "scratch")
    private @Nullable String scratch;

    Backup(Surroundings surroundings, Texts texts) {
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
                return judgement.print(Books.backup(place.file(), copy, how), again);
            }
            var tools = new PostgresTools(surroundings, place.user());
            tools.run(List.of("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file=" + copy,
                    "--dbname=" + PostgresTools.address(place.postgres())));
            if (scratch == null) {
                surroundings.err().println(texts.say("备份已写入，未经核验：用 --scratch 给出一个空数据库，即恢复到其中并核验。",
                        "Written, not verified: name an empty database with --scratch to restore into it and verify."));
                return Tongchou.DONE;
            }
            tools.restore(copy, scratch);
            try (var book = Books.postgresql(scratch, place.user(), tools.password())) {
                return judgement.print(book.verify(how), again);
            }
        } catch (BookException | IOException | IllegalArgumentException failed) {
            return judgement.complain("无法备份：%s", "There is no backup: %s", Judgement.why(failed));
        }
    }
}
