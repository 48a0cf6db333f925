package tongchou.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.api.pack.PackFiles;
import tongchou.server.trust.PackContents;

/// The workshop of a pack's author: begin, watch, explain, compare.
class WorkshopTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String in, String... arguments) {
        out.reset();
        err.reset();
        var surroundings = new Surroundings(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                Clock.fixed(Instant.parse("2026-03-10T02:00:00Z"), ZoneOffset.UTC), () -> "id", new SecureRandom(),
                "0.1.0", Path.of("target/no-home"), Locale.ENGLISH, Map.of());
        return Tongchou.run(surroundings, arguments);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    private static final String NATIONAL = "../policy-packs/national";

    private Path begun() {
        var pack = folder.resolve("my-county");
        assertEquals(0, run("", "new-pack", pack.toString(), "--name", "某县", "--name-en", "Some County", "--id",
                "my-county", "--extends", "national", "--division", "999902", "--schemes", "both"),
                printed());
        return pack;
    }

    @Test
    void aNewPackIsCleanAndItsFirstCaseComesOut() {
        var pack = begun();
        assertEquals(0, run("", "check-pack", pack.toString(), "--pack", NATIONAL), printed());
        assertEquals("pack my-county: 0 errors, 0 warnings; 2 cases, 2 passed.\n", printed());
    }

    @Test
    void whatIsNotGivenIsAskedFor() {
        var pack = folder.resolve("asked");
        // id and English name as suggested, then a name, the parent, the division, the schemes.
        assertEquals(0, run("\n某县\n\n\n999902\n居民\n", "new-pack", pack.toString()), printed());
        assertTrue(printed().contains("pack to extend [national]: "), printed());
        assertTrue(Files.exists(pack.resolve("areas/asked/benefits/resident-inpatient.yaml")));
        assertEquals(0, run("", "check-pack", pack.toString(), "--pack", NATIONAL), printed());
    }

