package tongchou.server.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tongchou.api.pack.ColumnMapping;
import tongchou.core.catalogue.ItemKind;
import tongchou.storage.Book;
import tongchou.storage.Books;
import tongchou.storage.Catalogue;
import tongchou.storage.Catalogue.Question;

/// Lists come into the book as people have them. What they hold is made up.
class CatalogueImportTest {

    private static final Instant NOW = Instant.parse("2026-03-10T02:00:00Z");
    private static final String LIST = """
            编码,药品名称,甲乙类,开始日期,规格
            X1,参麦注射液,乙,2025-01-01,10ml
            X2,枸橼酸氯吡格雷片,甲,2025/1/1,75mg
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "UTF-8,     ''",
        "UTF-8,     \uFEFF",
        "GB18030,   ''"})
    void whateverItIsWrittenIn(String charset, String mark) throws IOException {
        var file = folder.resolve("list.csv");
        Files.write(file, (mark + LIST).getBytes(Charset.forName(charset)));
        assertEquals("X2", found(file, null, "枸橼酸"));
        assertEquals("X1", found(file, null, "smzsy"));
        assertEquals("X2", found(file, null, "juyuansuanlv"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNationalDownload(boolean zipped) throws IOException {
        var row = new String[97];
        Arrays.fill(row, "");
        row[0] = "XA02BCA001";
        row[7] = "注册的 \"名\"";
        row[3] = "通用名";
        row[61] = "国药准字H1";
        row[36] = "2025-01-01 00:00:00";
        row[78] = "1";
        var invalid = row.clone();
        invalid[0] = "XOLD";
        invalid[78] = "0";
        var text = (String.join("\t", row) + "\r\n" + String.join("\t", invalid) + "\tlonger\r\n")
                .getBytes(StandardCharsets.UTF_8);
        var file = folder.resolve("1301");
        if (zipped) {
            try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
                zip.putNextEntry(new ZipEntry("1301.txt"));
                zip.write(text);
            }
        } else {
            Files.write(file, text);
        }
        var layout = Layout.national("1301").orElseThrow();
        assertEquals(new CatalogueImport.Check(2, 1, 0, 1, List.of(), 0), what(file, layout).check(report(), true));
        assertEquals("XA02BCA001", found(file, layout, "国药准字H1"));
        assertEquals("XA02BCA001", found(file, layout, "tym"));
    }

    @Test
    void aMappingNamesTheColumns() throws IOException {
        var file = folder.resolve("list.csv");
        Files.writeString(file, "品种,国码,起\n阿胶,Z1,20250101\n");
        var layout = new Layout(Map.of("品种", "name", "国码", "code", "起", "first-day"), true);
        assertEquals("Z1", found(file, layout, "ejiao"));
        assertEquals("Z1", found(file, layout, "aj"));
        assertEquals(List.of("编码"), what(file, new Layout(Map.of("编码", "code", "品种", "name"), true))
                .check(report(), true).missing());
    }

    /// A dash needs no quotes, although YAML would take it for the begin of a list.
    @Test
    void aMappingFileLeavesColumnsOut() throws IOException {
        var file = Files.writeString(folder.resolve("columns.yaml"), """
                国码: code
                品种: name   # 通用名
                备注: -
                序号: "-"
                页码: -  # 不要
                附注:
                """);
        assertEquals(Map.of("国码", "code", "品种", "name", "备注", "-", "序号", "-", "页码", "-", "附注", "-"),
                ColumnMapping.read(file).attributes());
    }

    @Test
    void everyBadRowIsReportedAndNothingElseIsWritten() throws IOException {
        var file = folder.resolve("list.csv");
        Files.writeString(file, """
                编码,药品名称,甲乙类,开始日期,结束日期
                X1,好,甲,2025-01-01,
                ,无码,甲,2025-01-01,
                X3,,甲,2025-01-01,
                X4,=坏类,丁,2025-02-30,
                X5,倒,乙,2025-01-01,2024-01-01
                X1,重,甲,2025-01-01,
                X6,无日,乙,,
                """);
        var check = what(file, null).check(report(), false);
        assertEquals(new CatalogueImport.Check(7, 1, 6, 0, List.of(), 1), check);
        assertEquals("""
                \uFEFFrow,column,value,reason
                3,编码,,"a code of 1 to 64 signs without spaces, one of them a letter or digit"
                4,药品名称,,"a name"
                5,甲乙类,丁,"A, B or C, or 01, 02, 03"
                5,开始日期,2025-02-30,"a date such as 2026-01-01"
                6,结束日期,2024-01-01,"not before the first day"
                7,编码,X1,"each code, edition and first day once"
                8,开始日期,,"a first day, or --from"
                """, Files.readString(report()));
    }

    @ParameterizedTest(name = "{0} / {1}: {2}")
    @CsvSource(nullValues = "-", value = {
        "'',           限二级及以上医疗机构使用,                secondary tertiary",
        "'',           限三级医院使用,                         tertiary",
        "'',           限基层医疗卫生机构,                      primary",
        "'',           限二级及以下医疗机构,                    primary secondary",
        "'',           限一级及以上医疗机构,                    ''",
        "'',           限二线用药,                             ''",
        "'',           '',                                     ''",
        "二级及以上,    限二线用药,                             secondary tertiary",
        "三级医院,      '',                                     tertiary",
        "一级、二级,    '',                                     primary secondary",
        "secondary,    限三级医院使用,                          secondary",
        "四级,          '',                                     -"})
    void theTiersThatMayUseAnItem(String column, String restriction, @Nullable String expected) throws IOException {
        var file = folder.resolve("list.csv");
        Files.writeString(file, "编码,名称,开始日期,使用级别,限定支付范围\nX1,甲,2025-01-01," + column + "," + restriction + "\n");
        assertEquals(expected == null ? 1 : 0, what(file, null).check(report(), true).bad());
        if (expected != null) {
            try (var book = book("tiers.db")) {
                take(book, file, null);
                assertEquals(expected, book.catalogue().history(ItemKind.DRUG, "X1", 1).getFirst().attribute("tiers"));
            }
        }
    }

    @Test
    void aTitleOverTheColumnsIsPassedOver() throws IOException {
        var file = folder.resolve("list.csv");
        Files.writeString(file, "某省药品目录,,,,\n" + LIST);
        assertEquals(new CatalogueImport.Check(2, 2, 0, 0, List.of(), 2), what(file, null).check(report(), true));
    }

    @Test
    void notesOfSeveralCellsOverTheColumnsArePassedOver() throws IOException {
        var file = folder.resolve("list.csv");
        Files.writeString(file, "某联盟拟中选结果,2026 年,,,\n填报说明,见附件,,,\n,,,,\n" + LIST.replace("药品名称", "\"药品\n 名称\""));
        assertEquals(new CatalogueImport.Check(2, 2, 0, 0, List.of(), 4), what(file, null).check(report(), true));
        assertEquals("X1", found(file, null, "smzsy"));
        // No row names every column: told is what the first with several cells lacks.
        assertEquals(List.of("无此列"), what(file, new Layout(Map.of("填报说明", "code", "无此列", "name"), true))
                .check(report(), true).missing().stream().filter("无此列"::equals).toList());
    }

    @Test
    void aCodeIsMadeUpFromColumnsWhereAListHasNone() throws IOException {
        var file = folder.resolve("list.csv");
        Files.writeString(file, "序号,品种,规格\n1,阿胶,10 ml\n1,阿胶,20 ml\n1,阿胶,10ml\n");
        var columns = new LinkedHashMap<String, String>();
        columns.put("规格", "code-part");
        columns.put("序号", "code-part");
        columns.put("品种", "name");
        var what = new CatalogueImport(file, ItemKind.DRUG, new Layout(columns, true), "list", "", LocalDate.EPOCH);
        assertEquals(new CatalogueImport.Check(3, 2, 1, 0, List.of(), 1), what.check(report(), false));
        try (var book = book("parts.db")) {
            what.take(book.catalogue(), new Readings(), NOW, taken -> { });
            assertEquals("20 ml", book.catalogue().history(ItemKind.DRUG, "20ml-1", 1).getFirst().attribute("规格"));
        }
    }

    @Test
    void whatIsNoTableIsRefused() throws IOException {
        var file = folder.resolve("list.csv");
        Files.write(file, new byte[] {'a', ',', (byte) 0xFF, (byte) 0xFF, '\n'});
        assertThrows(Cells.Unreadable.class, () -> what(file, null).check(report(), true));
        assertFalse(Files.exists(report()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.csv", "out.xlsx", "OUT.XLSX"})
    void whatIsExportedComesBackUnchanged(String name) throws IOException {
        var file = folder.resolve("list.csv");
        Files.writeString(file, LIST);
        try (var book = book("a.db")) {
            take(book, file, null);
            var written = folder.resolve(name);
            assertEquals(2, new CatalogueExport(ItemKind.DRUG, null).write(book.catalogue(), written, taken -> { })
                    .items());
            var again = new CatalogueImport(written, ItemKind.DRUG, null, "list.csv", "", null)
                    .take(book.catalogue(), new Readings(), NOW, taken -> { });
            assertEquals(new Catalogue.Imported(2, 0, 2), again);
        }
    }

    /// A national download is written as it was read, in as many columns as anybody reads, and comes back unchanged.
    @ParameterizedTest
    @ValueSource(strings = {"1301", "1302", "1303", "1305", "1306", "1307", "1308", "1309", "1310"})
    void aNationalDownloadIsWrittenAsItWasRead(String transaction) throws IOException {
        var layout = Layout.national(transaction).orElseThrow();
        var kind = Layout.kind(transaction).orElseThrow();
        var last = layout.attributes().keySet().stream().mapToInt(Integer::parseInt).max().orElseThrow();
        var row = new String[last];
        Arrays.fill(row, "");
        layout.attributes().forEach((place, word) -> row[Integer.parseInt(place) - 1] = switch (word) {
            case "first-day" -> "2025-03-01 00:00:00";
            case "last-day" -> "2027-12-31 00:00:00";
            case "valid" -> "1";
            default -> word + "-7";
        });
        var line = String.join("\t", row) + "\r\n";
        var file = Files.writeString(folder.resolve(transaction + ".txt"), line);
        try (var book = book("national.db")) {
            new CatalogueImport(file, kind, layout, "list", "", LocalDate.of(2025, 1, 1)).take(book.catalogue(),
                    new Readings(), NOW, taken -> { });
            var written = folder.resolve("out.txt");
            assertEquals(1, new CatalogueExport(kind, null, layout).write(book.catalogue(), written, taken -> { })
                    .items());
            assertEquals(line, Files.readString(written));
            assertEquals(new Catalogue.Imported(2, 0, 1), new CatalogueImport(written, kind, layout, "list", "",
                    LocalDate.of(2025, 1, 1)).take(book.catalogue(), new Readings(), NOW, taken -> { }));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "参麦注射液,       smzsy,  shenmaizhusheye",
        "参苓白术散,       slbzs,  shenlingbaizhusan",
        "调经丸,           tjw,    tiaojingwan",
        "长春新碱,         ccxj,   changchunxinjian",
        "重组人胰岛素,     czryds, chongzurenyidaosu",
        "枸橼酸钾颗粒,     jysjkl, juyuansuanjiakeli",
        "氯吡格雷,         lbgl,   lvbigelei",
        "维生素B12片,      wssb12p, weishengsub12pian"})
    void drugWordsAreReadAsPharmacistsRead(String name, String initials, String spelling) {
        var reading = new Readings().of(List.of(name));
        assertEquals(initials, reading.initials().getFirst());
        assertEquals(spelling, reading.spellings().getFirst().replace(" ", ""));
    }

    private String found(Path file, @Nullable Layout layout, String text) {
        try (var book = book(Math.abs(text.hashCode()) + ".db")) {
            take(book, file, layout);
            return String.join(" ", book.catalogue().search(new Question(ItemKind.DRUG, text, null, null, null, 1, null,
                    9)).entries().stream().map(Catalogue.Entry::code).toList());
        }
    }

    private Book book(String name) {
        return Books.sqlite(folder.resolve(name));
    }

    private static void take(Book book, Path file, @Nullable Layout layout) {
        what(file, layout).take(book.catalogue(), new Readings(), NOW, taken -> { });
    }

    private static CatalogueImport what(Path file, @Nullable Layout layout) {
        return new CatalogueImport(file, ItemKind.DRUG, layout, "list.csv", "", layout == null || layout.header()
                ? null : LocalDate.of(2025, 1, 1));
    }

    private Path report() {
        return folder.resolve("bad.csv");
    }
}
