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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /// The parts of a table as a tree.
    private static final String HEADER = "columns";
    private static final String ROWS = "rows";

    private final Findings findings;
    private final @Nullable ParsedFiles parsed;
    private final Map<String, String> cells = new HashMap<>();

    CsvTable(Findings findings) {
        this(findings, null);
    }

    /// @param parsed spares parsing a file that was parsed before; null where none was
    CsvTable(Findings findings, @Nullable ParsedFiles parsed) {
        this.findings = findings;
        this.parsed = parsed;
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
        Consumer<List<String>> header = columns -> header(file, columns, required, optional);
        Consumer<Tree.Mapping> row = tree -> rows.accept(Section.ofKnown(tree, findings));
        var known = parsed == null ? Optional.<Tree.Mapping>empty() : parsed.table(file);
        if (known.isEmpty()) {
            parse(file, bytes, header, row);
        } else if (known.get().entries().get(ROWS) instanceof Tree.Sequence(var at, var line, var path, var items)
                && !items.isEmpty()) {
            header.accept(Section.ofKnown(known.get(), findings).words(HEADER));
            items.forEach(item -> row.accept((Tree.Mapping) item));
        }
    }

    /// A whole file as a tree: its columns and its rows. What is wrong with its form goes to the findings.
    static Tree.Mapping tree(String file, byte[] bytes, Findings findings) {
        var columns = new ArrayList<Tree>();
        var rows = new ArrayList<Tree>();
        new CsvTable(findings).parse(file, bytes,
                names -> names.forEach(name -> columns.add(new Tree.Text(file, 1, HEADER, name))), rows::add);
        var parts = new LinkedHashMap<String, Tree>();
        parts.put(HEADER, new Tree.Sequence(file, 1, HEADER, columns));
        parts.put(ROWS, new Tree.Sequence(file, 1, ROWS, rows));
        return new Tree.Mapping(file, 1, "", parts);
    }

    /// @param header takes the columns before the first row
    private void parse(String file, byte[] bytes, Consumer<List<String>> header, Consumer<Tree.Mapping> rows) {
        try (var parser = CSV.createParser(text(bytes))) {
            parser.setSchema(WITH_HEADER);
            var first = true;
            while (parser.nextToken() != null) {
                if (first) {
                    header.accept(parser.getSchema().getColumnNames());
                }
                first = false;
                rows.accept(row(file, parser));
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

    /// The row that has begun: its cells by column, but for blank ones.
    private Tree.Mapping row(String file, CsvParser parser) throws IOException {
        var line = parser.currentLocation().getLineNr();
        var row = new LinkedHashMap<String, Tree>();
        for (var column = parser.nextFieldName(); column != null; column = parser.nextFieldName()) {
            var cell = parser.nextTextValue();
            if (!cell.isBlank()) {
                row.put(column, new Tree.Text(file, line, column, once(cell.strip())));
            }
        }
        return new Tree.Mapping(file, line, "", row);
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