    /// Who types something that will not do is told what would, and asked again.
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        // typed, a stroke for each return;                     told
        "My County|asked|某县||national|999902|居民;              \"My County\" will not do: small letters",
        "||某县||national|999902|居民;                           \"\" will not do: it is needed",
        "|某县||nationl|national|999902|居民;                    \"nationl\" will not do: one of: national, shandong",
        "|某县||national||9999|999902|居民;                      \"9999\" will not do: six digits",
        "|某县||national|999902|miners|居民;                     \"miners\" will not do: employee, resident or both",
        "|东平县||national|370923|居民|soon|2026-07-01;          \"soon\" will not do: a day such as 2026-01-01",
    })
    void whatWillNotDoIsAskedForAgain(String typed, String told) {
        var pack = folder.resolve("asked");
        assertEquals(0, run(typed.replace('|', '\n') + "\n", "new-pack", pack.toString(), "--pack", NATIONAL, "--pack",
                SHANDONG), printed());
        assertTrue(printed().contains(told), printed());
        assertEquals(0, run("", "check-pack", pack.toString(), "--pack", NATIONAL, "--pack", SHANDONG), printed());
    }

    private static final String SHANDONG = "../policy-packs/shandong";

    /// A county that a shipped pack settles: who begins is asked from which day on, and the check knows.
    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "-", value = {
        // option;   typed;        in pack.yaml;                                        the check says
        "-;          '';           {pack: shandong, area: dongping, from: 2026-01-01};  0 errors, 0 warnings",
        "-;          2026-07-01;   {pack: shandong, area: dongping, from: 2026-07-01};  0 errors, 0 warnings",
        "2025-01-01; '';           {pack: shandong, area: dongping, from: 2025-01-01};  0 errors, 0 warnings",
        "no;         '';           -;                                                   0 errors, 1 warnings",
    })
    void whatAnotherPackSettlesIsTakenOverByName(String option, String typed, String written, String check)
            throws IOException {
        var pack = folder.resolve("dongping");
        var arguments = Stream.concat(Stream.of("new-pack", pack.toString(), "--name", "东平县", "--name-en", "Dongping",
                "--extends", "national", "--division", "370923", "--schemes", "both", "--pack", NATIONAL, "--pack",
                SHANDONG), option == null ? Stream.of() : Stream.of("--replaces-from", option)).toArray(String[]::new);
        assertEquals(0, run("\n" + typed + "\n", arguments), printed());
        assertEquals(option == null, printed().contains("370923 is settled by shandong/dongping; the day from which"));
        assertEquals(written != null, Files.readString(pack.resolve("pack.yaml")).contains(
                "replaces:\n  - " + written + "\n"));
        assertEquals(0, run("", "check-pack", pack.toString(), "--pack", NATIONAL, "--pack", SHANDONG), printed());
        assertTrue(printed().contains(check), printed());
        assertEquals(written == null, printed().contains(
                "replaces: [{pack: shandong, area: dongping, from: 2026-01-01}]"), printed());
    }

    @ParameterizedTest
    @CsvSource({
        // option,   what somebody wrote
        "--id,        My County",
        "--division,  9999",
        "--schemes,   miners",
        "--extends,   国家",
        "--extends,   nationl",
    })
    void aWrongAnswerWritesNothing(String option, String value) {
        var pack = folder.resolve("wrong");
        var sound = new TreeMap<>(Map.of("--id", "wrong", "--name", "某县", "--name-en", "Some County", "--extends",
                "national", "--division", "999902", "--schemes", "resident"));
        sound.put(option, value);
        var arguments = Stream.concat(Stream.of("new-pack", pack.toString(), "--pack", NATIONAL), sound.entrySet()
                .stream().flatMap(answer -> Stream.of(answer.getKey(), answer.getValue()))).toArray(String[]::new);
        assertEquals(2, run("", arguments));
        assertTrue(printed().contains("This will not do: " + option + " " + value), printed());
        assertTrue(Files.notExists(pack));
    }

    @Test
    void aFolderThatExistsIsLeftAlone() throws IOException {
        var pack = Files.createDirectory(folder.resolve("mine"));
        assertEquals(2, run("", "new-pack", pack.toString()));
        assertEquals(0, pack.toFile().list().length);
    }

    @Test
    void aCaseIsToldStepByStep() {
        var pack = begun();
        assertEquals(0, run("", "explain", pack.toString(), "职工", "--pack", NATIONAL), printed());
        var told = printed();
        assertTrue(told.startsWith("# 职工在二级医院住院，费用 10,000 元（cases/employee-inpatient.yaml:3, hand）"), told);
        // (10,000 - 400) x 75% = 7,200
        assertTrue(told.contains("75%") && told.contains("= pooled 7200.00\n"), told);
        assertEquals(1, run("", "explain", pack.toString(), "门诊", "--pack", NATIONAL));
    }

    @Test
    void twoVersionsAreComparedByValueAndByPeople() throws IOException {
        var pack = begun();
        var before = folder.resolve("before");
        try (var files = Files.walk(pack)) {
            for (var file : files.toList()) {
                Files.copy(file, before.resolve(pack.relativize(file)));
            }
        }
        var benefit = pack.resolve("areas/my-county/benefits/resident-inpatient.yaml");
        Files.writeString(benefit, Files.readString(benefit).replace("\"65%\"", "\"60%\""));
        assertEquals(0, run("", "diff-pack", before.toString(), pack.toString(), "--pack", NATIONAL, "--on",
                "2026-03-10", "--encounters", "2000"), printed());
        var told = printed();
        assertTrue(told.contains("values in force on 2026-03-10: 1 differ."), told);
        assertTrue(told.contains("my-county 居民住院\n  Pooled fund ratio [三级] 0.00 up: "
                + "65%（某县示范值 住院，2026-01-01） -> 60%（某县示范值 住院，2026-01-01）"), told);
        // Only residents at the tertiary tier lose; the fund pays less by what they pay more.
        assertTrue(told.contains("less in 0.") && told.contains("  tertiary ") && !told.contains("  secondary ")
                && told.contains("  adult ") && !told.contains("  active "), told);
        assertEquals(0, run("", "diff-pack", pack.toString(), pack.toString(), "--pack", NATIONAL));
        assertTrue(printed().contains("0 differ.") && printed().contains("patients pay more in 0, less in 0."));
        // A version that has ended is compared on its last day.
        var header = pack.resolve("pack.yaml");
        Files.writeString(header, Files.readString(header).replace("to: 2026-12-31", "to: 2026-02-28"));
        assertEquals(0, run("", "diff-pack", before.toString(), pack.toString(), "--pack", NATIONAL, "--encounters",
                "10"), printed());
        assertTrue(printed().contains("values in force on 2026-02-28: 1 differ."), printed());
        assertEquals(1, run("", "diff-pack", before.toString(), pack.toString(), "--pack", NATIONAL, "--population",
                folder.resolve("none.csv").toString()));
        assertTrue(printed().contains("There is no file "), printed());
        var empty = Files.writeString(folder.resolve("empty.csv"), "");
        assertEquals(1, run("", "diff-pack", before.toString(), pack.toString(), "--pack", NATIONAL, "--population",
                empty.toString()));
        assertTrue(printed().contains("the names of the columns in the first line"), printed());
    }

    @Test
    @Timeout(60)
    void aSaveIsCheckedAgain() throws Exception {
        var pack = begun();
        var header = Files.readString(pack.resolve("pack.yaml"));
        var watching = Thread.ofVirtual().start(() -> run("", "watch", pack.toString(), "--pack", NATIONAL));
        await("2 cases, 2 passed.");
        var benefit = pack.resolve("areas/my-county/benefits/resident-inpatient.yaml");
        Files.writeString(benefit, Files.readString(benefit).replace("\"75%\"", "\"70%\""));
        // (10,000 - 400) x 70% = 6,720 in place of 7,200.
        await("2 cases, 1 passed.");
        assertTrue(printed().contains("6720.00"), printed());
        var sound = Files.readString(benefit);
        Files.writeString(benefit, sound + "  - {broken: [\n");
        await("expected: valid YAML");
        // A pack.yaml that is empty, as some editors leave it for a moment, says nothing of other packs.
        Files.writeString(benefit, sound.replace("\"70%\"", "\"75%\""));
        Files.writeString(pack.resolve("pack.yaml"), "");
        await("pack is required");
        assertFalse(printed().contains("replaces"), printed());
        // One missing file of documents is said of each source that names one, not of every row.
        Files.writeString(pack.resolve("pack.yaml"), header);
        Files.delete(pack.resolve("sources.yaml"));
        await("the id of a document in sources.yaml");
        await("WARNING sources.yaml");
        assertFalse(printed().contains("source: {doc, article}"), printed());
        deleted(pack);
        watching.join();
        assertTrue(printed().contains("is no longer there"), printed());
        assertEquals(2, run("", "watch", folder.resolve("nothing").toString()));
    }

    @Test
    @Timeout(60)
    void watchingEndsWhenItIsInterrupted() throws Exception {
        var pack = begun();
        var watching = Thread.ofVirtual().start(() -> run("", "watch", pack.toString(), "--pack", NATIONAL));
        await("2 cases, 2 passed.");
        watching.interrupt();
        watching.join();
        assertEquals(2, run("", "watch", pack.resolve("pack.yaml").toString()));
    }

    /// Packs are built on where they work with this version, wherever else they lie.
    @ParameterizedTest
    @CsvSource({">=0.1.0 & <0.2.0, 0", ">=9.0.0 & <10.0.0, 1"})
    void aPackIsBuiltOnWhereItWorksWithThisVersion(String requires, int exit) throws IOException {
        var pack = begun();
        var shelf = folder.resolve("packs");
        PackContents.ofFolder(PackFiles.of(Path.of(NATIONAL)), "national", "1.0.0", requires)
                .write(shelf.resolve("national.jar"));
        // One that is no pack lies beside, and is nobody's concern.
        Files.writeString(shelf.resolve("other.jar"), "no jar");
        for (var command : List.of(List.of("check-pack"), List.of("explain", "职工"),
                List.of("diff-pack", pack.toString()))) {
            var words = new ArrayList<>(List.of(command.getFirst(), pack.toString()));
            words.addAll(command.subList(1, command.size()));
            words.addAll(List.of("--packs", shelf.toString()));
            assertEquals(exit, run("", words.toArray(String[]::new)), printed());
            assertEquals(exit == 1, printed().contains("a pack that is loaded and free of errors"), printed());
        }
    }

    private static void deleted(Path pack) throws IOException {
        try (var files = Files.walk(pack)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void await(String text) throws InterruptedException {
        while (!printed().contains(text)) {
            Thread.sleep(50);
        }
    }
}
