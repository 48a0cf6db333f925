package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tongchou.core.calendar.Period;
import tongchou.core.ledger.Entry;
import tongchou.core.policy.Payer;
import tongchou.core.settlement.Counter;
import tongchou.core.settlement.JudgedLine;
import tongchou.core.settlement.Posting;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.RefusalCode;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.YearToDate;
import tongchou.storage.Book.Booked;
import tongchou.storage.Book.Decision;
import tongchou.storage.Book.Replaced;
import tongchou.storage.Book.Reversed;
import tongchou.storage.Book.Stale;
import tongchou.storage.Parkings.Parking;

/// How every book takes back, replaces and stops.
abstract class CorrectionContract extends BookContract {

    private static final Instant NOW = Instant.parse("2026-03-03T09:00:00Z");
    private static final Counter.Key DEDUCTIBLE = new Counter.Key("年度起付线", Period.YEAR, "2026-01-01");
    private static final Counter.Key CEILING = new Counter.Key("年度封顶线", Period.YEAR, "2026-01-01");

    private void settle(String member, String key, LocalDate day, long fen) {
        done(book.settle(County.submission(member, key), County.settle(key, day, fen)));
    }

    private void settle(String key, long fen) {
        settle("P", key, County.DAY, fen);
    }

    private Reversed.Done reverse(String settlement, String key) {
        return assertInstanceOf(Reversed.Done.class,
                book.reverse(County.reversing(settlement, key), County::answer));
    }

    private Replaced replace(String settlement, String key, Book.Decide decide) {
        return book.replace(County.reversing(settlement, key), County::answer, County.submission("P", key), decide);
    }

    private static Decision refuse(Book.Situation situation) {
        return new Decision.Refuse(new Refusal(RefusalCode.NOT_INSURED, "member", "", "", ""));
    }

    // Reversal -------------------------------------------------------------------------------------------------------

    @Test
    void aReversalGivesEverythingBackToWhomItCameFrom() {
        book.register(County.person("Z", 15, 5));
        book.register(County.person("A", 9, 9));
        book.register(County.person("P", 20, 10, "Z", "A"));
        var before = List.of(book.person("P"), book.person("Z"), book.person("A"));
        settle("k1", 60_000);
        assertNotEquals(before, List.of(book.person("P"), book.person("Z"), book.person("A")));
        var reversal = reverse("S-P-k1", "r1");
        assertFalse(reversal.repeated());
        assertEquals("reversed S-P-k1 5", new String(reversal.reversal().reply(), StandardCharsets.UTF_8));
        assertEquals(before, List.of(book.person("P"), book.person("Z"), book.person("A")));
        assertEquals(YearToDate.NOTHING, book.yearToDate("P"));
        assertEquals(book.entries("S-P-k1").stream()
                .map(entry -> new Entry(entry.account(), entry.amount().negated())).toList(), book.entries("R-r1"));
        assertEquals("S-P-k1", book.reversal("R-r1").orElseThrow().settlement());
        assertEquals("退费", book.reversal(County.HOSPITAL, "r1").orElseThrow().reason());
        assertEquals(NOW, book.reversalOf("S-P-k1").orElseThrow().reversedAt());
        assertEquals(Optional.empty(), book.reversalOf("S-P-k2"));
        assertEquals(Optional.empty(), book.register(County.person("P", 20, 10, "Z", "A")));
        settle("k2", 60_000);
        assertEquals(Map.of(DEDUCTIBLE, 10_000L, CEILING, 25_000L), book.yearToDate("P").sums());
    }

