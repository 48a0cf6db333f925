package tongchou.server.catalogue;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.ItemKind;
import tongchou.storage.Catalogue;
import tongchou.storage.Catalogue.Entry;
import tongchou.storage.Catalogue.Question;

/// Writes a catalogue of a book as CSV that the import takes back (目录导出), as it stood after one import.
///
/// @param day only what is in force on the day; null for everything
public record CatalogueExport(ItemKind kind, @Nullable LocalDate day) {

    private static final List<String> COLUMNS = List.of("code", "name", "alias", "generic", "approval", "class",
            "procurement", "first-day", "last-day", "edition");

    /// Writes the file.
    ///
    /// @return how many items
    /// @throws IOException when it cannot be written
    public long write(Catalogue catalogue, Path file, LongConsumer progress) throws IOException {
        var version = catalogue.version();
        var words = new TreeSet<String>();
        each(catalogue, version, entry -> words.addAll(entry.attributes().keySet()), taken -> { });
        words.removeAll(COLUMNS);
        var header = new ArrayList<>(COLUMNS);
        header.addAll(words);
        var growing = file.resolveSibling(file.getFileName() + ".part");
        long count;
        try (var writer = Files.newBufferedWriter(growing, StandardCharsets.UTF_8)) {
            writer.write('\uFEFF');
            try (var rows = new CsvMapper().writerFor(String[].class).writeValues(writer)) {
                rows.write(header.toArray(String[]::new));
                count = each(catalogue, version, entry -> rows.write(cells(entry, words)), progress);
            }
        }
        Files.move(growing, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return count;
    }

    private static String[] cells(Entry entry, TreeSet<String> words) {
        var cells = new ArrayList<>(List.of(entry.code(), entry.name(),
                String.join(";", entry.names().subList(1, entry.names().size())), entry.generic(), entry.approval(),
                entry.payClass() == null ? "" : entry.payClass().name(), entry.procurement(),
                entry.firstDay().toString(), entry.lastDay() == null ? "" : entry.lastDay().toString(),
                entry.edition()));
        words.forEach(word -> cells.add(entry.attribute(word)));
        return cells.toArray(String[]::new);
    }

    private long each(Catalogue catalogue, long version, Sink sink, LongConsumer progress) throws IOException {
        Catalogue.Place after = null;
        var count = 0L;
        do {
            var page = catalogue.search(new Question(kind, "", null, null, day, version, after, 5_000));
            for (var entry : page.entries()) {
                sink.take(entry);
            }
            count += page.entries().size();
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
