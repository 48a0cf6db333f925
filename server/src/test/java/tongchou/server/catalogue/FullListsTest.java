package tongchou.server.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.PayClass;
import tongchou.storage.Books;
import tongchou.storage.Catalogue;
import tongchou.storage.Catalogue.Question;

/// The full lists, counted and looked into. They lie outside the project, in the folder that `-Dtongchou.lists` names;
/// without it nothing is tested.
@Tag("long")
class FullListsTest {

    private static final Pattern PRICE_ROW = Pattern.compile("INSERT INTO `diagnosis_treatment` VALUES \\((.*)\\);");
    private static final Pattern CELL = Pattern.compile("'((?:[^'\\\\]|\\\\.|'')*)'");

    @TempDir
    private Path folder;
    private Path lists;

    @BeforeEach
    void look() {
        var named = System.getProperty("tongchou.lists", "");
        assumeTrue(!named.isEmpty(), "-Dtongchou.lists names no folder with the full lists");
        lists = Path.of(named);
    }

    private List<Catalogue.Entry> imported(Path file, ItemKind kind, Map<String, String> columns, boolean header,
            long expected, String... codes) {
        var layout = new Layout(columns, header);
        var what = new CatalogueImport(file, kind, layout, "list", "2024", LocalDate.of(2025, 1, 1));
        assertEquals(new CatalogueImport.Check(expected, expected, 0, 0, List.of(), header ? 1 : 0),
                what.check(folder.resolve("bad.csv"), true));
        var found = new ArrayList<Catalogue.Entry>();
        try (var book = Books.sqlite(folder.resolve(kind.word() + ".db"))) {
            assertEquals(new Catalogue.Imported(1, expected, 0),
                    what.take(book.catalogue(), new Readings(), Instant.EPOCH, taken -> { }));
            var rows = 0L;
            Catalogue.Place after = null;
            do {
                var page = book.catalogue().search(new Question(kind, "", null, null, null, 1, after, 5_000));
                rows += page.entries().size();
                after = page.next();
            } while (after != null);
            assertEquals(expected, rows);
            for (var code : codes) {
                found.addAll(book.catalogue().history(kind, code, 1));
            }
        }
        return found;
    }

    @Test
    void drugs() throws IOException {
        // The list has no codes: its section, number and form stand for one.
        var rows = new ArrayList<String>();
        rows.add("code,name,level");
        try (var cells = CellFile.open(lists.resolve("nrdl2024_full.csv"), null)) {
            cells.next();
            for (var row = cells.next(); row != null; row = cells.next()) {
                rows.add(row.cell(0) + "-" + rows.size() + ",\"" + row.cell(6).replace("\"", "\"\"") + "\","
                        + row.cell(3));
            }
        }
        var file = Files.write(folder.resolve("drugs.csv"), rows);
        var found = imported(file, ItemKind.DRUG, columns("code", "code", "name", "name", "level", "class"), true,
                3_826, "west-1");
        assertEquals(List.of("复方硼砂", PayClass.A), List.of(found.getFirst().name(), found.getFirst().payClass()));
    }

    @Test
    void diagnoses() throws IOException {
        var found = imported(spaced("ICD10医保版v2.0.dat"), ItemKind.DIAGNOSIS, columns("1", "code", "2", "name"), false,
                33_307, "E11.900", "I10.x00x002", "N18.500");
        assertEquals(List.of("2型糖尿病", "高血压"), List.of(found.get(0).name(), found.get(1).name()));
    }

    @Test
    void operations() throws IOException {
        imported(spaced("ICD9CM3医保版v2.0.dat"), ItemKind.OPERATION, columns("1", "code", "2", "name"), false, 13_686);
    }

    /// Lines of a code and a name, parted by the first space.
    private Path spaced(String name) throws IOException {
        var lines = Files.readAllLines(lists.resolve("icd").resolve(name)).stream()
                .map(line -> line.replace("\uFEFF", "").strip()).filter(line -> !line.isEmpty())
                .map(line -> line.replaceFirst("\\s+", "\t")).toList();
        return Files.write(folder.resolve(name + ".txt"), lines);
    }

    /// The table of the third sheet stands under a title and a note, and has no codes of its own.
    @Test
    void procurements() {
        var columns = columns("序号", "code-part", "规格包装", "code-part", "生产企业-简称", "code-part", "药品通用名", "name",
                "竞标价格（最小规格）（元）", "bid", "供应省份", "provinces");
        var what = new CatalogueImport(lists.resolve("procurement/vbp.xlsx"), "3", ItemKind.DRUG,
                new Layout(columns, true), "list", "third", LocalDate.of(2020, 11, 1), false);
        var check = what.check(folder.resolve("bad.csv"), true);
        assertEquals(List.of(3L, List.of()), List.of(check.header(), check.missing()));
        assertEquals(List.of(158L, 158L, 0L), List.of(check.rows(), check.good(), check.bad()));
        try (var book = Books.sqlite(folder.resolve("procurement.db"))) {
            what.take(book.catalogue(), new Readings(), Instant.EPOCH, taken -> { });
            var found = book.catalogue().history(ItemKind.DRUG, "1-0.25g-正大天晴", 1).getFirst();
            assertEquals(List.of("阿比特龙口服常释剂型", "0.25g"), List.of(found.name(), found.attribute("规格包装")));
        }
    }

    @Test
    void services() throws IOException {
        // Items of one national code differ by province; the code of the list is its own item number.
        var rows = new ArrayList<String>();
        rows.add("item\tnational\tname\tunit\tprice");
        for (var line : Files.readAllLines(lists.resolve("prices/diagnosis_treatment.sql"))) {
            var row = PRICE_ROW.matcher(line.strip());
            if (row.matches()) {
                var cells = new ArrayList<String>();
                CELL.matcher(row.group(1)).results().forEach(cell -> cells.add(cell.group(1)
                        .replaceAll("[\\t\\r\\n]|\\\\[trn]", " ")));
                rows.add(String.join("\t", cells.get(2), cells.get(3), cells.get(4), cells.get(7), cells.get(8)));
            }
        }
        var file = Files.write(folder.resolve("services.txt"), rows);
        var found = imported(file, ItemKind.SERVICE, columns("item", "code", "national", "national-code", "name",
                "name", "unit", "unit", "price", "price"), true, 14_542, "300000000/1");
        assertEquals(List.of("使用膀胱镜加收", "180.00"),
                List.of(found.getFirst().name(), found.getFirst().attribute("price")));
    }

    private static Map<String, String> columns(String... pairs) {
        var columns = new LinkedHashMap<String, String>();
        for (var i = 0; i < pairs.length; i += 2) {
            columns.put(pairs[i], pairs[i + 1]);
        }
        return columns;
    }
}