    @Test
    void aSettlementIsReversedOnceWhoeverAsks() throws SQLException {
        book.register(County.person("P", 20, 10));
        settle("k1", 60_000);
        var first = reverse("S-P-k1", "r1").reversal();
        var dump = dump();
        reopen(Writer.Commit.ORDINARY);
        for (var key : List.of("r1", "r2")) {
            var again = reverse("S-P-k1", key);
            assertTrue(again.repeated(), key);
            assertEquals("R-r1", again.reversal().id());
            assertArrayEquals(first.reply(), again.reversal().reply());
        }
        assertEquals(new Reversed.UnknownSettlement("S-P-k9"),
                book.reverse(County.reversing("S-P-k9", "r3"), County::answer));
        var other = new Book.Reversing("R-x", County.HOSPITAL, "r1", "other".getBytes(StandardCharsets.UTF_8),
                "S-P-k1", "退费", NOW);
        var taken = assertInstanceOf(Reversed.KeyTaken.class, book.reverse(other, County::answer));
        assertEquals("reverse r1", new String(taken.content(), StandardCharsets.UTF_8));
        assertEquals(dump, dump());
        for (var statement : List.of(
                "insert into reversals select id + 1, 'x', settlement, sender, 'x', reason, reversed_at, total_fen,"
                        + " full_self_pay_fen, over_limit_fen, pre_pay_fen, in_scope_fen, deductible_fen, fund_fen,"
                        + " account_fen, cash_fen, hospital_fen from reversals",
                "update reversals set reason = 'x'", "delete from reversals", "delete from reversal_entries",
                "update reversal_papers set reply = content",
                "insert into reversal_entries select reversal, 9, account, 5 from reversal_entries where number = 1",
                "insert into account_movements (member, reversal, current_year_fen, earlier_years_fen,"
                        + " current_year_after_fen, earlier_years_after_fen) select 1, id, 1, 1, 1, 1"
                        + " from reversals")) {
            try (var connection = store.connect(); var sql = connection.createStatement()) {
                var refused = assertThrows(SQLException.class, () -> sql.executeUpdate(statement), statement);
                assertTrue(refused.getMessage().matches("(?is).*(booked|unique|cancel|go back).*"),
                        () -> statement + ": " + refused.getMessage());
            }
        }
        assertEquals(dump, dump());
    }

    @Test
    void aReversalWhoseAnswerWasLostIsFound() {
        book.register(County.person("P"));
        settle("k1", 20_000);
        reopen(transaction -> {
            transaction.commit();
            throw new IllegalStateException("the answer was lost");
        });
        assertFalse(reverse("S-P-k1", "r1").repeated());
        var replaced = assertInstanceOf(Replaced.NotReversed.class, replace("S-P-k1", "r2", County.settle("r2", 100)));
        assertTrue(assertInstanceOf(Reversed.Done.class, replaced.why()).repeated());
        reopen(transaction -> {
            transaction.rollback();
            throw new IllegalStateException("the disk failed");
        });
        assertThrows(BookException.class, () -> book.settle(County.submission("P", "k2"), County.settle("k2", 100)));
    }

    @Test
    void whatFailsInsideAReversalChangesNothing() throws SQLException {
        book.register(County.person("P", 20, 10));
        settle("k1", 60_000);
        var dump = dump();
        assertThrows(IllegalArgumentException.class, () ->
                new Book.Reversing("R", "H", "k", new byte[0], "S", " ", NOW));
        assertThrows(UnsupportedOperationException.class,
                () -> book.reverse(County.reversing("S-P-k1", "r1"), undone -> {
                    throw new UnsupportedOperationException("on purpose");
                }));
        assertEquals(dump, dump());
    }

    // Replacement ----------------------------------------------------------------------------------------------------

    @Test
    void aPartialRefundIsAReversalAndANewSettlement() throws SQLException {
        book.register(County.person("P", 20, 10));
        settle("k1", 60_000);
        var replaced = assertInstanceOf(Replaced.Done.class, replace("S-P-k1", "p1", County.settle("p1", 40_000)));
        assertFalse(replaced.repeated());
        assertEquals("R-p1", replaced.reversal().id());
        assertEquals("S-P-p1", replaced.stored().id());
        assertEquals(Map.of(DEDUCTIBLE, 10_000L, CEILING, 15_000L), book.yearToDate("P").sums());
        var dump = dump();
        assertTrue(assertInstanceOf(Replaced.Done.class, replace("S-P-k1", "p1", situation -> {
            throw new AssertionError("decided twice");
        })).repeated());
        assertInstanceOf(Replaced.NotReversed.class, replace("S-P-k1", "p2", County.settle("p2", 40_000)));
        assertInstanceOf(Replaced.NotReversed.class, replace("S-P-k9", "p3", County.settle("p3", 40_000)));
        assertEquals(dump, dump());
    }

