package tongchou.server.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every text file of the repository is tidy (文本整洁), and the tidiness is itself tested.
class TidyTest {

    private static final Set<String> TEXTS = Set.of("java", "md", "yaml", "yml", "csv", "xml", "properties", "sql",
            "html", "css", "js", "json", "sh", "cmd", "config", "txt");

    private static final Set<String> TEXTS_BY_NAME = Set.of("mvnw", ".gitignore", ".gitattributes", ".editorconfig",
            ".ci/run", ".mvn/serve", "server/src/main/dist/bin/tongchou", "docs/LICENSE");

    private static final Set<String> TOP = Set.of("pom.xml", "README.md", "core", "api", "policy-packs", "storage",
            "server", "docs", "mvnw", ".gitignore", ".gitattributes", ".editorconfig", ".mvn", ".ci");

    /// What a machine may have beside them.
    private static final Set<String> LEFT_AT_TOP = Set.of(".git", ".idea", ".vscode", "target", "data", ".DS_Store");

    private static List<Path> texts() {
        return House.files(House.ROOT).stream().filter(file -> {
            var name = file.getFileName().toString();
            return TEXTS.contains(name.substring(name.lastIndexOf('.') + 1))
                    || TEXTS_BY_NAME.contains(House.name(file));
        }).toList();
    }

    @Test
    void every_text_file_is_tidy() {
        var files = texts();
        assertTrue(files.size() > 200, "only " + files.size() + " text files were found under " + House.ROOT);
        House.assertNone(files.stream()
                .flatMap(file -> Tidy.findings(House.name(file), House.bytes(file)).stream()).toList(),
                "what each line says after its last colon");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {
        "core/A.java | final class StringUtils | none",
        "core/A.java | import tongchou.utils.Money; | A.java:1: `utils`: name the package or class for what it knows",
        "api/A.java | record MoneyDTO() { | none",
        "api/A.java | // a DTO for money | A.java:1: `DTO`: a record, named for what it holds",
        "docs/a.md | T\u004fDO: write | a.md:1: `T\u004fDO`: do it now, or leave it out and say so in docs",
        "docs/a.md | see /w\u006frk/main/x | a.md:1: `/w\u006frk/`: a path relative to the repository, or a variable",
        "docs/a.md | GET /v1/w\u006frk/x | none",
        "pom.xml | https://maven.aliyun.com/repository | pom.xml:1: `maven.aliyun.com`: no host of a registry: Maven's "
                + "settings name it, .mvn alone names Maven's own archive",
        ".mvn/wrapper/maven-wrapper.properties | url=https://rep\u006f.maven.apache.org/maven2 | none",
        "policy-packs/x/data/sources.yaml | note: https://mirror.example | sources.yaml:1: `https://`: title, number, "
                + "issuer and day of the document in sources.yaml; links go stale and lead to copies",
        "core/A.java | /** Old comment. */ | A.java:1: `/**`: a Markdown comment: ///",
        "docs/a.md | A robust engine. | a.md:1: `robust`: what it does, and what was measured",
        "core/A.java | assertTrue(a.equals(b)); | A.java:1: `assertTrue(a.equals(b));`: assertEquals, so that the "
                + "failure prints both values",
        "core/A.java | assertTrue(a.equals(b), a + b); | none",
    })
    void a_banned_word_is_found_with_its_replacement(String path, String line, String expected) {
        var found = Tidy.findings(path, (line + "\n").getBytes(StandardCharsets.UTF_8));
        var folder = path.substring(0, path.lastIndexOf('/') + 1);
        assertEquals(expected == null ? List.of() : List.of(folder + expected), found);
    }

    @Test
    void a_badly_formed_file_is_found_line_by_line() {
        var bad = "class A { \n\tint fen;\r\n" + "/".repeat(120) + "\n" + "汉".repeat(121) + "\n\n";
        assertEquals(List.of("core/A.java: carriage returns: end lines with LF alone",
                "core/A.java: empty lines at the end: end with the last line",
                "core/A.java:1: space at the end of the line: take it away",
                "core/A.java:2: tab: indent with spaces",
                "core/A.java:4: 121 columns: at most 120"),
                Tidy.findings("core/A.java", bad.getBytes(StandardCharsets.UTF_8)));
        var wide = "\"" + "x".repeat(130) + "\",\n\"\"\"\n" + "x".repeat(130) + "\n\"\"\";\n";
        assertEquals(List.of(), Tidy.findings("core/A.java", wide.getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of("core/A.java: no line end at the end: end the last line too"),
                Tidy.findings("core/A.java", "class A { }".getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of("docs/a.md: not UTF-8: save it as UTF-8"),
                Tidy.findings("docs/a.md", new byte[] {(byte) 0xB7, (byte) 0xD6, '\n'}));
    }

    @Test
    void a_table_is_sorted_by_its_key() {
        var table = "name,code,from\nx,B,2024-01-01\ny,A,2024-01-01\n\"a, b\",A,2023-01-01\nz,C\n";
        assertEquals(List.of("a.csv:3: `A 2024-01-01` after `B 2024-01-01`: sort by code, from",
                "a.csv:4: `A 2023-01-01` after `A 2024-01-01`: sort by code, from",
                "a.csv:5: 2 cells: as many as the header, 3"),
                Tidy.findings("a.csv", table.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void the_top_level_holds_what_was_agreed() throws Exception {
        var present = new TreeSet<String>();
        try (var names = Files.list(House.ROOT)) {
            names.map(name -> name.getFileName().toString()).filter(name -> !LEFT_AT_TOP.contains(name))
                    .forEach(present::add);
        }
        assertEquals(new TreeSet<>(TOP), present,
                "a benchmark goes into the module it measures, a script into .ci, a text into docs");
    }

    @Test
    void versions_stand_in_the_top_pom_alone() {
        House.assertNone(House.files(House.ROOT).stream()
                .filter(file -> file.endsWith("pom.xml") && !file.equals(House.ROOT.resolve("pom.xml")))
                .filter(file -> House.text(file).split("<version>", -1).length != 2).map(House::name).toList(),
                "put the version into the dependencyManagement or pluginManagement of the top pom");
    }

    @Test
    void a_pack_folder_holds_what_a_reader_looks_for() throws Exception {
        var missing = new ArrayList<String>();
        var modules = House.text(House.ROOT.resolve("policy-packs/pom.xml"));
        try (var packs = Files.list(House.ROOT.resolve("policy-packs"))) {
            for (var pack : packs.filter(folder -> Files.exists(folder.resolve("pom.xml"))).sorted().toList()) {
                for (var part : List.of("pack.yaml", "sources.yaml", "readings.md", "coverage.yaml", "changes.md")) {
                    if (!Files.isRegularFile(pack.resolve("data").resolve(part))) {
                        missing.add(House.name(pack) + "/data/" + part);
                    }
                }
                var cases = pack.resolve("data/cases");
                if (!Files.isDirectory(cases) || House.files(cases).isEmpty()) {
                    missing.add(House.name(pack) + "/data/cases/*.yaml");
                }
                if (!modules.contains("<module>" + pack.getFileName() + "</module>")) {
                    missing.add(House.name(pack) + " in policy-packs/pom.xml");
                }
            }
        }
        House.assertNone(missing, "write it; docs/reference/pack-format.md says what each is for");
    }
}
