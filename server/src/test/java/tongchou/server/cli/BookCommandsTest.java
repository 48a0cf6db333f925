package tongchou.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.api.http.ReplyWriter;
import tongchou.api.http.Role;
import tongchou.server.access.Admission;
import tongchou.server.access.Keyring;
import tongchou.server.demo.DemoCounty;
import tongchou.server.http.Installation;
import tongchou.server.http.Site;
import tongchou.server.http.TwoPersons;
import tongchou.server.packs.PackHost;
import tongchou.server.packs.PackSwitch;
import tongchou.storage.Books;
import tongchou.storage.CipherSuite;
import tongchou.storage.IdentitySafe;
import tongchou.storage.MasterKey;
import tongchou.storage.Occupied;

/// `verify`, `backup`, `restore` and `audit` on a book that a server wrote.
class BookCommandsTest {

    private static final Path FIXTURE = Path.of("src/test/resources/packs/fixture");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-10T02:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private record Run(int exit, String out, String err) {
    }

    private Run run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var exit = Tongchou.run(new Surroundings(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), new ByteArrayInputStream(new byte[0]), CLOCK,
                () -> "id", new SecureRandom(), "0.1.0", Path.of("target/no-home"), Locale.ENGLISH, Map.of()),
                arguments);
        return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private Path book() {
        return folder.resolve("data/tongchou.db");
    }

    /// Three settlements of one member, one of them taken back, written by a server.
    @BeforeEach
    void write() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        var ids = new AtomicLong();
        try (var book = Books.sqlite(book())) {
            new DemoCounty().seed(book);
            var ring = new Keyring(book.keys(), CLOCK, new Random(1));
            var key = ring.issue(new Keyring.Grant(Role.INSTITUTION, DemoCounty.COUNTY_HOSPITAL, "x", ring.today(),
                    ring.today(), "test")).text();
            var site = new Site(new Installation(PackHost.load(null, List.of(FIXTURE), "0.1.0"), book, CLOCK,
                    () -> "s-" + ids.incrementAndGet(), "0.1.0", Admission.of(book.keys(), CLOCK, new Random(2)), null,
                    TwoPersons.USUAL, new PackSwitch(book.oversight().activations(), CLOCK, false)));
            var server = site.start("127.0.0.1", 0);
            try {
                for (var day = 1; day <= 3; day++) {
                    var claim = new String(ReplyWriter.bytes(DemoCounty.example(LocalDate.of(2026, 3, 6 + day))),
                            StandardCharsets.UTF_8);
                    assertEquals(201, send(server.port(), key, "/v1/settlements", claim));
                }
                assertEquals(201, send(server.port(), key, "/v1/settlements/s-2/reversal",
                        "{\"key\":\"r\",\"reason\":\"退费\"}"));
            } finally {
                server.stop();
            }
        }
    }

    private static int send(int port, String key, String path, String body) throws Exception {
        var connection = (java.net.HttpURLConnection) java.net.URI.create("http://127.0.0.1:" + port + path).toURL()
                .openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + key);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        return connection.getResponseCode();
    }

    static {
        BookCommandsTest.class.getModule().addReads(ModuleLayer.boot().findModule("java.sql").orElseThrow());
    }

    private void tamper(String... statements) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + book());
                var sql = connection.createStatement()) {
            for (var trigger : List.of("audit_stays", "audit_remains", "counters_stay")) {
                sql.execute("drop trigger if exists " + trigger);
            }
            for (var statement : statements) {
                sql.executeUpdate(statement);
            }
        }
    }

    @Test
    void everyReplyIsComputedAgain() {
        var good = run("verify", "--data", data(), "--pack", FIXTURE.toString());
        assertEquals(new Run(0, "Everything holds. 3 settlements were computed again.\n", good.err), good);
        assertTrue(good.err.contains("  replies 4/4"), good.err);
        var without = run("verify", book().toString());
        assertEquals(0, without.exit);
        assertTrue(without.err.contains("3 settlements were not computed again; missing: fixture 1.0.0 "), without.err);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            update counters set sum = sum + 1                            | I4
            update members set current_year_fen = 5 where id = 1         | accounts
            update standings set contract_with = null, contract_first_day = null, contract_last_day = null | I10
            update audit set document = cast(replace(cast(document as text), 'settle', 'unsettle') as blob) | audit
            delete from audit where id = (select max(id) from audit)     | audit
            """)
    void whatWasChangedBehindTheBookIsFound(String statement, String check) throws Exception {
        tamper(statement);
        var bad = run("verify", "--data", data(), "--pack", FIXTURE.toString());
        assertEquals(1, bad.exit, bad.toString());
        assertTrue(bad.out.startsWith(check + "\t"), bad.out);
        assertEquals(1, bad.out.lines().count(), bad.out);
    }

    @Test
    void aCopyIsVerifiedAndRestoredUnlessSomebodyHasTheBookOpen() {
        var copy = folder.resolve("copy.db").toString();
        assertEquals(0, run("backup", copy, "--data", data(), "--pack", FIXTURE.toString()).exit);
        var again = run("backup", copy, "--data", data());
        assertEquals(1, again.exit);
        assertTrue(again.err.contains("already"), again.err);
        assertEquals(1, run("restore", copy, "--data", data()).exit);
        try (var open = Books.sqlite(book())) {
            var refused = run("restore", copy, "--data", data(), "--overwrite");
            assertEquals(1, refused.exit, open.toString());
            assertTrue(refused.err.contains("somebody has the book open"), refused.err);
        }
        assertEquals(0, run("restore", copy, "--data", data(), "--overwrite").exit);
        assertEquals(0, run("verify", "--data", data()).exit);
        assertEquals(0, run("restore", copy, "--data", folder.resolve("elsewhere").toString()).exit);
        assertEquals(1, run("restore", folder.resolve("nothing").toString(), "--data", data(), "--overwrite").exit);
        assertEquals(1, run("verify", folder.resolve("nothing").toString()).exit);
        assertEquals(2, run("backup").exit);
    }

    @Test
    void aSecondServerOfTheSameBookIsTurnedAway() throws Exception {
        try (var first = Occupied.take(book())) {
            var second = run("serve", "--data", data(), "--port", "0", "--pack", FIXTURE.toString());
            assertEquals(1, second.exit, first.toString());
            assertTrue(second.err.contains(book().toAbsolutePath() + " is served by another server (process "
                    + ProcessHandle.current().pid()), second.err);
            assertTrue(run("--lang", "zh", "serve", "--data", data(), "--port", "0").err.contains("正由另一个服务使用（进程 "
                    + ProcessHandle.current().pid()));
            // Commands that open the book for a moment go on.
            assertEquals(0, run("key", "list", "--data", data()).exit);
        }
        Occupied.take(book()).close();
    }

    @Test
    void aBackupSaysWhichKeysItDoesNotHold() throws Exception {
        var none = run("backup", folder.resolve("one.db").toString(), "--data", data(), "--pack", FIXTURE.toString());
        assertEquals(0, none.exit, none.err);
        assertFalse(none.err.contains("fingerprint"), none.err);
        String fingerprint;
        try (var book = Books.sqlite(book())) {
            fingerprint = IdentitySafe.open(book.identities(), MasterKey.random(new Random(1)), CipherSuite.AES,
                    new Random(2), Instant.EPOCH).fingerprint();
        }
        Files.writeString(folder.resolve("data/identity-key.place"), "/keys/master\n");
        Files.writeString(folder.resolve("data/audit-sm2.key"), "a key\n");
        var some = run("backup", folder.resolve("two.db").toString(), "--data", data(), "--pack", FIXTURE.toString());
        assertEquals(0, some.exit, some.err);
        assertTrue(some.err.contains("fingerprint " + fingerprint + "), which lies in /keys/master."), some.err);
        assertTrue(some.err.contains("audit-sm2.key"), some.err);
    }

    @ParameterizedTest
    @CsvSource({"ed25519, sha256", "sm2, sm3"})
    void theSecondPlaceShowsWhatWasCutOff(String signature, String digest) throws Exception {
        var place = folder.resolve("second");
        var options = new String[] {"audit", "checkpoint", "--data", data(), "--checkpoint-to", place.toString(),
            "--audit-signature", signature, "--audit-digest", digest};
        var signed = run(options);
        assertEquals(0, signed.exit, signed.err);
        assertTrue(Files.readString(place.resolve("checkpoints.txt")).contains(signed.out.strip()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(
                folder.resolve("data/audit-" + signature + ".key"))));
        assertEquals(0, run("audit", "verify", "--data", data(), "--against", place.toString()).exit);
        assertEquals(0, run("verify", "--data", data(), "--against", place.toString()).exit);
        // The same key is used again.
        assertEquals(signed.out.split("\t")[5], run(options).out.split("\t")[5]);
        tamper("delete from audit where id = (select max(id) from audit)",
                "delete from audit where id = (select max(id) from audit)");
        var cut = run("audit", "verify", "--data", data(), "--against", place.toString());
        assertEquals(1, cut.exit);
        assertTrue(cut.out.contains("the log"), cut.out);
        Files.writeString(place.resolve("checkpoints.txt"), "something else\n");
        var spoiled = run("audit", "verify", "--data", data(), "--against", place.toString());
        assertEquals(1, spoiled.exit);
        assertFalse(spoiled.err.contains("Exception"), spoiled.err);
    }
}
