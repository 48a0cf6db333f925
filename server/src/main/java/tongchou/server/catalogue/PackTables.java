package tongchou.server.catalogue;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.ItemKind;
import tongchou.storage.Catalogue.Entry;

/// The items of a list as catalogue tables of a pack (写入政策包目录), by which its next version settles.
///
/// Rows of the same document are replaced, those of others stay; the tables are sorted as packs have them, so that the
/// same list always gives the same bytes.
///
/// @param folder the `catalogue` folder of the pack or of one of its areas
/// @param document the id of the list in the pack's `sources.yaml`
/// @param replaced a document whose open rows end the day before the list begins; null for none
public record PackTables(Path folder, String document, @Nullable String replaced) {

    private static final Map<ItemKind, String> ITEMS = Map.of(ItemKind.DRUG, "drugs.csv", ItemKind.HERBAL_PIECE,
            "herbal-pieces.csv", ItemKind.SERVICE, "service-items.csv", ItemKind.CONSUMABLE, "consumables.csv",
            ItemKind.DIAGNOSIS, "diagnoses.csv", ItemKind.OPERATION, "operations.csv", ItemKind.CHRONIC_DISEASE,
            "chronic-diseases.csv");

    /// Attributes that a table of items has a column for.
    private static final List<String> TAKEN = List.of("form", "unit", "class-code", "specification", "maker",
            "content", "excludes", "linked", "english", "code-system", "national-code", "note");

    /// Where the columns that end every table stand behind its own.
    private static final List<String> DATED = List.of("from", "to", "doc");

    private static final Map<String, List<String>> COLUMNS = Map.of(
            "pre-pay.csv", List.of("item", "employee_percent", "resident_percent"),
            "prices.csv", List.of("item", "basis", "unit", "every_tier_yuan", "primary_yuan", "secondary_yuan",
                    "tertiary_yuan"),
            "standards.csv", List.of("item", "specification", "price_yuan"),
            "restrictions.csv", List.of("item", "text", "coded", "tiers"));

    /// What was written.
    ///
    /// @param rows rows of the list by table
    /// @param kept rows of other documents in these tables
    /// @param leftOut attributes for which packs have no column
    public record Written(SequencedMap<String, Long> rows, long kept, Set<String> leftOut) {
    }

    /// A row of another document that says something of the same item from the same day.
    public static final class Clash extends IOException {

        @java.io.Serial
        private static final long serialVersionUID = 1;

        Clash(String row) {
            super(row);
        }
    }

    /// Writes the tables.
    ///
    /// @param entries of one kind
    /// @throws Clash when another document states the same item from the same day; nothing is written then
    /// @throws IOException when a table cannot be read or written
    public Written write(List<Entry> entries) throws IOException {
        Map<String, List<List<String>>> tables = new LinkedHashMap<>();
        var leftOut = new TreeSet<String>();
        for (var entry : entries) {
            add(entry, tables, leftOut);
        }
        var begins = entries.stream().map(Entry::firstDay).min(Comparator.naturalOrder()).orElse(LocalDate.MIN);
        Files.createDirectories(folder);
        var names = new TreeSet<>(tables.keySet());
        names.addAll(COLUMNS.keySet());
        names.addAll(ITEMS.values());
        var written = new LinkedHashMap<String, Long>();
        var kept = 0L;
        var growing = new ArrayList<Path>();
        for (var name : names) {
            var file = folder.resolve(name);
            var rows = tables.getOrDefault(name, List.of());
            if (rows.isEmpty() && !Files.exists(file)) {
                continue;
            }
            var table = Table.read(file, columns(name));
            table.drop(document);
            if (replaced != null) {
                table.end(replaced, begins);
            }
            kept += table.rows.size();
            table.addAll(rows, columns(name), ITEMS.containsValue(name));
            table.write(folder.resolve(name + ".part"));
            growing.add(file);
            if (!rows.isEmpty()) {
                written.put(name, (long) rows.size());
            }
        }
        for (var file : growing) {
            Files.move(folder.resolve(file.getFileName() + ".part"), file, StandardCopyOption.REPLACE_EXISTING);
        }
        return new Written(written, kept, leftOut);
    }

    private static List<String> columns(String table) {
        var columns = new ArrayList<String>(COLUMNS.getOrDefault(table, List.of("code", "names", "class", "approval")));
        if (!COLUMNS.containsKey(table)) {
            TAKEN.forEach(word -> columns.add(word.replace('-', '_')));
        }
        columns.addAll(DATED);
        return columns;
    }

