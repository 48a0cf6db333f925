package tongchou.server.catalogue;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.ItemKind;
import tongchou.storage.Catalogue;
import tongchou.storage.Catalogue.Entry;

/// Imports a file into the catalogue of a book (目录导入): reads it once to see what is wrong, and again to take it.
///
/// @param sheet name or number of a sheet of a workbook; null for the first
/// @param layout null when the columns of the file are named in a usual way
/// @param name what the list is called
/// @param edition edition of rows that state none
/// @param from first day of rows that state none
/// @param settling whether bills are to be settled by it, so that rows need what that takes
public record CatalogueImport(Path file, @Nullable String sheet, ItemKind kind, @Nullable Layout layout, String name,
        String edition, @Nullable LocalDate from, boolean settling) {

    /// What is missing where drugs are to be settled by a list in which nothing says their class.
    public static final String CLASS = "class";

    /// An import of the first sheet.
    public CatalogueImport(Path file, ItemKind kind, @Nullable Layout layout, String name, String edition,
            @Nullable LocalDate from) {
        this(file, null, kind, layout, name, edition, from, false);
    }

    /// What a file holds (检查结果).
    ///
    /// @param rows rows but for the header
    /// @param good rows that can be taken
    /// @param bad rows that cannot
    /// @param invalid rows that the list itself marks as not valid, which are left out
    /// @param missing columns that are not there
    /// @param header number of the row that names the columns, from 1; 0 where none does
    public record Check(long rows, long good, long bad, long invalid, List<String> missing, long header) {
    }

    /// Reads the file and writes a report of everything that is wrong: row, column, value and reason, as CSV in UTF-8.
    ///
    /// @param report written when anything is wrong, otherwise left alone
    /// @throws Cells.Unreadable when the file is no table
    public Check check(Path report, boolean chinese) {
        try (var reporting = new Report(report, chinese); var rows = CellFile.open(file, sheet)) {
            var walk = new Walk(rows, this, reporting);
            if (!walk.missing.isEmpty()) {
                return new Check(0, 0, 0, 0, walk.missing, walk.header);
            }
            var good = 0L;
            while (walk.hasNext()) {
                walk.next();
                good++;
            }
            return new Check(walk.rows, good, walk.rows - good - walk.entries.invalid(), walk.entries.invalid(),
                    List.of(), walk.header);
        }
    }

    /// Takes the good rows.
    ///
    /// @throws tongchou.storage.BookException when the store fails
    public Catalogue.Imported take(Catalogue catalogue, Readings readings, Instant now, LongConsumer progress) {
        try (var rows = CellFile.open(file, sheet)) {
            var walk = new Walk(rows, this, bad -> { });
            return catalogue.load(kind, name, now, new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return walk.hasNext();
                }

                @Override
                public Entry next() {
                    return spelled(walk.next(), readings);
                }
            }, progress);
        }
    }

    /// Writes the good rows as tables of a pack.
    ///
    /// @throws IOException as [PackTables#write]
    public PackTables.Written write(PackTables tables) throws IOException {
        try (var rows = CellFile.open(file, sheet)) {
            var entries = new ArrayList<Entry>();
            new Walk(rows, this, bad -> { }).forEachRemaining(entries::add);
            return tables.write(entries);
        }
    }

    private static Entry spelled(Entry entry, Readings readings) {
        var read = readings.of(entry.generic().isEmpty() ? entry.names()
                : Stream.concat(entry.names().stream(), Stream.of(entry.generic())).distinct().toList());
        return new Entry(entry.kind(), entry.code(), entry.names(), entry.generic(), entry.approval(),
                entry.payClass(), entry.procurement(), entry.firstDay(), entry.lastDay(), entry.edition(),
                entry.source(), entry.attributes(), read.spellings(), read.initials());
    }

    /// The good rows of an open file.
    private static final class Walk implements Iterator<Entry> {

        /// The columns are named within so many rows.
        private static final int HIGHEST = 50;

        private final Cells cells;
        private final CatalogueImport what;
        private final Consumer<EntryReader.BadRow> bad;
        private final EntryReader entries;
        private final List<String> missing;
        private final long header;
        private Cells.@Nullable Row first;
        private @Nullable Entry next;
        private long rows;

        Walk(Cells cells, CatalogueImport what, Consumer<EntryReader.BadRow> bad) {
            this.cells = cells;
            this.bad = bad;
            this.what = what;
            var top = new ArrayList<Cells.Row>();
            var named = what.layout == null || what.layout.header();
            for (var row = cells.next(); row != null; row = top.size() < HIGHEST && named ? cells.next() : null) {
                top.add(row);
                if (named && reader(row).columns(row.cells()).isEmpty()) {
                    break;
                }
            }
            this.first = named || top.isEmpty() ? null : top.getFirst();
            var header = named ? header(top) : null;
            this.header = header == null ? 0 : header.number();
            this.entries = reader(header);
            var lacking = entries.columns(named ? header == null ? List.of() : header.cells() : null);
            this.missing = lacking.isEmpty() && what.settling && what.kind == ItemKind.DRUG && !entries.hasClasses()
                    ? List.of(CLASS) : lacking;
        }

        private EntryReader reader(Cells.@Nullable Row header) {
            var usual = Layout.usual(header == null ? List.of() : header.cells());
            return new EntryReader(what.kind, what.layout == null ? usual : what.layout.attributes().isEmpty()
                    ? usual.with(java.util.Map.of(), what.layout.classes()) : what.layout,
                    new EntryReader.Source(what.name, what.edition, what.from), bad);
        }

        /// The row that names every column needed, over which titles and notes may stand; else the first with several
        /// cells, for whoever asks what it lacks.
        private Cells.@Nullable Row header(List<Cells.Row> top) {
            return top.stream().filter(row -> reader(row).columns(row.cells()).isEmpty()).findFirst()
                    .or(() -> top.stream().filter(row -> row.cells().stream().filter(cell -> !cell.isEmpty()).count()
                            > 1).findFirst()).orElse(null);
        }

        @Override
        public boolean hasNext() {
            while (next == null) {
                var row = first == null ? cells.next() : first;
                first = null;
                if (row == null) {
                    return false;
                }
                if (!row.isBlank()) {
                    rows++;
                    next = what.settling ? entries.readSettling(row) : entries.read(row);
                }
            }
            return true;
        }

        @Override
        public Entry next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            var entry = next;
            next = null;
            return entry;
        }
    }

    /// The report of bad rows.
    private static final class Report implements Consumer<EntryReader.BadRow>, AutoCloseable {

        private final Path file;
        private final boolean chinese;
        private @Nullable SequenceWriter rows;

        Report(Path file, boolean chinese) {
            this.file = file;
            this.chinese = chinese;
        }

        @Override
        public void accept(EntryReader.BadRow bad) {
            try {
                var open = rows;
                if (open == null) {
                    var writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                    // The mark lets spreadsheets read the file as UTF-8.
                    writer.write("\uFEFFrow,column,value,reason\n");
                    open = new CsvMapper().writerFor(String[].class).writeValues(writer);
                    rows = open;
                }
                open.write(new String[] {Long.toString(bad.row()), bad.column(), unformula(bad.value()),
                    chinese ? bad.reason() : bad.reasonEn()});
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        /// A value that a spreadsheet does not take for a formula.
        private static String unformula(String value) {
            return value.isEmpty() || "=+-@".indexOf(value.charAt(0)) < 0 ? value : "'" + value;
        }

        @Override
        public void close() {
            try {
                if (rows != null) {
                    rows.close();
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
