package tongchou.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A national download, which has no column for the class, becomes the tables of a pack. The drugs are made up.
class ClassListTest {

    private static final Path GUIDE = Path.of("../docs/guide/county.md");
    private static final int COLUMNS = 97;

    /// A list as the national one prints it: class belongs to name and group of forms.
    private static final String LIST = """
            药品名称,剂型,甲乙类
            示例西林,口服常释剂型,甲
            示例西林,注射剂,乙
            示例他汀,口服常释剂型(不含分散片),乙
            示例康丸,,甲
            示例双列,口服常释剂型,甲
            示例双列,口服常释剂型,乙
            """;

    @TempDir
    private Path folder;
    private final Shell shell = new Shell();

    @BeforeEach
    void write() throws IOException {
        Files.createSymbolicLink(folder.resolve("national"), Path.of("../policy-packs/national").toAbsolutePath());
        var pack = Files.createDirectories(folder.resolve("dongping"));
        Files.writeString(pack.resolve("pack.yaml"), """
                id: dongping
                version: 2026.1
                extends: national
                """);
        Files.writeString(folder.resolve("nrdl.csv"), LIST);
    }

    /// A row of 1301: code, name, generic name, form.
    private static String row(String code, String name, String generic, String form) {
        var cells = new String[COLUMNS];
        Arrays.fill(cells, "");
        cells[0] = code;
        cells[7] = name;
        cells[3] = generic;
        cells[10] = form;
        return String.join("\t", cells);
    }

    private int into(String mapping, String... rows) throws IOException {
        Files.writeString(folder.resolve("drugs.txt"), String.join("\n", rows) + "\n");
        var all = new ArrayList<>(List.of("import", folder.resolve("drugs.txt").toString(), "--layout", "1301",
                "--from", "2026-01-01", "--into-pack", folder.resolve("dongping").toString(), "--doc", "drugs-2026"));
        if (!mapping.isEmpty()) {
            Files.writeString(folder.resolve("columns-1301.yaml"), mapping);
            all.addAll(List.of("--mapping", folder.resolve("columns-1301.yaml").toString()));
        }
        return shell.run(all.toArray(String[]::new));
    }

    private String classes() throws IOException {
        var lines = Files.readAllLines(folder.resolve("dongping/catalogue/drugs.csv"));
        var place = List.of(lines.getFirst().replace("\"", "").split(",")).indexOf("class");
        return String.join(" ", lines.stream().skip(1).map(line -> line.replace("\"", "").split(","))
                .map(cells -> cells[0] + cells[place]).toList());
    }

    private static String guided() throws IOException {
        var yaml = Pattern.compile("(?s)```yaml\n(# columns-1301\\.yaml\n.*?)```").matcher(Files.readString(GUIDE));
        assertTrue(yaml.find());
        return yaml.group(1);
    }

    @Test
    void theExampleOfTheGuide() throws IOException {
        assertEquals(0, into(guided(), row("D1", "示例西林胶囊", "示例西林胶囊", "胶囊剂"),
                row("D2", "注射用示例西林", "示例西林", "注射用无菌粉末"), row("D3", "示例他汀片", "示例他汀", "片剂"),
                row("D4", "示例他汀分散片", "示例他汀", "分散片"), row("D5", "示例康丸", "", "丸剂"),
                row("D6", "别的药片", "别的药", "片剂")), shell.printed());
        // A dispersible tablet is left out of its group, another drug stands in no row: both are 丙 here.
        assertEquals("D1A D2B D3B D4C D5A D6C", classes());
    }

    @Test
    void withoutAClassNothingIsWrittenAndTheMessageSaysWhatWouldDo() throws IOException {
        assertEquals(Tongchou.REFUSED, into("", row("D1", "示例西林胶囊", "", "胶囊剂")));
        assertTrue(shell.printed().contains("No column says the class") && shell.printed().contains(
                "class: {list: list.xlsx, same: name-and-form}"), shell.printed());
        assertFalse(Files.exists(folder.resolve("dongping/catalogue/drugs.csv")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "class: {every: 乙}                                              | D1B D2B D3B",
        "class: {list: varieties.csv, same: variety}                     | D1A D2B D3C",
        "class: {list: varieties.csv, same: code}                        | 3 bad",
        "class: {list: nrdl.csv, same: name-and-form}                    | 1 bad"})
    void whereClassesComeFrom(String mapping, String expected) throws IOException {
        Files.writeString(folder.resolve("varieties.csv"), """
                编码,剂型,甲乙类
                XJ01CAA040,片剂,甲
                XJ01CAA040,,乙
                ZA01AAA0001,,丙
                """);
        // One western variety in two forms, the very form said in the list and not, and a patent medicine.
        var code = into(mapping + "\n", row("XJ01CAA040A001010112345", "示例西林", "", "片剂"),
                row("XJ01CAA040B002010112345", "示例西林", "", "注射液"),
                row("ZA01AAA0001010112345", "示例双列", "", "片剂"));
        if (expected.endsWith("bad")) {
            assertEquals(Tongchou.REFUSED, code);
            assertTrue(shell.printed().contains("Of 3 rows, " + expected.charAt(0) + " are bad"), shell.printed());
            assertTrue(Files.readString(folder.resolve("drugs.txt.bad-rows.csv")).contains("the list of classes"));
        } else {
            assertEquals(0, code, shell.printed());
            assertEquals(expected, classes().replace("XJ01CAA040A001010112345", "D1")
                    .replace("XJ01CAA040B002010112345", "D2").replace("ZA01AAA0001010112345", "D3"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "class: {every: 丁}                                   | 丁",
        "class: {every: 乙, list: nrdl.csv, same: code}       | class:",
        "class: {list: nrdl.csv}                              | same:",
        "class: {list: nrdl.csv, same: colour}                | colour",
        "class: {list: nrdl.csv, same: code}                  | nrdl.csv",
        "class: {list: none.csv, same: code}                  | none.csv",
        "class: {every: 乙, until: x}                         | until",
        "form: {every: 片剂}                                  | form"})
    void aMappingThatSaysNothingSensibleIsTold(String mapping, String told) throws IOException {
        assertTrue(into(mapping + "\n", row("D1", "示例西林", "", "片剂")) != 0);
        assertTrue(shell.printed().contains(told), shell.printed());
        assertFalse(Files.exists(folder.resolve("dongping/catalogue/drugs.csv")));
    }
}
