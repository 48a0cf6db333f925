package tongchou.server.catalogue;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.Names;
import tongchou.core.catalogue.PayClass;
import tongchou.storage.Catalogue.Entry;

/// Reads the rows of a file as items of the catalogue (逐行读取): what is wrong with a row is told, and the row left out.
final class EntryReader {

    private static final Pattern DAY = Pattern.compile("(\\d{4})[-/年.]?(\\d{1,2})[-/月.]?(\\d{1,2})日?( .*|T.*)?");
    private static final Pattern SERIAL = Pattern.compile("\\d{5}(\\.0+)?");
    private static final Pattern LINES = Pattern.compile("\\R");
    private static final Pattern LISTED = Pattern.compile("[;；\\n]");
    private static final LocalDate SERIAL_START = LocalDate.of(1899, 12, 30);
    private static final int LONGEST = 4_000;

    /// Columns that make up the code together, in the order of the mapping, where a list has none.
    private static final String PART = "code-part";
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Set<String> KNOWN = Set.of("code", "name", "alias", "generic", "approval", "class",
            "procurement", "first-day", "last-day", "edition", "valid", "-", PART);

    private final ItemKind kind;
    private final Layout layout;
    private final Source source;
    private final Consumer<BadRow> bad;
    private final Map<String, List<Integer>> places = new HashMap<>();
    private final Map<String, String> columns = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private long invalid;
    private boolean faulty;
    private String dayRead = "";
    private LocalDate dayBefore = SERIAL_START;

    /// What every row has in common.
    ///
    /// @param name what the list is called
    /// @param edition edition for rows that state none
    /// @param from first day for rows that state none; null when every row must
    record Source(String name, String edition, @Nullable LocalDate from) {
    }

    /// A row that cannot be taken (坏行).
    ///
    /// @param row number of the row, from 1
    /// @param reason in Chinese
    /// @param reasonEn in English
    record BadRow(long row, String column, String value, String reason, String reasonEn) {
    }

    EntryReader(ItemKind kind, Layout layout, Source source, Consumer<BadRow> bad) {
        this.kind = kind;
        this.layout = layout;
        this.source = source;
        this.bad = bad;
    }

    /// Tells where the columns stand.
    ///
    /// @param header the names of the columns; null for a file without
    /// @return the columns that the layout names and the file has not
    List<String> columns(@Nullable List<String> header) {
        var missing = new ArrayList<String>();
        // Names of columns are broken over lines and spaced as a sheet has room.
        var named = header == null ? null : header.stream().map(Names::plain).toList();
        layout.attributes().forEach((column, attribute) -> {
            var place = named == null || column.matches("[0-9]{1,4}") && !named.contains(column)
                    ? Integer.parseInt(column) - 1 : named.indexOf(Names.plain(column));
            if (place < 0) {
                missing.add(column);
            } else {
                places.computeIfAbsent(attribute, word -> new ArrayList<>(1)).add(place);
                columns.putIfAbsent(attribute, column);
                if (attribute.equals(PART)) {
                    places.computeIfAbsent(Names.plain(column), word -> new ArrayList<>(1)).add(place);
                }
            }
        });
        for (var needed : List.of("code", "name")) {
            if (!places.containsKey(needed) && missing.isEmpty()
                    && !(needed.equals("code") && places.containsKey(PART))) {
                missing.add(needed);
            }
        }
        return missing;
    }

    /// How many rows the list itself marks as no longer valid.
    long invalid() {
        return invalid;
    }

    /// The item of a row, null when it is bad or marked as not valid.
    @Nullable Entry read(Cells.Row row) {
        faulty = false;
        if (row.cells().stream().anyMatch(EntryReader::isUnreadable)) {
            complain(row, "", "", "含无法识别的字符，或单元格超过 4000 字", "unreadable signs, or a cell of more than 4,000");
            return null;
        }
        if (cell(row, "valid").equals("0")) {
            invalid++;
            return null;
        }
        var code = code(row);
        if (code.length() > 64 || code.chars().anyMatch(Character::isWhitespace)
                || code.codePoints().noneMatch(Character::isLetterOrDigit)) {
            complain(row, "code", code, "1 至 64 个字符、含字母或数字、无空格的编码",
                    "a code of 1 to 64 signs without spaces, one of them a letter or digit");
        }
        var names = names(row);
        if (names.isEmpty()) {
            complain(row, "name", "", "名称不得为空", "a name");
        }
        var payClass = payClass(row);
        var from = day(row, "first-day");
        if (from == null && !faulty) {
            from = source.from();
            if (from == null) {
                complain(row, "first-day", "", "开始日期，或用 --from 给出", "a first day, or --from");
            }
        }
        var last = day(row, "last-day");
        if (from != null && last != null && last.isBefore(from)) {
            complain(row, "last-day", last.toString(), "不早于开始日期", "not before the first day");
        }
        var edition = cell(row, "edition").isEmpty() ? source.edition() : cell(row, "edition");
        if (!faulty && !seen.add(code + "\t" + edition + "\t" + from)) {
            complain(row, "code", code, "同一编码、版本、开始日期只出现一次", "each code, edition and first day once");
        }
        var attributes = attributes(row);
        limit(row, attributes);
        if (faulty || from == null) {
            return null;
        }
        return classed(row, new Entry(kind, code, names, cell(row, "generic"), cell(row, "approval"), payClass,
                cell(row, "procurement"), from, last, edition, source.name(), attributes, List.of(), List.of()));
    }

