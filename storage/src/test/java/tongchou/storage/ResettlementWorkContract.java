package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.core.people.Status;
import tongchou.storage.Resettlements.Cause;
import tongchou.storage.Resettlements.Move;
import tongchou.storage.Resettlements.Moved;
import tongchou.storage.Resettlements.Order;
import tongchou.storage.Resettlements.Recounted;
import tongchou.storage.Resettlements.Resettlement;
import tongchou.storage.Resettlements.State;

/// How a re-settlement is worked through in every book: stopped, resumed, looked at again, broken off.
abstract class ResettlementWorkContract extends ResettlementContract {

    private void fill(int members) {
        for (var i = 0; i < members; i++) {
            book.register(County.person("P" + i));
            settle("P" + i, i + "k1", "2026-01-10", 10_000);
            settle("P" + i, i + "k2", "2026-02-10", 10_000);
            book.reverse(County.reversing("S-P" + i + "-" + i + "k1", i + "r"), County::answer);
        }
    }

    @Test
    void theCatalogueIsSearchedAlikeAndReadAtAVersion() {
        CatalogueContract.check(book.catalogue());
    }

    @Test
    void whatASettlementWasDecidedOnIsReadAsItWas() {
        book.register(County.person("P1", 0, 500));
        book.register(County.person("P0", 20, 30, "P1"));
        var met = new LinkedHashMap<String, Book.Situation>();
        for (var key : List.of("k1", "k2")) {
            book.settle(County.submission("P0", key), situation -> {
                met.put(key, situation);
                return County.settle(key, 40_000).on(situation);
            });
        }
        assertEquals(Optional.empty(), book.changeStanding("P0", County.standing(County.DAY, LocalDate.MAX,
                Status.RETIRED)));
        book.reverse(County.reversing("S-P0-k1", "r1"), County::answer);
        book.settle(County.submission("P0", "k3"), County.settle("k3", 70_000));
        met.forEach((key, situation) -> {
            var inputs = book.papers().inputs("S-P0-" + key).orElseThrow();
            assertEquals(situation.yearToDate(), inputs.yearToDate(), key);
            assertEquals(situation.person().standings(), inputs.person().standings(), key);
            assertEquals(situation.institution(), inputs.institutions().apply(County.HOSPITAL, County.DAY), key);
            var again = County.settle(key, 40_000).on(new Book.Situation(inputs.person(), situation.institution(),
                    inputs.yearToDate()));
            assertEquals(new String(inputs.stored().reply(), StandardCharsets.UTF_8),
                    new String(((Book.Decision.Settle) again).reply(), StandardCharsets.UTF_8));
        });
        assertEquals(Optional.empty(), book.papers().inputs("S-P0-k9"));
    }

    @Test
    void whatWasChargedIsReadAlike() {
        fill(3);
        VolumesContract.check(book.volumes(), again());
    }

    @Test
    void theListsOfAlliancesAreKeptAlike() {
        FormulariesContract.check(book);
    }

    @Test
    void itIsStoppedResumedAndLooksAgainAtWhatChanged() {
        fill(5);
        start("w", new Cause.StaleSums());
        assertEquals(State.COMPUTING, work().step("w", 2, again(), NOW).state());
        move("w", Move.STOP, State.STOPPED);
        reopen(Writer.Commit.ORDINARY);
        var stopped = work().step("w", 2, again(), NOW);
        assertEquals(State.STOPPED, stopped.state());
        assertEquals(new Resettlements.Progress(5, 2, 0, 0, 0), stopped.progress());
        assertInstanceOf(Moved.NotNow.class, work().move("w", new Order(Move.CONFIRM, 0, "李", "", NOW)));
        assertInstanceOf(Moved.Unknown.class, work().move("x", new Order(Move.CONFIRM, 0, "李", "", NOW)));
        assertThrows(IllegalArgumentException.class, () -> work().move("w", new Order(Move.RESUME, 0, " ", "", NOW)));
        assertThrows(IllegalArgumentException.class, () -> work().step("x", 2, again(), NOW));
        move("w", Move.RESUME, State.COMPUTING);
        assertEquals(State.READY, run("w", again()).state());
        assertEquals(5, texts("w").size());
        assertEquals(List.of("0k2", "1k2"), work().differences("w", 0, 2).stream()
                .map(one -> one.settlement().substring(5)).toList());
        // While somebody looks, one member is treated again, one is parked, and one is reversed altogether.
        settle("P0", "new", "2026-01-20", 4_000);
        book.parkings().park("P1", null, "查", "王", NOW);
        book.reverse(County.reversing("S-P2-2k2", "all"), County::answer);
        var looked = confirm("w", again());
        assertEquals(State.READY, looked.state());
        assertEquals(new Resettlements.Progress(5, 5, 1, 2, 2), looked.progress());
        assertEquals(List.of(new Resettlements.Obstacle("P1", "", "PARKED 查")), work().obstacles("w", "", 9));
        // The new one bears 40 of the deductible and 0k2 the other 60: (100-60)/2 = 20. Of 2k2 nothing is left.
        assertEquals(List.of("3k2 fund 5000->0 due -5000", "4k2 fund 5000->0 due -5000",
                "0k2 fund 5000->2000 due -3000"), texts("w"));
        // Who has not seen what changed cannot confirm it.
        assertInstanceOf(Moved.NotNow.class, work().move("w", new Order(Move.CONFIRM, 4, "李", "", NOW)));
        assertEquals(6, looked.revision());
        assertEquals(State.DONE, confirm("w", again()).state());
        assertInstanceOf(Moved.Done.class, work().move("w", new Order(Move.CONFIRM, 6, "李", "", NOW)));
        assertEquals(4, work().find("w").orElseThrow().progress().booked());
        assertEquals(List.of("P1"), book.staleMembers("", 9));
        assertEquals(List.of("COMPUTING 王", "STOPPED 李", "COMPUTING 李", "READY ", "BOOKING 李", "READY ", "BOOKING 李",
                "DONE "), work().find("w").orElseThrow().events().stream()
                .map(event -> event.state() + " " + event.who()).toList());
        move("w", Move.DISMISS, State.DONE);
        assertEquals(List.of("w"), work().page(Long.MAX_VALUE, 5).stream().map(Resettlement::id).toList());
    }