    private void add(Entry entry, Map<String, List<List<String>>> tables, Set<String> leftOut) {
        var cells = SettlingCells.of(entry, (attribute, value, reason, reasonEn) -> {
            throw new IllegalArgumentException(entry.code() + ": " + reasonEn);
        });
        var names = new ArrayList<>(entry.names());
        if (!entry.generic().isEmpty() && !names.contains(entry.generic())) {
            names.add(entry.generic());
        }
        var item = new ArrayList<>(List.of(entry.code(), names.stream().map(PackTables::line)
                .map(name -> name.replace(';', '；')).collect(Collectors.joining(";")),
                entry.payClass() == null ? "" : entry.payClass().name(), line(entry.approval())));
        TAKEN.forEach(word -> item.add(line(entry.attribute(word))));
        row(tables, Objects.requireNonNull(ITEMS.get(entry.kind())), entry, item);
        if (!cells.shares().isEmpty()) {
            row(tables, "pre-pay.csv", entry, List.of(entry.code(), cells.shares().getOrDefault("employee", ""),
                    cells.shares().getOrDefault("resident", "")));
        }
        for (var basis : List.of("charge", "limit")) {
            var prices = SettlingCells.TIERS.stream().map(tier -> cells.prices().getOrDefault(basis + " " + tier, ""))
                    .toList();
            if (prices.stream().anyMatch(price -> !price.isEmpty())) {
                var row = new ArrayList<>(List.of(entry.code(), basis, line(entry.attribute("unit"))));
                row.addAll(prices);
                row(tables, "prices.csv", entry, row);
            }
        }
        cells.standards().forEach((specification, yuan) -> row(tables, "standards.csv", entry,
                List.of(entry.code(), line(specification), yuan)));
        restrict(entry, tables);
        entry.attributes().keySet().stream().filter(word -> !TAKEN.contains(word)
                && !SettlingCells.words().contains(word)).forEach(leftOut::add);
    }

    /// What a list says in words is told and not judged, but for the tiers that may use the item.
    private void restrict(Entry entry, Map<String, List<List<String>>> tables) {
        var text = line(entry.attribute("restriction"));
        var tiers = entry.attribute(Entry.TIERS).replace(' ', ';');
        if (!text.isEmpty() || !tiers.isEmpty()) {
            row(tables, "restrictions.csv", entry, List.of(entry.code(), text.isEmpty() ? "使用级别：" + tiers : text,
                    tiers.isEmpty() ? "not" : text.isEmpty() ? "fully" : "partly", tiers));
        }
    }

    private void row(Map<String, List<List<String>>> tables, String table, Entry entry, List<String> cells) {
        var row = new ArrayList<>(cells);
        var last = entry.lastDay();
        row.addAll(List.of(entry.firstDay().toString(), last == null ? "" : last.toString(), document));
        tables.computeIfAbsent(table, name -> new ArrayList<>()).add(row);
    }

    private static String line(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ").strip();
    }

    /// A table of a pack.
    private record Table(List<String> columns, List<List<String>> rows) {

        static Table read(Path file, List<String> own) throws IOException {
            if (!Files.exists(file)) {
                return new Table(own, new ArrayList<>());
            }
            var text = Files.readString(file, StandardCharsets.UTF_8);
            try (var read = new CsvMapper().readerForListOf(String.class).with(CsvParser.Feature.WRAP_AS_ARRAY)
                    .<List<String>>readValues(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
                var header = read.hasNext() ? read.next() : own;
                // Columns that an author wrote and no list has stand before the dates.
                var columns = new ArrayList<>(own);
                columns.addAll(own.size() - DATED.size(), header.stream().filter(column -> !own.contains(column))
                        .toList());
                var places = header.stream().map(columns::indexOf).toList();
                var rows = new ArrayList<List<String>>();
                while (read.hasNext()) {
                    var cells = read.next();
                    var row = new ArrayList<>(Collections.nCopies(columns.size(), ""));
                    for (var i = 0; i < Math.min(cells.size(), places.size()); i++) {
                        row.set(places.get(i), cells.get(i));
                    }
                    rows.add(row);
                }
                return new Table(columns, rows);
            }
        }

        private int place(String column) {
            return columns.indexOf(column);
        }

        void drop(String document) {
            rows.removeIf(row -> row.get(place("doc")).equals(document));
        }

        void end(String document, LocalDate begins) {
            for (var row : rows) {
                if (row.get(place("doc")).equals(document) && row.get(place("to")).isEmpty()
                        && row.get(place("from")).compareTo(begins.toString()) < 0) {
                    row.set(place("to"), begins.minusDays(1).toString());
                }
            }
        }

        /// Adds rows in this program's own columns and sorts all of them.
        void addAll(List<List<String>> further, List<String> own, boolean oncePerDay) throws Clash {
            var known = new HashMap<String, String>();
            if (oncePerDay) {
                rows.forEach(row -> known.put(key(row), row.get(place("doc"))));
            }
            var places = own.stream().map(this::place).toList();
            for (var cells : further) {
                var row = new String[columns.size()];
                Arrays.fill(row, "");
                for (var i = 0; i < cells.size(); i++) {
                    row[places.get(i)] = cells.get(i);
                }
                var added = Arrays.asList(row);
                var other = known.get(key(added));
                if (other != null) {
                    throw new Clash(key(added) + " (" + other + ")");
                }
                rows.add(added);
            }
            rows.sort(Comparator.comparing(this::key));
        }

        private String key(List<String> row) {
            return row.getFirst() + " " + row.get(place("from"));
        }

        /// Writes the columns that say anything.
        void write(Path file) throws IOException {
            var told = new ArrayList<Integer>();
            for (var column = 0; column < columns.size(); column++) {
                var place = column;
                if (column == 0 || List.of("names", "from", "doc", "text", "coded").contains(columns.get(column))
                        || rows.stream().anyMatch(row -> !row.get(place).isEmpty())) {
                    told.add(column);
                }
            }
            try (var writer = new CsvMapper().writerFor(String[].class)
                    .writeValues(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
                writer.write(told.stream().map(columns::get).toArray(String[]::new));
                for (var row : rows) {
                    writer.write(told.stream().map(row::get).toArray(String[]::new));
                }
            }
        }
    }
}
