package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a verification finds in every book.
abstract class VerificationContract extends CorrectionContract {

    private static final Instant NOW = Instant.parse("2026-03-04T00:00:00Z");
    private static final Inspection ALL = Inspection.FIRST_DIFFERENCE.atMost(1_000);

    @TempDir
    private Path elsewhere;

    private void fill() {
        book.register(County.hospital("H2", County.YEAR, LocalDate.MAX));
        book.register(County.person("R", 100, 7));
        book.register(County.person("P", 30, 5, "R"));
        for (var i = 0; i < 6; i++) {
            done(book.settle(County.submission("P", "k" + i), County.settle("k" + i, 8_000 + i)));
        }
        book.reverse(County.reversing("S-P-k2", "r1"), County::answer);
        book.replace(County.reversing("S-P-k3", "r2"), County::answer,
                County.submission("P", "r2"), County.settle("r2", 3_000));
    }

    /// Changes rows behind the back of triggers and constraints.
    void tamper(String statement) throws SQLException {
        tampered = true;
        try (var connection = store.connect(); var sql = connection.createStatement()) {
            if (connection.getMetaData().getDatabaseProductName().equals("SQLite")) {
                sql.execute("pragma foreign_keys = off");
                sql.execute("pragma ignore_check_constraints = on");
                var triggers = new ArrayList<String>();
                try (var names = sql.executeQuery("select name from sqlite_master where type = 'trigger'")) {
                    while (names.next()) {
                        triggers.add(names.getString(1));
                    }
                }
                for (var trigger : triggers) {
                    sql.execute("drop trigger " + trigger);
                }
            } else {
                sql.execute("set session_replication_role = replica");
            }
            for (var part : statement.split(";")) {
                assertTrue(sql.executeUpdate(part) > 0, part);
            }
        }
    }

