package tongchou.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.server.packs.PackHost;

/// Two versions of a pack compared on the encounters of a file, and what partners rely on in them.
class ComparisonTest {

    private static final String NATIONAL = "../policy-packs/national";

    /// A partner's case: (10,000 - 400) x 75% = 7,200.
    private static final String CONTRACT = """
            cases:
              - case: 结算接口回归
                origin: hand
                area: my-county
                person: {scheme: employee, status: active, born: 1980-01-01}
                institution: {tier: secondary}
                encounters:
                  - care: inpatient
                    from: 2026-02-01
                    to: 2026-02-09
                    lines: [{class: A, yuan: "10000.00"}]
                    expect: {pooled: "%s"}
                working: (10000 - 400) x 75%% = 7200.00
            """;

    @TempDir
    private Path folder;

    private final Shell shell = new Shell();
    private Path before = Path.of("");
    private Path after = Path.of("");

    @BeforeEach
    void twoVersions() throws IOException {
        for (var name : List.of("before", "after")) {
            assertEquals(0, shell.run("new-pack", folder.resolve(name).toString(), "--name", "某县", "--name-en",
                    "Some County", "--id", "my-county", "--extends", "national", "--division", "999902", "--schemes",
                    "employee,resident"), shell.printed());
        }
        before = folder.resolve("before");
        after = folder.resolve("after");
        var benefit = after.resolve("areas/my-county/benefits/resident-inpatient.yaml");
        Files.writeString(benefit, Files.readString(benefit).replace("\"75%\"", "\"70%\"")
                .replace("\"65%\"", "\"66%\""));
    }