    @Test
    void whatCannotBeReplacedStands() throws SQLException {
        book.register(County.person("P", 20, 10));
        book.register(County.person("Q"));
        settle("k1", 60_000);
        settle("Q", "q1", County.DAY, 60_000);
        var dump = dump();
        assertInstanceOf(Booked.Refused.class, assertInstanceOf(Replaced.NotBooked.class,
                replace("S-P-k1", "p1", CorrectionContract::refuse)).why());
        assertInstanceOf(Booked.KeyTaken.class, assertInstanceOf(Replaced.NotBooked.class,
                book.replace(County.reversing("S-P-k1", "p1"), County::answer,
                        County.submission("P", "k1", "other"), County.settle("k1", 100))).why());
        assertThrows(IllegalArgumentException.class, () -> replace("S-Q-q1", "p1", County.settle("p1", 100)));
        assertEquals(dump, dump());
        assertFalse(reverse("S-P-k1", "r1").repeated());
    }

    // Stale ----------------------------------------------------------------------------------------------------------

    @Test
    void whatMetReversedSumsIsStale() {
        book.register(County.person("P"));
        book.register(County.person("Q"));
        settle("k1", 300_000);
        settle("P", "next year", County.DAY.plusYears(1), 5_000);
        settle("k2", 20_000);
        settle("Q", "k3", County.DAY, 20_000);
        settle("P", "earlier day", County.DAY.minusDays(1), 1_000);
        // The ceiling was used up: k2 moved nothing, and yet it met the sums of k1. Both were booked before the
        // earlier day arrived; that moved nothing, because it met a deductible that was borne: in the order of service
        // it would have borne it itself.
        assertEquals(List.of(new Stale("S-P-earlier day", County.DAY.minusDays(1), Stale.Reason.LATE_ARRIVAL,
                "S-P-earlier day")), book.stale("P"));
        reverse("S-P-k1", "r1");
        assertEquals(List.of(
                new Stale("S-P-earlier day", County.DAY.minusDays(1), Stale.Reason.LATE_ARRIVAL, "S-P-earlier day"),
                new Stale("S-P-earlier day", County.DAY.minusDays(1), Stale.Reason.REVERSAL, "R-r1"),
                new Stale("S-P-k2", County.DAY, Stale.Reason.REVERSAL, "R-r1")), book.stale("P"));
        assertEquals(List.of("P"), book.staleMembers("", 10));
        reverse("S-P-k2", "r2");
        assertEquals(2, book.stale("P").size());
        assertEquals(List.of(), book.stale("Q"));
    }

    @Test
    void whatIsOvertakenByALateArrivalIsStale() {
        book.register(County.person("P"));
        settle("k1", 5_000);
        settle("P", "same day", County.DAY, 4_000);
        settle("P", "next year", County.DAY.plusYears(1), 5_000);
        assertEquals(List.of(), book.stale("P"));
        settle("P", "late", County.DAY.minusDays(1), 50_000);
        assertEquals(List.of(
                new Stale("S-P-late", County.DAY.minusDays(1), Stale.Reason.LATE_ARRIVAL, "S-P-late"),
                new Stale("S-P-k1", County.DAY, Stale.Reason.LATE_ARRIVAL, "S-P-late"),
                new Stale("S-P-same day", County.DAY, Stale.Reason.LATE_ARRIVAL, "S-P-late")), book.stale("P"));
        replace("S-P-k1", "p1", County.settle("p1", 5_000));
        assertEquals(List.of("S-P-late LATE_ARRIVAL", "S-P-late REVERSAL", "S-P-same day LATE_ARRIVAL",
                "S-P-same day REVERSAL"), book.stale("P")
                .stream().map(stale -> stale.settlement() + " " + stale.reason()).toList());
    }

