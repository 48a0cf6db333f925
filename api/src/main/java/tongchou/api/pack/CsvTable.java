package tongchou.api.pack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.PayClass;
import tongchou.core.money.Ratio;

/// Reads a CSV file of a pack row by row (表格读取): every row becomes a [Section] whose keys are the columns.
/// Blank cells are absent keys.
final class CsvTable {

    /// The parser alone: a mapper would learn types first, which takes longer than reading every table.
    private static final CsvFactory CSV =
            CsvFactory.builder().enable(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS).build();
    private static final CsvSchema WITH_HEADER = CsvSchema.emptySchema().withHeader();

    private static final int MOST_CELLS = 50_000;

    private final Findings findings;
    private final Map<String, String> cells = new HashMap<>();

    CsvTable(Findings findings) {
        this.findings = findings;
    }

    /// Reads a file.
    ///
    /// @param required columns that the header must have
    /// @param optional columns that it may have
    List<Section> read(String file, byte[] bytes, List<String> required, List<String> optional) {
        var sections = new ArrayList<Section>();
        each(file, bytes, required, optional, sections::add);
        return sections;
    }

    /// Reads a file that may be long, a row at a time.
    void each(String file, byte[] bytes, List<String> required, List<String> optional, Consumer<Section> rows) {
        var allowed = new HashSet<>(required);
        allowed.addAll(optional);
        try (var parser = CSV.createParser(text(bytes))) {
            parser.setSchema(WITH_HEADER);
            var first = true;
            while (parser.nextToken() != null) {
                if (first) {
                    header(file, parser.getSchema().getColumnNames(), required, optional);
                }
                first = false;
                rows.accept(row(file, parser, allowed));
            }
        } catch (CharacterCodingException notUtf8) {
            findings.error(file, 0, "", "bytes that are not UTF-8", "UTF-8 编码：请另存为 UTF-8（不要用 GBK/ANSI）",
                    "UTF-8: save the file again as UTF-8 (not GBK or ANSI)");
        } catch (IOException | RuntimeException broken) {
            broken(file, broken instanceof JsonProcessingException ? broken : broken.getCause(), broken);
        }
    }

    /// The text of a file without its mark; bytes that are not UTF-8 are noticed when they are read.
    private static Reader text(byte[] bytes) {
        var marked = bytes.length > 2 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        return new InputStreamReader(new ByteArrayInputStream(bytes, marked ? 3 : 0, bytes.length - (marked ? 3 : 0)),
                StandardCharsets.UTF_8.newDecoder());
    }

    /// The row that has begun: its cells by column, but for blank ones and those of columns that nobody knows.
    private Section row(String file, CsvParser parser, Set<String> allowed) throws IOException {
        var line = parser.currentLocation().getLineNr();
        var cells = LinkedHashMap.<String, Tree>newLinkedHashMap(allowed.size());
        for (var column = parser.nextFieldName(); column != null; column = parser.nextFieldName()) {
            var cell = parser.nextTextValue();
            if (!cell.isBlank() && allowed.contains(column)) {
                cells.put(column, new Tree.Text(file, line, column, once(cell.strip())));
            }
        }
        return Section.ofKnown(new Tree.Mapping(file, line, "", cells), findings);
    }

    /// Long lists say the same over and over: makers, forms, classes, days.
    private String once(String cell) {
        if (cells.size() >= MOST_CELLS) {
            cells.clear();
        }
        var known = cells.putIfAbsent(cell, cell);
        return known == null ? cell : known;
    }

    /// Reports a file that is no table, with the line where it stops being one.
    private void broken(String file, @Nullable Throwable form, Exception thrown) {
        var line = 0;
        var read = String.valueOf(thrown.getMessage());
        if (form instanceof JsonProcessingException parsing) {
            line = parsing.getLocation() == null ? 0 : parsing.getLocation().getLineNr();
            read = parsing.getOriginalMessage();
        }
        if (read.startsWith("Empty header line")) {
            findings.error(file, 1, "", "", "首行为列名", "the names of the columns in the first line");
            return;
        }
        findings.error(file, line, "", read, "列数与表头一致的 CSV", "CSV with as many columns as the header");
    }

    private void header(String file, List<String> columns, List<String> required, List<String> optional) {
        if (columns.containsAll(required) && columns.stream().allMatch(column -> required.contains(column)
                || optional.contains(column)) && Set.copyOf(columns).size() == columns.size()) {
            return;
        }
        var must = String.join(",", required);
        var may = optional.isEmpty() ? "" : String.join(",", optional);
        findings.error(file, 1, "", String.join(",", columns),
                "表头 " + must + (may.isEmpty() ? "" : "，可选 " + may) + "，每列一次",
                "the header " + must + (may.isEmpty() ? "" : ", optionally " + may) + ", every column once");
    }

    /// A percentage without its sign; the cell must not be blank.
    static Ratio share(Section row, String column) {
        try {
            var share = Ratio.of(row.text(column) + "%");
            if (share.millionths() >= 0) {
                return share;
            }
        } catch (NumberFormatException | ArithmeticException wrong) {
            // reported below with every other unusable share
        }
        row.complain(column, "百分数，不带 %", "a percentage without the sign");
        return Ratio.ZERO;
    }

    /// A payment class as documents write it: A, B or C.
    static PayClass payClass(Section row, PayClass otherwise) {
        return switch (row.text("class")) {
            case "A" -> PayClass.A;
            case "B" -> PayClass.B;
            case "C" -> PayClass.C;
            default -> {
                row.complain("class", "A、B 或 C", "A, B or C");
                yield otherwise;
            }
        };
    }

    /// The parts of a cell that holds several values, separated by semicolons.
    static List<String> parts(Section row, String column) {
        if (!row.has(column)) {
            return List.of();
        }
        var parts = new ArrayList<String>();
        for (var part : row.text(column).split(";")) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return parts;
    }
}