    private int diff(String population) {
        return shell.run("diff-pack", before.toString(), after.toString(), "--pack", NATIONAL, "--on", "2026-03-10",
                "--population", population);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /// The template's residents: deductibles 400 and 800 at the secondary and tertiary tier.
    @Test
    void theEncountersOfAFileAreSettledPersonByPerson() throws IOException {
        var rows = write("rows.csv", """
                person,area,day,yuan,class-c,count,scheme,status,relief,care,tier
                a,my-county,2026-03-01,10000.00,,1,resident,adult,,inpatient,secondary
                a,999902,2026-04-01,1000.00,,1,resident,adult,,inpatient,secondary
                b,my-county,2026-03-01,10000.00,1000.00,3,resident,elderly,low-income,inpatient,tertiary
                c,my-county,2026-03-01,10000.00,,1,employee,active,,inpatient,secondary
                d,my-county,2026-03-01,300.00,,1,resident,adult,,inpatient,secondary
                e,nowhere,2026-03-01,300.00,,1,resident,adult,,inpatient,secondary
                """);
        assertEquals(0, diff(rows.toString()), shell.printed());
        var told = shell.printed();
        assertTrue(told.contains("People (rows.csv, 6 rows)\nboth settle 7, only the first 0, only the second 0;\n"
                + "patients pay more in 2, less in 3."), told);
        // a: (10,000 - 400) x 5% = 480.00 and (1,000 - 400) x 5% = 30.00; b: (9,000 - 800) x 1% = 82.00 three times.
        var expected = List.of("  secondary +510\\.00  2 more 510\\.00, 0 less 0\\.00",
                "  tertiary +-246\\.00  0 more 0\\.00, 3 less 246\\.00",
                "  adult +510\\.00 .*", "  elderly low-income +-246\\.00 .*", "  pooled +-264\\.00", "  cash +264\\.00",
                "  a my-county \\[.*\\] x2: bill 11000\\.00, patient 3350\\.00 -> 3860\\.00 \\(\\+510\\.00\\)");
        for (var line : expected) {
            assertTrue(told.lines().anyMatch(one -> one.matches(line)), line + " in\n" + told);
        }
    }

    @Test
    void linesOfJsonSayTheSame() throws IOException {
        var rows = write("rows.jsonl", """
                {"person": "a", "area": "my-county", "day": "2026-03-01", "yuan": "10000.00", "scheme": "resident", \
                "status": "adult", "care": "inpatient", "tier": "secondary"}

                {"area": "my-county", "day": "2026-03-01", "yuan": "10000.00", "count": 2, "scheme": "resident", \
                "status": "adult", "care": "inpatient", "tier": "tertiary"}
                """);
        assertEquals(0, diff(rows.toString()), shell.printed());
        assertTrue(shell.printed().contains("patients pay more in 1, less in 2."), shell.printed());
    }

    @Test
    void everythingWrongWithAFileIsToldAtOnceAndNothingIsCompared() throws IOException {
        var rows = write("rows.csv", """
                area,day,yuan,class-b,status,tier,count
                my-county,2026-02-30,100.00,,adult,secondary,1
                my-county,2026-02-01,100.00,200.00,adult,secondary,1
                my-county,2026-02-01,100,,grown-up,secondary,0
                """);
        assertEquals(1, diff(rows.toString()));
        for (var place : List.of("rows.csv:2  day  read \"2026-02-30\"", "rows.csv:3  yuan", "rows.csv:4  status",
                "rows.csv:4  count")) {
            assertTrue(shell.printed().contains(place), place + " in\n" + shell.printed());
        }
        assertEquals(1, diff(write("rows.csv", "area,tag,colour\n").toString()));
        assertEquals(1, diff(write("rows.jsonl", "[1]\n").toString()));
        assertEquals(1, diff(folder.resolve("none.csv").toString()));
    }

    @Test
    void aVersionThatAltersAPartnersResultNamesThePartner() throws IOException {
        for (var pack : List.of(before, after)) {
            Files.createDirectories(pack.resolve("contracts/his-a"));
            Files.writeString(pack.resolve("contracts/his-a/inpatient.yaml"), CONTRACT.formatted("7200.00"));
        }
        assertEquals(0, shell.run("check-pack", before.toString(), "--pack", NATIONAL), shell.printed());
        assertTrue(shell.printed().endsWith("3 cases, 3 passed.\n"), shell.printed());
        var benefit = after.resolve("areas/my-county/benefits/employee-inpatient.yaml");
        Files.writeString(benefit, Files.readString(benefit).replace("\"75%\"", "\"74%\""));
        assertEquals(1, shell.run("check-pack", after.toString(), "--pack", NATIONAL));
        assertTrue(shell.printed().contains("ERROR contracts/his-a/inpatient.yaml:12  合作方 vendor his-a “结算接口回归” "
                + "encounters[0].expect.pooled  read \"7104.00\"  expected: 7200.00"), shell.printed());
        shell.run("diff-pack", before.toString(), after.toString(), "--pack", NATIONAL, "--encounters", "10");
        assertTrue(shell.printed().contains("partner his-a (contracts/his-a/inpatient.yaml “结算接口回归” "
                + "encounters[0].expect.pooled): 7200.00 -> 7104.00\n"), shell.printed());
        // A server does not load it either: what was agreed holds before anything is settled.
        var packs = PackHost.load(null, List.of(Path.of(NATIONAL), after), "0.1.0");
        assertEquals(List.of("national"), packs.loaded().stream().map(one -> one.pack().id()).toList());
        assertTrue(packs.left().getFirst().findings().getFirst().key().contains("his-a"), packs.left() + "");
        assertEquals(2, PackHost.load(null, List.of(Path.of(NATIONAL), before), "0.1.0").loaded().size());
        // Rewriting the partner's case to fit names the partner too.
        Files.writeString(after.resolve("contracts/his-a/inpatient.yaml"), CONTRACT.formatted("7104.00"));
        shell.run("check-pack", after.toString(), "--pack", NATIONAL);
        assertTrue(!shell.printed().contains("his-a"), shell.printed());
        shell.run("diff-pack", before.toString(), after.toString(), "--pack", NATIONAL, "--encounters", "10");
        assertTrue(shell.printed().contains("partner his-a"), shell.printed());
        Files.delete(after.resolve("contracts/his-a/inpatient.yaml"));
        Files.writeString(benefit, Files.readString(benefit).replace("\"74%\"", "\"75%\""));
        shell.run("diff-pack", before.toString(), after.toString(), "--pack", NATIONAL, "--encounters", "10");
        assertTrue(shell.printed().contains("as agreed 原约定 -> changed or gone 已改动或删除"), shell.printed());
    }

    @Test
    void thePackItBuildsOnIsFoundBesideIt() throws IOException {
        assertEquals(1, shell.run("check-pack", before.toString()), shell.printed());
        var national = Path.of(NATIONAL, "data");
        try (var files = Files.walk(national)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                var copy = folder.resolve("national").resolve(national.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        assertEquals(0, shell.run("check-pack", before.toString()), shell.printed());
        assertTrue(shell.printed().contains("2 cases, 2 passed."), shell.printed());
    }

    @Test
    void aPartnersCasesMayLieBesideThePack() throws IOException {
        Files.createDirectories(folder.resolve("partners/his-b"));
        Files.writeString(folder.resolve("partners/his-b/one.yaml"), CONTRACT.formatted("7000.00"));
        assertEquals(1, shell.run("check-pack", before.toString(), "--pack", NATIONAL, "--contracts",
                folder.resolve("partners").toString()));
        assertTrue(shell.printed().contains("vendor his-b"), shell.printed());
        assertEquals(1, shell.run("check-pack", before.toString(), "--pack", NATIONAL, "--contracts",
                folder.resolve("nobody").toString()));
    }
}
