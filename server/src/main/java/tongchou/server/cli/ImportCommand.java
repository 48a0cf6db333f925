package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tongchou.api.pack.ColumnMapping;
import tongchou.api.pack.PackFiles;
import tongchou.core.catalogue.Forms;
import tongchou.core.catalogue.ItemKind;
import tongchou.server.catalogue.CatalogueImport;
import tongchou.server.catalogue.Cells;
import tongchou.server.catalogue.Classes;
import tongchou.server.catalogue.Layout;
import tongchou.server.catalogue.PackTables;
import tongchou.server.catalogue.Readings;
import tongchou.storage.BookException;

/// `import`: takes a list of drugs, services, diagnoses and the like into the book, or into the tables of a pack by
/// which its next version settles (导入目录).
@Command(name = "import", mixinStandardHelpOptions = true, sortOptions = false)
final class ImportCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Texts texts;

    @Parameters(paramLabel = "FILE")
    private Path file = Path.of("");

    @Option(names = "--kind", paramLabel = "KIND")
    private @Nullable String kind;

    @Option(names = "--layout", paramLabel = "1301")
    private @Nullable String transaction;

    @Option(names = "--mapping", paramLabel = "YAML")
    private @Nullable Path mapping;

    @Option(names = "--sheet", paramLabel = "NAME|NUMBER")
    private @Nullable String sheet;

    @Option(names = "--from", paramLabel = "DATE")
    private @Nullable LocalDate from;

    @Option(names = "--edition", defaultValue = "", paramLabel = "TEXT")
    private String edition = "";

    @Option(names = "--report", paramLabel = "CSV")
    private @Nullable Path report;

    @Option(names = "--take-good-rows")
    private boolean takeGoodRows;

    @Option(names = "--into-pack", paramLabel = "DIR")
    private @Nullable Path pack;

    @Option(names = "--area", defaultValue = "", paramLabel = "NAME")
    private String area = "";

    @Option(names = "--doc", defaultValue = "", paramLabel = "ID")
    private String document = "";

    @Option(names = "--replaces", paramLabel = "ID")
    private @Nullable String replaced;

    @Mixin
    private final BookPlace place = new BookPlace();

    ImportCommand(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    @Override
    public Integer call() {
        if (pack == null && place.missing() != null || !Files.isReadable(file) || Files.isDirectory(file)) {
            return complain(Tongchou.USAGE, "没有目录 %s，或文件 %s 读不出来。",
                    "There is no folder %s, or the file %s cannot be read.",
                    place.missing(), file);
        }
        var layout = Optional.ofNullable(transaction).flatMap(Layout::national);
        var what = kind == null && transaction != null ? Layout.kind(transaction) : kind(kind);
        if (what.isEmpty() || transaction != null && layout.isEmpty()) {
            return complain(Tongchou.USAGE, "--kind 须为 %s；或 --layout 为 %s。",
                    "--kind is one of %s, or --layout one of %s.",
                    kinds(), String.join(", ", Layout.transactions()));
        }
        var root = pack == null ? null : PackEntry.root(pack, area);
        if (pack != null && (root == null || document.isBlank())) {
            return complain(Tongchou.USAGE, "--into-pack 须是政策包目录（内有 pack.yaml；--area 须是其中的地区），"
                    + "并以 --doc 给出 sources.yaml 中的文件编号。",
                    "--into-pack is the folder of a pack (with pack.yaml, and the area of --area), and --doc the id of "
                    + "the list in its sources.yaml.");
        }
        try {
            var mapped = mapping == null ? layout.orElse(null) : layout(ColumnMapping.read(mapping), mapping,
                    layout.orElse(null));
            return run(new CatalogueImport(file, sheet, what.get(), mapped, Objects.requireNonNull(file.getFileName())
                    .toString(), edition, from, root != null), root);
        } catch (PackTables.Clash clash) {
            return complain(Tongchou.REFUSED, "另一文件已写明同一编码同一首日：%s；未写入任何内容。",
                    "Another document states the same code from the same day: %s; nothing was written.",
                    clash.getMessage());
        } catch (Cells.Unreadable unreadable) {
            return complain(Tongchou.REFUSED, "文件读不成表格：%s",
                    "The file is no table: %s", unreadable.getMessage());
        } catch (IOException | IllegalArgumentException broken) {
            return complain(Tongchou.USAGE, "对照文件读不出来：%s",
                    "The mapping cannot be read: %s", broken.getMessage());
        } catch (BookException failed) {
            var cause = Serve.innermost(failed);
            return complain(Tongchou.REFUSED, "账簿写不进去：%s", "The book cannot be written: %s",
                    cause.equals(failed.getMessage()) ? cause : failed.getMessage() + " (" + cause + ")");
        }
    }

    private int run(CatalogueImport what, @Nullable Path root) throws PackTables.Clash {
        var reporting = report == null ? file.resolveSibling(file.getFileName() + ".bad-rows.csv") : report;
        var check = what.check(reporting, texts.chinese());
        if (check.missing().equals(List.of(CatalogueImport.CLASS))) {
            return complain(Tongchou.REFUSED, "没有列写明类别（甲、乙、丙），不能据以结算；什么也没有写。请用 --mapping 指明类别列，"
                    + "或写明来源：class: {every: 乙}；或 class: {list: 目录.xlsx, same: name-and-form}"
                    + "（same 也可为 variety、code；可加 otherwise: 丙）。",
                    "No column says the class (A, B, C) by which drugs are settled; nothing was written. Name the "
                    + "column in --mapping, or say there where the class comes from: class: {every: 乙}, or "
                    + "class: {list: list.xlsx, same: name-and-form} (or same: variety, same: code; otherwise: 丙 may "
                    + "be added).");
        }
        if (!check.missing().isEmpty()) {
            return complain(Tongchou.REFUSED, "缺少列：%s。可用 --mapping 说明各列。",
                    "Columns missing: %s. --mapping can name them.",
                    String.join(", ", check.missing()));
        }
        if (check.bad() > 0) {
            complain(Tongchou.REFUSED, "%d 行中有 %d 行不合格，见 %s",
                    "Of %d rows, %d are bad: see %s", check.rows(), check.bad(),
                    reporting);
            if (!takeGoodRows) {
                return complain(Tongchou.REFUSED, "没有导入任何内容；--take-good-rows 只导入合格的行。",
                        "Nothing was imported; --take-good-rows takes the good rows.");
            }
        }
        if (root != null) {
            return intoPack(what, root);
        }
        try (var book = place.open(surroundings).acting("command-line", surroundings.clock().instant());
                var bar = new ProgressBarBuilder().setTaskName(what.name()).setInitialMax(check.good())
                        .setConsumer(new ConsoleProgressBarConsumer(surroundings.err(), 100)).build()) {
            var done = what.take(book.catalogue(), new Readings(), surroundings.clock().instant(), bar::stepTo);
            surroundings.out().println(texts.say("版本 %d：导入 %d 条，未变 %d 条，标为无效而略过 %d 条。",
                    "version %d: %d imported, %d unchanged, %d left out as not valid.", done.version(), done.added(),
                    done.unchanged(), check.invalid()));
            if (check.header() > 1) {
                surroundings.out().println(texts.say("列名在第 %d 行，其上各行未导入。",
                        "The columns are named in row %d; what stands above was not imported.", check.header()));
            }
        }
        return Tongchou.DONE;
    }

    private int intoPack(CatalogueImport what, Path root) throws PackTables.Clash {
        try {
            var done = what.write(new PackTables(root, document, replaced));
            done.rows().forEach((table, rows) -> surroundings.out().println(texts.say("%s：%d 行。", "%s: %d rows.",
                    root.resolve(table), rows)));
            surroundings.out().println(texts.say("其他文件的行保留 %d 行。", "%d rows of other documents are kept.",
                    done.kept()));
            if (!done.leftOut().isEmpty()) {
                surroundings.out().println(texts.say("政策包没有这些列，未写入：%s",
                        "Packs have no columns for these, which were left out: %s", String.join(", ", done.leftOut())));
            }
            if (!PackEntry.cites(root, document)) {
                surroundings.out().println(texts.say("sources.yaml 里还没有 %1$s：写上编号、标题、文号、发文机关、日期、等级后再 check-pack。",
                        "sources.yaml does not name %1$s yet: state its id, title, number, issuer, days and grade, then "
                        + "check-pack.", document));
            }
            return Tongchou.DONE;
        } catch (PackTables.Clash clash) {
            throw clash;
        } catch (IOException failed) {
            return complain(Tongchou.REFUSED, "政策包写不进去：%s", "The pack cannot be written: %s", failed.getMessage());
        }
    }

    /// The columns of a mapping, over those of a national layout where it only says more of that.
    private Layout layout(ColumnMapping said, Path where, @Nullable Layout national) {
        var classes = said.classes() == null ? null
                : Classes.of(said.classes(), where.toAbsolutePath().getParent(), forms());
        var numbered = said.attributes().keySet().stream().allMatch(column -> column.matches("[0-9]{1,4}"));
        if (national != null && numbered) {
            return national.with(said.attributes(), classes);
        }
        return new Layout(said.attributes(), said.attributes().isEmpty() || !numbered, classes);
    }

    /// Which dosage forms the packs group on which the pack builds; none where the list goes into the book.
    private Forms forms() {
        try {
            return pack == null ? new Forms(Map.of()) : new PackPlaces()
                    .ancestors(PackFiles.outline(pack), surroundings).readings().stream()
                    .map(reading -> reading.pack()).filter(Objects::nonNull)
                    .map(one -> one.listings().forms()).filter(forms -> !forms.groups().isEmpty()).findFirst()
                    .orElseGet(() -> new Forms(Map.of()));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(pack + ": " + unreadable.getMessage(), unreadable);
        }
    }

    static Optional<ItemKind> kind(@Nullable String word) {
        return Arrays.stream(ItemKind.values()).filter(one -> one.word().equals(word)).findFirst();
    }

    static String kinds() {
        return Arrays.stream(ItemKind.values()).map(ItemKind::word).collect(Collectors.joining(", "));
    }

    private int complain(int code, String zh, String en, @Nullable Object... words) {
        surroundings.err().println(texts.say(zh, en, words));
        return code;
    }
}