    /// The item with the class that another list says, where its own list says none.
    private @Nullable Entry classed(Cells.Row row, Entry read) {
        var classes = layout.classes();
        if (classes == null || read.payClass() != null) {
            return read;
        }
        var said = classes.of(read);
        if (said.payClass() == null) {
            complain(row, "class", "", said.reason(), said.reasonEn());
            return null;
        }
        return new Entry(read.kind(), read.code(), read.names(), read.generic(), read.approval(), said.payClass(),
                read.procurement(), read.firstDay(), read.lastDay(), read.edition(), read.source(), read.attributes(),
                read.spellings(), read.initials());
    }

    /// Whether the list or something beside it says the classes of its items.
    boolean hasClasses() {
        return places.containsKey("class") || layout.classes() != null;
    }

    /// The item of a row by which bills are to be settled; what that needs as well is told.
    @Nullable Entry readSettling(Cells.Row row) {
        var entry = read(row);
        if (entry != null) {
            SettlingCells.of(entry, (attribute, value, reason, reasonEn) ->
                    complain(row, attribute, value, reason, reasonEn));
        }
        return faulty ? null : entry;
    }

    /// Which tiers may use the item: its own column says so, else its restriction.
    private void limit(Cells.Row row, TreeMap<String, String> attributes) {
        var named = cell(row, Entry.TIERS);
        var tiers = TierWords.named(named);
        if (tiers.isEmpty()) {
            complain(row, Entry.TIERS, named, "一级、二级、三级，或“二级及以上”", "primary, secondary or tertiary");
        }
        var words = TierWords.attribute(named.isEmpty() ? TierWords.within(cell(row, "restriction"))
                : tiers.orElse(Set.of()));
        attributes.remove(Entry.TIERS);
        if (!words.isEmpty()) {
            attributes.put(Entry.TIERS, words);
        }
    }

    private static boolean isUnreadable(String cell) {
        for (var i = 0; i < cell.length(); i++) {
            var letter = cell.charAt(i);
            if (letter == '\uFFFD' || letter < ' ' && letter != '\n' && letter != '\r' && letter != '\t') {
                return true;
            }
        }
        return cell.length() > LONGEST;
    }

    private String code(Cells.Row row) {
        var code = cell(row, "code");
        return !code.isEmpty() ? code : places.getOrDefault(PART, List.of()).stream().map(row::cell)
                .map(cell -> SPACES.matcher(cell).replaceAll("")).filter(cell -> !cell.isEmpty())
                .collect(Collectors.joining("-"));
    }

    private List<String> names(Cells.Row row) {
        var names = new ArrayList<String>();
        for (var part : List.of("name", "alias")) {
            for (var name : (part.equals("name") ? LINES : LISTED).split(cell(row, part))) {
                if (!name.isBlank() && !names.contains(name.strip()) && (part.equals("name") || !names.isEmpty())) {
                    names.add(name.strip());
                }
            }
        }
        return names;
    }

    private TreeMap<String, String> attributes(Cells.Row row) {
        var attributes = new TreeMap<String, String>();
        places.forEach((word, where) -> {
            var value = cell(row, word);
            if (!KNOWN.contains(word) && !word.isBlank() && !value.isEmpty()) {
                attributes.put(word, value);
            }
        });
        return attributes;
    }

    private @Nullable PayClass payClass(Cells.Row row) {
        var read = cell(row, "class");
        if (read.isEmpty() || read.equals("-")) {
            return null;
        }
        var payClass = Classes.word(read).orElse(null);
        if (payClass == null) {
            complain(row, "class", read, "甲、乙、丙，或 A、B、C，或 01、02、03", "A, B or C, or 01, 02, 03");
        }
        return payClass;
    }

    private @Nullable LocalDate day(Cells.Row row, String attribute) {
        var read = cell(row, attribute);
        if (read.isEmpty() || read.startsWith("9999")) {
            return null;
        }
        if (read.equals(dayRead)) {
            return dayBefore;
        }
        try {
            if (SERIAL.matcher(read).matches()) {
                return remembered(read, SERIAL_START.plusDays(Long.parseLong(read.substring(0, 5))));
            }
            var day = DAY.matcher(read);
            if (day.matches()) {
                return remembered(read, LocalDate.of(Integer.parseInt(day.group(1)),
                        Integer.parseInt(day.group(2)), Integer.parseInt(day.group(3))));
            }
        } catch (DateTimeException noSuchDay) {
            // reported below with everything else that is no day
        }
        complain(row, attribute, read, "日期，例如 2026-01-01", "a date such as 2026-01-01");
        return null;
    }

    /// Most rows of a list begin on the same day.
    private LocalDate remembered(String read, LocalDate day) {
        dayRead = read;
        dayBefore = day;
        return day;
    }

    /// The first cell of an attribute that is not empty.
    private String cell(Cells.Row row, String attribute) {
        for (var place : places.getOrDefault(attribute, List.of())) {
            var cell = row.cell(place);
            if (!cell.isEmpty() && !cell.equals("\\N") && !cell.equals("null")) {
                return cell;
            }
        }
        return "";
    }

    private void complain(Cells.Row row, String attribute, String value, String reason, String reasonEn) {
        faulty = true;
        bad.accept(new BadRow(row.number(), columns.getOrDefault(attribute, attribute), value, reason, reasonEn));
    }
}
