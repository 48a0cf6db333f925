package tongchou.server.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.ItemKind;
import tongchou.storage.Catalogue;
import tongchou.storage.Catalogue.Entry;
import tongchou.storage.Catalogue.Question;

/// Writes a catalogue of a book as a file that the import takes back (目录导出), as it stood after one import: CSV, XLSX
/// when the file is called so, or the layout of a national download.
///
/// @param day only what is in force on the day; null for everything
/// @param layout layout of a national download, which holds only the columns it has; null for all of them
public record CatalogueExport(ItemKind kind, @Nullable LocalDate day, @Nullable Layout layout) {

    private static final List<String> COLUMNS = List.of("code", "name", "alias", "generic", "approval", "class",
            "procurement", "first-day", "last-day", "edition");

    /// An export of all columns.
    public CatalogueExport(ItemKind kind, @Nullable LocalDate day) {
        this(kind, day, null);
    }

    /// What was written.
    ///
    /// @param lost attributes that items have and the layout has not
    public record Written(long items, SortedSet<String> lost) {
    }

    /// Writes the file.
    ///
    /// @return how many items, and what the layout has no column for
    /// @throws IOException when it cannot be written
    public Written write(Catalogue catalogue, Path file, LongConsumer progress) throws IOException {
        var version = catalogue.version();
        var growing = file.resolveSibling(file.getFileName() + ".part");
        var columns = layout == null ? columns(catalogue, version) : places(layout);
        var lost = new TreeSet<String>();
        long count;
        try (var rows = layout == null ? RowFile.of(growing, file) : RowFile.tabbed(growing)) {
            if (layout == null) {
                rows.row(columns);
            }
            count = each(catalogue, version, entry -> {
                if (layout != null) {
                    told(entry).filter(word -> !columns.contains(word)).forEach(lost::add);
                }
                rows.row(columns.stream().map(word -> cell(entry, word)).toList());
            }, progress);
        } catch (IOException failed) {
            Files.deleteIfExists(growing);
            throw failed;
        }
        Files.move(growing, file, StandardCopyOption.REPLACE_EXISTING);
        return new Written(count, lost);
    }

    /// Every attribute of which an item says anything.
    private Stream<String> told(Entry entry) {
        return Stream.concat(COLUMNS.stream(), entry.attributes().keySet().stream())
                .filter(word -> !cell(entry, word).isEmpty());
    }

    private List<String> columns(Catalogue catalogue, long version) throws IOException {
        var words = new TreeSet<String>();
        each(catalogue, version, entry -> words.addAll(entry.attributes().keySet()), taken -> { });
        COLUMNS.forEach(words::remove);
        var columns = new ArrayList<>(COLUMNS);
        columns.addAll(words);
        return columns;
    }

    /// The attribute of each column of a national download, empty for columns that nobody reads.
    private static List<String> places(Layout layout) {
        var last = layout.attributes().keySet().stream().mapToInt(Integer::parseInt).max().orElse(0);
        var places = new ArrayList<>(Collections.nCopies(last, ""));
        layout.attributes().forEach((place, word) -> places.set(Integer.parseInt(place) - 1, word));
        return places;
    }

    private String cell(Entry entry, String word) {
        return switch (word) {
            case "" -> "";
            case "code" -> entry.code();
            case "name" -> entry.name();
            case "alias" -> String.join(";", entry.names().subList(1, entry.names().size()));
            case "generic" -> entry.generic();
            case "approval" -> entry.approval();
            case "class" -> entry.payClass() == null ? "" : entry.payClass().name();
            case "procurement" -> entry.procurement();
            case "first-day" -> day(entry.firstDay());
            case "last-day" -> day(entry.lastDay());
            case "edition" -> entry.edition();
            case "valid" -> "1";
            default -> entry.attribute(word);
        };
    }

    private String day(@Nullable LocalDate day) {
        return day == null ? "" : layout == null ? day.toString() : day + " 00:00:00";
    }

    private long each(Catalogue catalogue, long version, Sink sink, LongConsumer progress) throws IOException {
        Catalogue.Place after = null;
        var count = 0L;
        do {
            var page = catalogue.search(new Question(kind, "", null, null, day, version, after, 5_000));
            for (var entry : page.entries()) {
                sink.take(entry);
            }
            count += page.hits().size();
            progress.accept(count);
            after = page.next();
        } while (after != null);
        return count;
    }

    /// What takes items.
    @FunctionalInterface
    private interface Sink {
        void take(Entry entry) throws IOException;
    }
}