    TreeSet<String> checks(List<Finding> findings) {
        var checks = new TreeSet<String>();
        findings.forEach(finding -> checks.add(finding.check()));
        return checks;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            I1       | update settlements set entry_amounts = replace(entry_amounts, ']', '1]') where id = 1
            I1       | update settlements set entry_accounts = '[1]', entry_amounts = '[5]' where id = 2
            I2       | update settlements set posting_payers = '[]' where id = 2
            I2       | update settlements set entry_accounts = '[]', entry_amounts = '[]' where id = 4
            I2       | update settlements set entry_accounts = replace(entry_accounts, ']', '99]') where id = 4
            I2       | update settlements set line_items = replace(line_items, ']', '99]') where id = 4
            I2       | update settlements set line_classes = 'AA' where id = 4
            I4       | delete from settlements where id = 5
            I3       | update settlements set line_amounts = replace(line_amounts, ']', '1]') where id = 3
            I3       | update settlements set posting_amounts = replace(posting_amounts, ']', '1]') where id = 3
            I3       | update settlements set line_pre_pay = '[5]' where id = 3
            I4       | update settlements set moved_counters = '[]', moved_before = '[]', moved_after = '[]' where id = 1
            I4       | update settlements set moved_after = replace(moved_after, ']', '1]') where id = 2
            I4       | delete from reversal_movements
            I5       | update papers set content_hash = (select content_hash from papers where settlement = 2) \
            where settlement = 1
            I7       | update reversal_entries set amount_fen = amount_fen + 1 where number = 1
            I7       | delete from reversal_postings where number = 1
            I7       | update reversals set total_fen = total_fen - 1
            accounts | update members set current_year_fen = current_year_fen + 1 where token = 'R'
            accounts | delete from account_movements where settlement is null and reversal is null
            accounts | update account_movements set earlier_years_fen = earlier_years_fen + 1 where settlement = 1
            dates    | insert into institution_versions select institution, '2026-05-05', last_day, name, division, tier, \
            kind, administration, specialty, recorded, ended, grade from institution_versions
            I11      | update audit set id = -1 where id = 5;update audit set id = 5 where id = 6;update audit set id = 6 where id = -1
            I2       | update settlements set line_amounts = 'no list' where id = 3
            audit    | update audit set document = hash where id = 4
            audit    | update audit set hash = (select hash from audit where id = 3) where id = 4
            audit    | delete from audit where id = 4
            I2       | delete from papers where settlement = 4
            audit    | update papers set reply = content where settlement = 1
            audit    | update audit set id = -1 where id = 5;update audit set id = 5 where id = 6;update audit set id = 6 where id = -1
            """)
    void whatWasTamperedWithIsFound(String check, String statement) throws SQLException {
        fill();
        assertEquals(List.of(), book.verify(ALL));
        tamper(statement);
        var findings = book.verify(ALL);
        assertTrue(checks(findings).contains(check), findings::toString);
        assertEquals(findings.subList(0, 1), book.verify(Inspection.FIRST_DIFFERENCE));
        assertEquals(check.equals("audit"), !book.verifyAudit(ALL).isEmpty() && check.equals("audit"));
    }

    @Test
    void progressIsToldAndRepliesAreJudged() {
        fill();
        var told = new TreeSet<String>();
        var findings = book.verify(ALL.telling((check, done, all) -> told.add(check)).recomputing(
                inputs -> inputs.stored().id().equals("S-P-k4")
                        ? Optional.of(new Finding("I10", "S-P-k4", "another reply")) : Optional.empty()));
        assertEquals(List.of(new Finding("I10", "S-P-k4", "another reply")), findings);
        assertEquals(List.of("accounts", "audit", "bookings", "budgets", "counters", "dates", "keys", "replies"),
                List.copyOf(told));
    }

    /// A standing and an institution that were registered anew are not held against what was booked before.
    @Test
    void repliesAreJudgedByWhatWasKnownWhenTheyWereBooked() {
        fill();
        var march = LocalDate.of(2026, 3, 1);
        var before = book.person("P").orElseThrow().standings();
        book.changeStanding("P", County.standing(march, LocalDate.MAX, tongchou.core.people.Status.RETIRED));
        book.register(County.hospital(County.HOSPITAL, march, LocalDate.MAX));
        done(book.settle(County.submission("P", "after"), County.settle("after", 100)));
        var known = new java.util.HashMap<String, String>();
        assertEquals(List.of(), book.verify(ALL.recomputing(inputs -> {
            known.put(inputs.stored().id(), inputs.person().standings() + " since "
                    + inputs.institutions().apply(County.HOSPITAL, County.DAY).orElseThrow().inForce().from());
            return Optional.empty();
        })));
        assertEquals(before + " since " + County.YEAR.minusYears(1), known.get("S-P-k5"));
        assertEquals(book.person("P").orElseThrow().standings() + " since " + march, known.get("S-P-after"));
        assertEquals(2, book.person("P").orElseThrow().standings().size());
    }

    // Audit log ------------------------------------------------------------------------------------------------------

    private List<String> log() throws SQLException {
        var lines = new ArrayList<String>();
        try (var connection = store.connect(); var sql = connection.createStatement();
                var rows = sql.executeQuery("select document from audit order by id")) {
            while (rows.next()) {
                var words = new String(rows.getBytes(1), java.nio.charset.StandardCharsets.UTF_8).split("\n");
                lines.add(words[2] + " " + words[3] + " " + words[4]);
            }
        }
        return lines;
    }

    @Test
    void everyChangeIsInTheLogAndNothingElse() throws SQLException {
        fill();
        var clerk = book.acting("王", NOW);
        clerk.register(County.hospital("H2", County.YEAR, LocalDate.MAX));
        clerk.register(County.person("Q"));
        clerk.changeStanding("Q", County.standing(County.YEAR, LocalDate.MAX, tongchou.core.people.Status.RETIRED));
        clerk.parkings().park("Q", null, "身份证 330102198001011234 不符", "王", NOW);
        clerk.settle(County.submission("Q", "q"), County.settle("q", 100));
        clerk.parkings().release("Q", null, "查过", "李", NOW);
        clerk.note("unmask", "Q", "核对");
        clerk.close();
        assertEquals(List.of(" institution " + County.HOSPITAL, " institution H2", " member R", " member P",
                " settle S-P-k0", " settle S-P-k1", " settle S-P-k2", " settle S-P-k3", " settle S-P-k4",
                " settle S-P-k5", " reverse R-r1", " reverse R-r2", " settle S-P-r2", "王 member Q", "王 standing Q",
                "王 park Q", "李 release Q", "王 unmask Q"), log());
        assertEquals(18, book.auditSize());
        assertFalse(dump().get("audit").toString().contains("330102198001011234"));
        try (var connection = store.connect(); var sql = connection.createStatement()) {
            assertThrows(SQLException.class, () -> sql.executeUpdate("delete from audit where id = 18"));
        }
    }

    private static KeyPair key() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }

    private Inspection against(Path place, KeyPair key) throws Exception {
        return ALL.against(Checkpoint.in(place), name ->
                name.equals("k1") ? Optional.of(key.getPublic()) : Optional.empty());
    }

    @Test
    void checkpointsGrowAndShowWhatWasCut() throws Exception {
        var place = elsewhere.resolve("checkpoints");
        var key = key();
        var seal = new Seal("k1", key.getPrivate(), place);
        book.checkpoint(seal, NOW);
        fill();
        for (var i = 0; i < 9; i++) {
            book.note("look", "P", "reason " + i);
            assertEquals(book.auditSize(), book.checkpoint(seal, NOW.plusSeconds(i)).size());
        }
        assertEquals(List.of(), book.verify(against(place, key)));
        assertEquals(10, Files.readAllLines(place).size());
        assertEquals(10, book.verifyAudit(against(place, key())).size(), "signed by another key");

        var lines = Files.readAllLines(place);
        lines.set(4, lines.get(4).replace("2026-03-04", "2026-03-05"));
        Files.write(place, lines);
        assertEquals(1, book.verifyAudit(against(place, key)).size(), "a line was edited");
        lines.set(4, lines.get(4).replace("2026-03-05", "2026-03-04"));
        Files.write(place, lines);

        // Whoever rewrites the book rewrites its checkpoints too; the second place stays.
        tamper("delete from audit where id > 20;delete from checkpoints where size > 20");
        assertEquals(List.of(), book.verifyAudit(ALL));
        var findings = book.verifyAudit(against(place, key));
        assertTrue(findings.getLast().what().equals("the log ends at 20"), findings::toString);
    }

    @Test
    void aRowThatWasEditedWithItsChainHasAnotherRoot() throws Exception {
        var place = elsewhere.resolve("checkpoints");
        var key = key();
        book.note("look", "P", "one");
        book.checkpoint(new Seal("k1", key.getPrivate(), place), NOW);
        book.note("look", "P", "two");
        var kept = against(place, key);
        tamper("delete from audit where id > 1;delete from checkpoints");
        book.note("look", "P", "three");
        assertEquals(List.of(), book.verifyAudit(ALL));
        assertEquals(List.of(new Finding("audit", "checkpoint 2", "the log has another root")), book.verifyAudit(kept));
    }

    /// Replies of one benefit are alike: here 200 different clauses, an id and an amount. The first five make the
    /// dictionary of all later ones.
    @Test
    void whatThePapersOfOneBenefitRepeatIsStoredOnce() throws SQLException {
        book.register(County.person("P", 30, 0));
        var clauses = IntStream.range(0, 200).mapToObj(n -> "第" + n * 7919 % 997 + "条")
                .collect(Collectors.joining("；"));
        for (var key : List.of("k1", "k2", "k3", "k4", "k5", "k6", "k7")) {
            var said = (clauses + key).getBytes(StandardCharsets.UTF_8);
            var stored = done(book.settle(County.submission("P", key), situation ->
                    switch (County.settle(key, 20_000).on(situation)) {
                        case Book.Decision.Settle(var settlement, var none) ->
                                new Book.Decision.Settle(settlement, said);
                        case Book.Decision.Refuse refused -> refused;
                    })).stored();
            assertArrayEquals(said, book.settlement(stored.id()).orElseThrow().reply());
        }
        try (var connection = store.connect(); var sql = connection.createStatement();
                var rows = sql.executeQuery("select count(*), 0, max(length(content)), "
                        + "(select max(length(content)) from paper_dictionaries), max(length(reply)) from ("
                        + "select * from papers order by settlement desc limit 2) p")) {
            rows.next();
            assertEquals(2, rows.getInt(1));
            assertTrue(rows.getInt(5) < 60, "the longest reply has " + rows.getInt(5) + " bytes");
            assertTrue(rows.getInt(4) > 2_000, "the dictionary has " + rows.getInt(4) + " bytes");
            for (var edit : List.of("update paper_dictionaries set content = content",
                    "delete from paper_dictionaries")) {
                assertThrows(SQLException.class, () -> sql.executeUpdate(edit), edit);
            }
        }
        assertEquals(List.of(), book.verify(Inspection.FIRST_DIFFERENCE));
    }
}
