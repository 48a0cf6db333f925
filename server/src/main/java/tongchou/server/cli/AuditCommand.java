package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tongchou.storage.Book;
import tongchou.storage.BookException;

/// `audit`: signs how long the audit log is, and compares it with what was signed (审计存证).
@Command(name = "audit", mixinStandardHelpOptions = true, sortOptions = false)
final class AuditCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Texts texts;

    @Spec
    private @Nullable CommandSpec spec;

    AuditCommand(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    @Override
    public Integer call() {
        if (spec != null) {
            CommandLine.usage(spec, surroundings.err());
        }
        return Tongchou.USAGE;
    }

    /// What a subcommand does with an open book.
    @FunctionalInterface
    private interface Work {
        int on(Book book) throws IOException;
    }

    @Command(name = "checkpoint", mixinStandardHelpOptions = true, sortOptions = false)
    int checkpoint(@Mixin BookPlace place, @Mixin SecondPlace second) {
        return with(place, second, book -> {
            var seal = second.seal(place.data());
            if (seal == null) {
                return new Judgement(surroundings, texts)
                        .complain("缺少 --checkpoint-to。", "--checkpoint-to is missing.");
            }
            var checkpoint = book.checkpoint(seal, surroundings.clock().instant());
            surroundings.out().println(checkpoint.line());
            return Tongchou.DONE;
        });
    }

    @Command(name = "verify", mixinStandardHelpOptions = true, sortOptions = false)
    int verify(@Mixin BookPlace place, @Mixin SecondPlace second,
            @Option(names = "--against", required = true, paramLabel = "DIR", descriptionKey = "against") Path against,
            @Option(names = "--most", defaultValue = "1", paramLabel = "N", descriptionKey = "most") int most) {
        var judgement = new Judgement(surroundings, texts);
        return with(place, second, book -> judgement.print(
                book.verifyAudit(judgement.inspection(Math.max(1, most), null, against)), null));
    }

    private int with(BookPlace place, SecondPlace second, Work work) {
        var judgement = new Judgement(surroundings, texts);
        if (!place.exists()) {
            return judgement.complain("目录 %s 中没有账簿。", "There is no book in %s.", place.data());
        }
        try (Book book = place.open(surroundings, second.digest())) {
            return work.on(book);
        } catch (BookException | IOException | IllegalArgumentException failed) {
            return judgement.complain("未完成：%s", "Not done: %s", Judgement.why(failed));
        }
    }
}