    // Parking --------------------------------------------------------------------------------------------------------

    @Test
    void nothingIsBookedForAParkedMemberUntilAPersonHasLooked() throws SQLException {
        book.register(County.person("P"));
        settle("k1", 20_000);
        assertFalse(book.parkings().park("nobody", null, "why", "王", NOW));
        assertTrue(book.parkings().park("P", null, "累计可疑", "王", NOW));
        assertTrue(book.parkings().park("P", null, "again", "李", NOW));
        assertEquals(List.of(new Parking("P", null, "累计可疑", "王", NOW)), book.parkings().of("P"));
        assertEquals(List.of("P"), book.parkings().all().stream().map(Parking::member).toList());
        var dump = dump();
        assertEquals(new Booked.Parked("P", "累计可疑"),
                book.settle(County.submission("P", "k2"), County.settle("k2", 100)));
        assertEquals(new Reversed.Parked("P", "累计可疑"),
                book.reverse(County.reversing("S-P-k1", "r1"), County::answer));
        assertInstanceOf(Replaced.NotReversed.class, replace("S-P-k1", "p1", County.settle("p1", 100)));
        assertTrue(done(book.settle(County.submission("P", "k1"), County.settle("k1", 20_000))).repeated());
        assertTrue(book.person("P").isPresent());
        assertEquals(dump, dump());
        assertThrows(IllegalArgumentException.class, () -> book.parkings().release("P", null, "查过", " ", NOW));
        assertTrue(book.parkings().release("P", null, "查过", "李", NOW));
        assertFalse(book.parkings().release("P", null, "查过", "李", NOW));
        assertEquals(List.of(), book.parkings().of("P"));
        assertFalse(done(book.settle(County.submission("P", "k2"), County.settle("k2", 100))).repeated());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"other sums", "too much account", "too much current year", "a counter changed behind it",
        "lines judged otherwise", "a payer's money with another"})
    void aBrokenInvariantParksTheMemberAndChangesNothingElse(String what) throws SQLException {
        book.register(County.person("P", 30, 0));
        book.register(County.person("Q"));
        settle("k1", 20_000);
        var dump = new java.util.TreeMap<>(dump());
        var submission = County.submission("P", "k2");
        var reason = switch (what) {
            case "other sums" -> parked(book.settle(submission, situation -> County.settle("k2", 90_000).on(
                    new Book.Situation(situation.person(), situation.institution(), YearToDate.NOTHING))));
            case "too much account" -> parked(book.settle(submission, situation -> County.settle("k2", 90_000).on(
                    new Book.Situation(County.person("P", 0, 99), situation.institution(),
                            situation.yearToDate()))));
            case "too much current year" -> parked(book.settle(submission, situation ->
                    County.settle("k2", 90_000).on(new Book.Situation(County.person("P", 99, 0),
                            situation.institution(), YearToDate.NOTHING))));
            case "lines judged otherwise" -> parked(book.settle(submission, altered(settlement -> {
                var lines = new ArrayList<>(settlement.lines());
                var first = lines.getFirst();
                lines.set(0, new JudgedLine(first.line(), first.inScope(), first.overLimit(), first.prePay(),
                        first.fullSelfPay()));
                return parts(settlement, lines, settlement.postings());
            })));
            case "a payer's money with another" -> parked(book.settle(submission, altered(settlement ->
                    parts(settlement, settlement.lines(), settlement.postings().stream().map(posting ->
                            new Posting(Payer.CASH, posting.amount(), posting.layer())).toList()))));
            default -> {
                try (var connection = store.connect(); var sql = connection.createStatement()) {
                    sql.executeUpdate("update counters set sum = 1");
                }
                dump = new java.util.TreeMap<>(dump());
                yield assertInstanceOf(Reversed.Parked.class,
                        book.reverse(County.reversing("S-P-k1", "r1"), County::answer)).reason();
            }
        };
        assertEquals(reason, book.parkings().of("P").getFirst().reason());
        assertEquals("", book.parkings().of("P").getFirst().by());
        var after = new java.util.TreeMap<>(dump());
        assertNotEquals(dump, after);
        dump.keySet().removeIf(WHERE_PARKING_IS_WRITTEN::contains);
        after.keySet().removeIf(WHERE_PARKING_IS_WRITTEN::contains);
        assertEquals(dump, after);
        settle("Q", "q1", County.DAY, 20_000);
        if (what.equals("a counter changed behind it")) {
            try (var connection = store.connect(); var sql = connection.createStatement()) {
                sql.executeUpdate("update counters set sum = (select after from counter_movements "
                        + "where counter = counters.id)");
            }
        }
    }

    /// Settles rightly, and books something else.
    private static Book.Decide altered(UnaryOperator<Settlement> change) {
        return situation -> {
            var right = ((Book.Decision.Settle) County.settle("k2", 90_000).on(situation)).settlement();
            return new Book.Decision.Settle(change.apply(right), County.reply("k2", right));
        };
    }

    private static Settlement parts(Settlement right, List<JudgedLine> lines, List<Posting> postings) {
        return new Settlement(right.waterfall(), right.day(), right.knownOn(), right.claim(), right.amounts(), lines,
                postings, right.steps(), right.position());
    }

    private static final List<String> WHERE_PARKING_IS_WRITTEN = List.of("parkings", "audit");

    private static String parked(Booked booked) {
        return assertInstanceOf(Booked.Parked.class, booked).reason();
    }

    // Many at once ---------------------------------------------------------------------------------------------------

    @Test
    void manyWhoReverseOneSettlementReverseItOnce() throws Exception {
        book.register(County.person("P", 50, 50));
        for (var round = 0; round < 5; round++) {
            settle("k" + round, 20_000);
            var settlement = "S-P-k" + round;
            var answers = together(thread -> reverse(settlement, settlement + "-" + thread));
            assertEquals(1, answers.stream().filter(answer -> !answer.repeated()).count());
            assertEquals(1, answers.stream().map(answer -> answer.reversal().id()).distinct().count());
        }
        assertEquals(YearToDate.NOTHING, book.yearToDate("P"));
        assertEquals(County.person("P", 50, 50).purse(), book.person("P").orElseThrow().purse());
    }

    @Test
    void anyMixtureOfSettlingAndReversingAddsUp() throws Exception {
        var seed = new Random().nextLong();
        System.out.println(getClass().getSimpleName() + " corrections: seed " + seed);
        book.register(County.person("P0", 70, 30));
        IntStream.range(1, 5).forEach(i -> book.register(County.person("P" + i, i * 10, 5, "P" + (i - 1))));
        together(thread -> {
            var random = new Random(seed + thread);
            for (var i = 0; i < 40; i++) {
                var key = "k" + random.nextInt(60);
                var member = "P" + key.hashCode() % 5;
                var settlement = "S-" + member + "-" + key;
                switch (random.nextInt(3)) {
                    case 0 -> book.reverse(County.reversing(settlement, "r-" + key), County::answer);
                    case 1 -> book.replace(County.reversing(settlement, "p-" + key), County::answer,
                            County.submission(member, "p-" + key), County.settle("p-" + key, 7_000));
                    default -> done(book.settle(County.submission(member, key), County.settle(key,
                            County.DAY.plusDays(random.nextInt(3)), 1 + random.nextInt(60_000))));
                }
            }
            return "";
        });
        assertEquals(List.of(), book.parkings().all());
        IntStream.range(0, 60).mapToObj(i -> "k" + i).forEach(key -> {
            for (var name : List.of(key, "p-" + key)) {
                var settlement = "S-P" + key.hashCode() % 5 + "-" + name;
                book.reverse(County.reversing(settlement, "last-" + name), County::answer);
            }
        });
        for (var i = 0; i < 5; i++) {
            assertEquals(YearToDate.NOTHING, book.yearToDate("P" + i));
            assertEquals(List.of(), book.stale("P" + i));
        }
        assertEquals(County.person("P0", 70, 30).purse(), book.person("P0").orElseThrow().purse());
    }
}