    private void move(String id, Move move, State to) {
        var done = assertInstanceOf(Moved.Done.class, work().move(id, new Order(move, 0, "李", "", NOW)));
        assertEquals(to, done.now().state());
    }

    @Test
    void nothingIsBookedBeforeSomebodyConfirmsNorForWhomItCannotBeComputed() throws SQLException {
        fill(3);
        start("w", new Cause.StaleSums());
        var before = booked();
        run("w", (prior, situation) -> prior.stored().member().equals("P1") ? new Recounted.Not("NO_RULE_IN_FORCE x")
                : again().settle(prior, situation));
        assertEquals(before, booked());
        assertEquals(List.of(new Resettlements.Obstacle("P1", "S-P1-1k2", "NO_RULE_IN_FORCE x")),
                work().obstacles("w", "", 9));
        move("w", Move.DISMISS, State.DISMISSED);
        assertEquals(List.of("P0", "P1", "P2"), book.staleMembers("", 9));
        assertEquals(List.of(), work().corrections("S-P0-0k2"));
    }

    private Map<String, List<String>> booked() throws SQLException {
        var dump = new TreeMap<>(dump());
        dump.keySet().removeIf(table -> table.startsWith("resettlement") || table.startsWith("difference")
                || table.equals("audit"));
        return dump;
    }

    @Test
    void whatWasCorrectedIsNeverEdited() throws SQLException {
        fill(1);
        start("w", new Cause.StaleSums());
        run("w", again());
        confirm("w", again());
        var dump = dump();
        for (var statement : List.of("update corrections set cash_fen = 0", "delete from corrections",
                "update correction_papers set reply = reply", "delete from correction_entries",
                "update correction_movements set after = after + 1", "delete from stale_clearings",
                "update resettlements set state = 'READY'", "update resettlement_events set who = 'x'",
                "insert into correction_postings select correction, 9, payer, layer, 5 from correction_postings "
                        + "where number = 1",
                "insert into account_movements (member, correction, current_year_fen, earlier_years_fen, "
                        + "current_year_after_fen, earlier_years_after_fen) select 1, id, 1, 1, 1, 1 from corrections",
                "insert into corrections select id + 9, 'x', settlement, resettlement, takes_back, rules, known_on, "
                        + "booked_at, 0, 0, 0, 0, 0, 1, 0, -1, 0 from corrections")) {
            try (var connection = store.connect(); var sql = connection.createStatement()) {
                var refused = assertThrows(SQLException.class, () -> sql.executeUpdate(statement), statement);
                assertTrue(refused.getMessage().matches("(?is).*(booked|happened|stands|add up).*"),
                        () -> statement + ": " + refused.getMessage());
            }
        }
        assertEquals(dump, dump());
    }

    @ParameterizedTest(name = "commit {0} fails, and happened: {1}")
    @CsvSource({"1, true", "1, false", "2, true", "2, false", "3, true", "4, false"})
    void aBookingThatBreaksOffGoesOnWhereItWas(int nth, boolean happened) {
        fill(3);
        start("w", new Cause.StaleSums());
        run("w", again());
        assertInstanceOf(Moved.Done.class, work().move("w", new Order(Move.CONFIRM, 0, "李", "", NOW)));
        var commits = new int[1];
        reopen(transaction -> {
            if (++commits[0] != nth) {
                transaction.commit();
                return;
            }
            if (happened) {
                transaction.commit();
            } else {
                transaction.rollback();
            }
            throw new IllegalStateException("the disk failed");
        });
        assertThrows(RuntimeException.class, () -> run("w", again()));
        reopen(Writer.Commit.ORDINARY);
        assertEquals(State.DONE, run("w", again()).state());
        assertEquals(3, work().find("w").orElseThrow().progress().booked());
        for (var i = 0; i < 3; i++) {
            assertEquals(1, work().corrections("S-P" + i + "-" + i + "k2").size());
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            I1    | update correction_entries set amount_fen = amount_fen + 1 where number = 1
            I2    | delete from correction_papers where correction = 4;delete from corrections where id = 4
            I3    | update correction_postings set amount_fen = amount_fen + 1 where payer = 'CASH'
            I4    | update correction_movements set after = after + 1
            I7    | delete from corrections where takes_back is not null
            audit | update corrections set fund_fen = fund_fen + 1, cash_fen = cash_fen - 1 where takes_back is null
            audit | update correction_papers set reply = (select content from papers where settlement = 1)
            """)
    void aVerificationFindsWhatWasDoneToACorrection(String check, String statement) throws SQLException {
        fill(1);
        start("w", new Cause.StaleSums());
        run("w", again());
        confirm("w", again());
        book.reverse(County.reversing("S-P0-0k2", "all"), County::answer);
        assertEquals(List.of(), book.verify(Inspection.FIRST_DIFFERENCE));
        tamper(statement);
        var found = book.verify(Inspection.FIRST_DIFFERENCE.atMost(100));
        assertTrue(checks(found).contains(check), found::toString);
    }
}
