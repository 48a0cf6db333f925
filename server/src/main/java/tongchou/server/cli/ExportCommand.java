package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tongchou.server.catalogue.CatalogueExport;
import tongchou.server.catalogue.Layout;
import tongchou.server.http.DueRoutes;
import tongchou.storage.BookException;

/// `export`: writes a catalogue of the book as `import` takes it back, or what corrections left due (导出目录与应补应退).
@Command(name = "export", mixinStandardHelpOptions = true, sortOptions = false)
final class ExportCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Texts texts;

    @Parameters(paramLabel = "FILE")
    private Path file = Path.of("");

    @Option(names = "--kind", paramLabel = "KIND")
    private @Nullable String kind;

    @Option(names = "--layout", paramLabel = "1301")
    private @Nullable String transaction;

    @Option(names = "--date", paramLabel = "DATE")
    private @Nullable LocalDate day;

    @Option(names = "--from", paramLabel = "DATE")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DATE")
    private @Nullable LocalDate to;

    @Mixin
    private final BookPlace place = new BookPlace();

    ExportCommand(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    @Override
    public Integer call() {
        if (DueExport.KIND.equals(kind)) {
            return amountsDue();
        }
        var what = kind == null && transaction != null ? Layout.kind(transaction) : ImportCommand.kind(kind);
        var layout = transaction == null ? null : Layout.national(transaction).orElse(null);
        if (what.isEmpty() || place.missing() != null || transaction != null
                && (layout == null || !Layout.kind(transaction).equals(what))) {
            surroundings.err().println(texts.say("--kind 须为 %s，或 --layout 为 %s（须与 --kind 相符），且账簿目录须存在。",
                    "--kind is one of %s, or --layout one of %s that fits it; the folder of the book must be there.",
                    ImportCommand.kinds(), String.join(", ", Layout.transactions())));
            return Tongchou.USAGE;
        }
        try (var book = place.open(surroundings)) {
            var done = new CatalogueExport(what.get(), day, layout).write(book.catalogue(), file, taken -> { });
            surroundings.out().println(texts.say("导出 %d 条。", "%d exported.", done.items()));
            if (!done.lost().isEmpty()) {
                surroundings.out().println(texts.say("国家接口 %s 没有这些列，未写入：%s；CSV 或 XLSX 含全部。",
                        "The layout %s has no columns for these, which were left out: %s; CSV and XLSX have all.",
                        transaction, String.join(", ", done.lost())));
            }
            return Tongchou.DONE;
        } catch (IOException | BookException failed) {
            surroundings.err().println(texts.say("导出失败：%s", "The export failed: %s", failed.getMessage()));
            return Tongchou.REFUSED;
        }
    }

    private int amountsDue() {
        if (from == null || to == null || to.isBefore(from) || !place.exists()) {
            surroundings.err().println(texts.say("--kind amounts-due 须给出 --from 与 --to（含当日），且账簿须存在。",
                    "--kind amounts-due goes with --from and --to, both days included, and a book that is there."));
            return Tongchou.USAGE;
        }
        try (var book = place.open(surroundings)) {
            var count = DueExport.write(book.resettlements().dues(), DueRoutes.time(from, to), file);
            surroundings.out().println(texts.say("导出 %d 条。", "%d exported.", count));
            return Tongchou.DONE;
        } catch (IOException | BookException failed) {
            surroundings.err().println(texts.say("导出失败：%s", "The export failed: %s", failed.getMessage()));
            return Tongchou.REFUSED;
        }
    }
}
