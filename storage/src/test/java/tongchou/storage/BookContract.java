package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
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
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tongchou.core.calendar.Period;
import tongchou.core.ledger.Account;
import tongchou.core.ledger.Entry;
import tongchou.core.money.Fen;
import tongchou.core.people.Standing;
import tongchou.core.people.Status;
import tongchou.core.settlement.Counter;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.RefusalCode;
import tongchou.core.settlement.YearToDate;
import tongchou.storage.Book.Booked;
import tongchou.storage.Book.Conflict;
import tongchou.storage.Book.Decision;

/// What every book keeps, whatever it is stored in.
abstract class BookContract extends RegistryContract {

    static final int THREADS = 8;

    @Test
    void keysEndAndAreNeverDeleted() throws SQLException {
        KeysContract.check(book.keys(), store);
    }

    // Members --------------------------------------------------------------------------------------------------------

    @Test
    void aMemberIsFoundAsRecorded() {
        var person = County.person("P1", 300, 50);
        assertEquals(Optional.empty(), book.register(person));
        assertEquals(Optional.of(person), book.person("P1"));
        assertEquals(Optional.empty(), book.person("P2"));
        assertEquals(Optional.empty(), book.register(County.person("P2", 20, 3)));
        assertEquals(Optional.empty(), book.register(County.person("C", 1, 2, "P2", "P1")));
        var child = book.person("C").orElseThrow();
        assertEquals(List.of("P2", "P1"), child.sharers());
        assertEquals(Fen.ofYuan("373"), child.purse().family());
        assertEquals(Fen.ofYuan("3"), child.purse().own());
        assertEquals(YearToDate.NOTHING, book.yearToDate("C"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # what is recorded again | field   | present
            the same                 |         |
            another birth            | birth   | 1980-02-29
            another account          | account | 300.00 元, 50.00 元
            another sharer           | sharers | [R]
            """)
    void aMemberRecordedAgain(String what, String field, String present) {
        book.register(County.person("R"));
        var person = County.person("P", 300, 50, "R");
        book.register(person);
        var again = switch (what) {
            case "another birth" -> new Person(new tongchou.core.people.Member("P", LocalDate.of(1981, 1, 1)),
                    person.standings(), person.purse(), person.sharers());
            case "another account" -> County.person("P", 300, 51, "R");
            case "another sharer" -> County.person("P", 300, 50);
            default -> person;
        };
        assertEquals(field == null ? Optional.empty() : Optional.of(new Conflict(field, present)),
                book.register(again));
        assertEquals(person, book.person("P").orElseThrow());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"P", "nobody", "R R"})
    void sharersAreOtherKnownMembersNamedOnce(String sharers) {
        book.register(County.person("R"));
        var names = sharers.split(" ");
        assertEquals(Optional.of(new Conflict("sharers", names[names.length - 1])),
                book.register(County.person("P", 0, 0, names)));
        assertEquals(Optional.empty(), book.person("P"));
    }

    @ParameterizedTest(name = "present {0}, then {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # present          | new                  | conflict      | then
            2015.. ACTIVE      | 2026-07.. RETIRED    |               | 2015..2026-06 2026-07..
            2015.. ACTIVE      | 2015.. ACTIVE        |               | 2015..
            2015..2025 ACTIVE  | 2026-02.. RETIRED    |               | 2015..2025 2026-02..
            2015..2025 ACTIVE  | 2025-12-31.. RETIRED | 2015..2025    | 2015..2025
            2015.. ACTIVE      | 2014.. RETIRED       | 2015..        | 2015..
            """)
    void standingsFollowEachOther(String present, String added, String conflict, String then) {
        var person = new Person(County.person("P").member(), List.of(standing(present)),
                tongchou.core.people.Purse.EMPTY, List.of());
        assertEquals(Optional.empty(), book.register(person));
        assertEquals(inForceConflict(conflict), book.changeStanding("P", standing(added)));
        assertEquals(periods(then),
                book.person("P").orElseThrow().standings().stream().map(Standing::inForce).toList());
        assertEquals(Optional.empty(), book.register(person), "what was recorded first is still true");
    }

    private static Standing standing(String text) {
        var words = text.split(" ");
        var period = period(words[0]);
        return County.standing(period.from(), period.to(), Status.valueOf(words[1]));
    }

    @Test
    void standingsThatContradictAreNamed() {
        var person = new Person(County.person("P").member(), List.of(
                standing("2015-01-01..2025-12-31 ACTIVE"), standing("2025-12-31.. RETIRED")),
                tongchou.core.people.Purse.EMPTY, List.of());
        assertEquals(Optional.of(new Conflict("standings", "2015-01-01..2025-12-31")), book.register(person));
        assertEquals(Optional.of(new Conflict("member", "P")),
                book.changeStanding("P", standing("2026-01-01.. ACTIVE")));
        book.register(County.person("P"));
        assertEquals("standings", book.changeStanding("P", standing("2015-01-01.. RETIRED")).orElseThrow().field());
    }

    // Settlements ----------------------------------------------------------------------------------------------------

    @Test
    void aSettlementIsBookedOnceAndAnsweredForEver() throws SQLException {
        book.register(County.person("P", 300, 50));
        var first = done(book.settle(County.submission("P", "k1"), County.settle("k1", 50_000)));
        assertFalse(first.repeated());
        var stored = first.stored();
        assertEquals("S-P-k1", stored.id());
        assertEquals(County.HOSPITAL, stored.institution());
        assertEquals("P", stored.member());
        assertEquals(Instant.parse("2026-03-02T08:30:00.123Z"), stored.bookedAt());
        var dump = dump();

        reopen(Writer.Commit.ORDINARY);
        // Whatever would be decided now: the first booking is the answer.
        var again = done(book.settle(County.submission("P", "k1"), County.settle("k1", 70_000)));
        assertTrue(again.repeated());
        assertSame(stored, again.stored());
        assertSame(stored, book.settlement("S-P-k1").orElseThrow());
        assertSame(stored, book.settlement(County.HOSPITAL, "k1").orElseThrow());
        assertEquals(Optional.empty(), book.settlement(County.HOSPITAL, "k2"));
        assertEquals(Optional.empty(), book.settlement("S-P-k2"));
        assertEquals(1, book.settlements());
        assertEquals(dump, dump());
    }

    private static void assertSame(Book.Stored expected, Book.Stored actual) {
        assertArrayEquals(expected.reply(), actual.reply());
        assertEquals(List.of(expected.id(), expected.institution(), expected.key(), expected.member(),
                expected.bookedAt()), List.of(actual.id(), actual.institution(), actual.key(), actual.member(),
                actual.bookedAt()));
    }

    static Booked.Done done(Booked booked) {
        return assertInstanceOf(Booked.Done.class, booked);
    }

    @Test
    void theJournalSaysWhoGaveWhat() {
        book.register(County.person("P", 80, 50));
        book.settle(County.submission("P", "k1"), County.settle("k1", 50_000));
        // 500.00 = 100.00 deductible + 200.00 fund + 200.00 shared: the account gives 80.00 of the deductible, 50.00
        // of the rest, and 170.00 stay in cash.
        assertEquals(List.of(new Entry(new Account(Account.Kind.POOLED_EMPLOYEE, "330199"), Fen.ofYuan("-200")),
                new Entry(new Account(Account.Kind.PERSONAL_ACCOUNT, "P"), Fen.ofYuan("-130")),
                new Entry(new Account(Account.Kind.CASH, "P"), Fen.ofYuan("-170")),
                new Entry(new Account(Account.Kind.INSTITUTION, County.HOSPITAL), Fen.ofYuan("500"))),
                book.entries("S-P-k1"));
        assertEquals(List.of(), book.entries("S-P-k2"));
        assertEquals(Map.of(new Counter.Key("年度起付线", Period.YEAR, "2026-01-01"), 10_000L,
                new Counter.Key("年度封顶线", Period.YEAR, "2026-01-01"), 20_000L), book.yearToDate("P").sums());
        assertEquals(Fen.ZERO, book.person("P").orElseThrow().purse().own());
        assertEquals(Optional.empty(), book.register(County.person("P", 80, 50)),
                "what was recorded first is still true");
    }

    @ParameterizedTest(name = "own {0}+{1}, family {2} and {3}, bill {4}")
    @CsvSource(delimiter = '|', textBlock = """
            # own this year, earlier | first and second relative | bill | left: own, first, second | cash
            0  | 0  | 0,0  | 0,0 | 50  | 0  | 0  | 0,0 | 0,0 | 50
            80 | 0  | 0,0  | 0,0 | 50  | 30 | 0  | 0,0 | 0,0 | 0
            20 | 50 | 0,0  | 0,0 | 50  | 0  | 20 | 0,0 | 0,0 | 0
            20 | 10 | 15,5 | 9,9 | 60  | 0  | 0  | 0,0 | 0,8 | 0
            0  | 0  | 15,5 | 9,9 | 12  | 0  | 0  | 3,5 | 9,9 | 0
            1  | 1  | 1,1  | 1,1 | 100 | 0  | 0  | 0,0 | 0,0 | 94
            """)
    void accountMoneyIsTakenInOrder(long currentYear, long earlier, String first, String second, long bill,
            long currentYearLeft, long earlierLeft, String firstLeft, String secondLeft, long cash) {
        book.register(relative("Z", first));
        book.register(relative("A", second));
        book.register(County.person("P", currentYear, earlier, "Z", "A"));
        var reply = new String(done(book.settle(County.submission("P", "k"), County.settle("k", bill * 100)))
                .stored().reply(), StandardCharsets.UTF_8);
        assertTrue(reply.endsWith(", " + Fen.of(cash * 100) + "]]"), reply);
        assertEquals(List.of(balance(County.person("P", currentYearLeft, earlierLeft)),
                balance(relative("Z", firstLeft)), balance(relative("A", secondLeft))), List.of(
                balance(book.person("P").orElseThrow()), balance(book.person("Z").orElseThrow()),
                balance(book.person("A").orElseThrow())));
    }

    private static Person relative(String token, String yuan) {
        var parts = yuan.split(",");
        return County.person(token, Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    private static List<Fen> balance(Person person) {
        return List.of(person.purse().currentYear(), person.purse().earlierYears());
    }

    @Test
    void aKeyIsBoundToItsFirstContent() throws SQLException {
        book.register(County.person("P"));
        book.settle(County.submission("P", "k", "one"), County.settle("k", 50_000));
        var dump = dump();
        var taken = assertInstanceOf(Booked.KeyTaken.class,
                book.settle(County.submission("P", "k", "two"), County.settle("k", 50_000)));
        assertEquals("one", new String(taken.content(), StandardCharsets.UTF_8));
        assertEquals("S-P-k", taken.first().id());
        assertEquals(dump, dump());
    }

    @Test
    void theSameKeyOfAnotherInstitutionIsAnotherKey() {
        book.register(County.hospital("H2", County.YEAR, LocalDate.MAX));
        book.register(County.person("P"));
        var first = County.submission("P", "k");
        var second = new Book.Submission("other", "H2", "k", first.content(), "P", County.DAY, first.now());
        assertFalse(done(book.settle(first, County.settle("k", 50_000))).repeated());
        assertFalse(done(book.settle(second, County.settle("k", 50_000))).repeated());
        assertEquals(2, book.settlements());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"refused", "throws", "error", "unknown member", "unknown institution", "not in force"})
    void whatIsNotBookedChangesNothing(String what) throws SQLException {
        book.register(County.person("P", 30, 0));
        book.settle(County.submission("P", "k1"), County.settle("k1", 20_000));
        var dump = dump();
        var submission = County.submission("P", "k2");
        var refusal = new Refusal(RefusalCode.NOT_INSURED, "member", "", "", "");
        switch (what) {
            case "refused" -> assertEquals(new Booked.Refused(refusal),
                    book.settle(submission, situation -> new Decision.Refuse(refusal)));
            case "throws" -> assertEquals("on purpose", assertThrows(IllegalStateException.class,
                    () -> book.settle(submission, situation -> {
                        throw new IllegalStateException("on purpose");
                    })).getMessage());
            case "error" -> assertThrows(StackOverflowError.class, () -> book.settle(submission, situation -> {
                throw new StackOverflowError();
            }));
            case "unknown member" -> assertEquals(new Booked.UnknownMember("Q"),
                    book.settle(County.submission("Q", "k2"), County.settle("k2", 100)));
            case "unknown institution" -> assertEquals(new Booked.UnknownInstitution("H404"), book.settle(
                    new Book.Submission("id", "H404", "k2", new byte[0], "P", County.DAY, Instant.EPOCH),
                    County.settle("k2", 100)));
            case "not in force" -> assertEquals(new Booked.UnknownInstitution(County.HOSPITAL), book.settle(
                    new Book.Submission("id", County.HOSPITAL, "k2", new byte[0], "P", LocalDate.of(2001, 1, 1),
                            Instant.EPOCH), County.settle("k2", 100)));
            default -> throw new AssertionError(what);
        }
        assertEquals(dump, dump());
        assertFalse(done(book.settle(submission, County.settle("k2", 30_000))).repeated());
    }

    @Test
    void othersMayWriteWhileTheBookIsIdle() throws SQLException {
        book.register(County.person("P"));
        try (var connection = store.connect(); var sql = connection.createStatement()) {
            assertEquals(1, sql.executeUpdate("insert into items (name) values ('XA01')"));
        }
        assertFalse(done(book.settle(County.submission("P", "k1"), County.settle("k1", 20_000))).repeated());
    }

    @Test
    void whatIsBookedCannotBeEdited() throws SQLException {
        book.register(County.person("P", 30, 0));
        book.settle(County.submission("P", "k1"), County.settle("k1", 20_000));
        var dump = dump();
        for (var statement : List.of("update settlements set cash_fen = cash_fen + 1, fund_fen = fund_fen - 1",
                "delete from settlements",
                "update settlements set entry_amounts = '[]'",
                "update settlements set posting_amounts = '[]'",
                "update settlements set line_amounts = '[]'",
                "update settlements set moved_after = '[]'",
                "delete from entries",
                "update papers set reply = content",
                "update account_movements set current_year_fen = 0",
                County.another("", ""),
                County.another("line_amounts", "'[5]'"),
                County.another("posting_amounts", "'[5]'"),
                County.another("entry_amounts", "'[5]'"),
                "update members set current_year_fen = -1",
                "update counters set sum = -1")) {
            try (var connection = store.connect(); var sql = connection.createStatement()) {
                var refused = assertThrows(SQLException.class, () -> sql.executeUpdate(statement), statement);
                assertTrue(refused.getMessage().matches("(?is).*(booked|check constraint|do not add up|view).*"),
                        () -> statement + ": " + refused.getMessage());
            }
        }
        assertEquals(dump, dump());
    }

    // Doubt ----------------------------------------------------------------------------------------------------------

    @Test
    void aCommitThatFailedAfterItHappenedIsAnsweredFromTheBook() {
        book.register(County.person("P"));
        reopen(transaction -> {
            transaction.commit();
            throw new IllegalStateException("the answer was lost");
        });
        var booked = done(book.settle(County.submission("P", "k1"), County.settle("k1", 20_000)));
        assertFalse(booked.repeated());
        assertEquals("S-P-k1", booked.stored().id());
        assertEquals(1, book.settlements());
    }

    @Test
    void aCommitThatFailedLeavesTheOutcomeUnknownAndTheKeyFree() throws SQLException {
        book.register(County.person("P"));
        var dump = dump();
        reopen(transaction -> {
            transaction.rollback();
            throw new IllegalStateException("the disk failed");
        });
        var submission = County.submission("P", "k1");
        var doubt = assertThrows(BookException.class, () -> book.settle(submission, County.settle("k1", 20_000)));
        assertTrue(doubt.isOutcomeUnknown());
        assertEquals(dump, dump());
        reopen(Writer.Commit.ORDINARY);
        assertFalse(done(book.settle(submission, County.settle("k1", 20_000))).repeated());
    }

    // Many at once ---------------------------------------------------------------------------------------------------

    @Test
    void manyWritersNeverOverspendACeiling() throws Exception {
        book.register(County.person("P", 200, 100));
        var each = 40;
        var answers = together(thread -> {
            var booked = new ArrayList<Booked>();
            for (var i = 0; i < each; i++) {
                var key = thread + "-" + i;
                booked.add(book.settle(County.submission("P", key), County.settle(key, 6_000)));
            }
            return booked;
        });
        for (var booked : answers.stream().flatMap(List::stream).toList()) {
            assertFalse(done(booked).repeated());
        }
        assertEquals(THREADS * each, book.settlements());
        assertEquals(Map.of(new Counter.Key("年度起付线", Period.YEAR, "2026-01-01"), 10_000L,
                new Counter.Key("年度封顶线", Period.YEAR, "2026-01-01"), 100_000L), book.yearToDate("P").sums());
        assertEquals(Fen.ZERO, book.person("P").orElseThrow().purse().own());
        try (var connection = store.connect()) {
            assertEquals(100_000, new Audit(connection).number("select sum(fund_fen) from settlements"));
        }
    }

    @Test
    void manyWritersOfOneKeyBookOnce() throws Exception {
        book.register(County.person("P"));
        for (var round = 0; round < 10; round++) {
            var key = "k" + round;
            var answers = together(thread -> {
                var submission = County.submission("P", key);
                return done(book.settle(new Book.Submission(submission.id() + "-" + thread,
                        submission.institution(), key, submission.content(), "P", County.DAY, submission.now()),
                        County.settle(key, 20_000)));
            });
            assertEquals(1, answers.stream().filter(answer -> !answer.repeated()).count(), key);
            for (var answer : answers) {
                assertSame(answers.getFirst().stored(), answer.stored());
            }
            assertEquals(round + 1, book.settlements());
        }
    }

    @Test
    void oneKeyForTwoMembersAtOnceBelongsToOneOfThem() throws Exception {
        IntStream.range(0, THREADS).forEach(i -> book.register(County.person("P" + i)));
        var answers = together(thread -> book.settle(
                County.submission("P" + thread, "k", "content " + thread), County.settle("k", 20_000)));
        assertEquals(1, answers.stream().filter(Booked.Done.class::isInstance).count());
        assertEquals(THREADS - 1, answers.stream().filter(Booked.KeyTaken.class::isInstance).count());
    }

    @Test
    void aFamilyNeverSpendsMoreThanItHas() throws Exception {
        book.register(County.person("F", 100, 200));
        book.register(County.person("M", 50, 0));
        IntStream.range(2, THREADS).forEach(i -> book.register(
                County.person("C" + i, 1, 0, i % 2 == 0 ? new String[] {"F", "M"} : new String[] {"M", "F"})));
        together(thread -> {
            for (var i = 0; i < 20; i++) {
                var token = thread == 0 ? "F" : thread == 1 ? "M" : "C" + thread;
                var key = thread + "-" + i;
                done(book.settle(County.submission(token, key), County.settle(key, 1_000)));
            }
            return "";
        });
        assertEquals(List.of(Fen.ZERO, Fen.ZERO), List.of(
                book.person("F").orElseThrow().purse().own(), book.person("M").orElseThrow().purse().own()));
        assertEquals(Fen.ZERO, book.person("C2").orElseThrow().purse().family());
    }

    @Test
    void anyMixtureOfRequestsAddsUp() throws Exception {
        var seed = new Random().nextLong();
        System.out.println(getClass().getSimpleName() + ": seed " + seed);
        book.register(County.person("P0", 70, 30));
        IntStream.range(1, 5).forEach(i -> book.register(County.person("P" + i, i * 10, 5, "P" + (i - 1))));
        together(thread -> {
            var random = new Random(seed + thread);
            for (var i = 0; i < 40; i++) {
                var key = "k" + random.nextInt(150);
                var member = "P" + key.hashCode() % 5;
                var bill = 1 + random.nextInt(60_000);
                var booked = book.settle(County.submission(member, key), random.nextInt(10) == 0
                        ? situation -> new Decision.Refuse(new Refusal(RefusalCode.NOT_INSURED, "", "", "", ""))
                        : County.settle(key, County.bill(bill, 1 + random.nextInt(9))));
                assertTrue(booked instanceof Booked.Done || booked instanceof Booked.Refused, booked::toString);
            }
            return "";
        });
        assertTrue(book.settlements() > 50, () -> "settlements " + book.settlements());
    }

    @Test
    void oneFailureAmongManyTakesNobodyWithIt() throws Exception {
        IntStream.range(0, THREADS).forEach(i -> book.register(County.person("P" + i)));
        var answers = together(thread -> {
            var booked = 0;
            for (var i = 0; i < 30; i++) {
                var key = thread + "-" + i;
                try {
                    book.settle(County.submission("P" + thread, key), (thread + i) % 3 == 0 ? situation -> {
                        throw new IllegalStateException("on purpose");
                    } : County.settle(key, 5_000));
                    booked++;
                } catch (IllegalStateException onPurpose) {
                    assertEquals(0, (thread + i) % 3);
                }
            }
            return booked;
        });
        assertEquals(answers.stream().mapToInt(Integer::intValue).sum(), book.settlements());
        assertEquals(160, book.settlements());
    }

    interface Task<T> {
        T run(int thread) throws Exception;
    }

    static <T> List<T> together(Task<T> task) throws Exception {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<T>> running = new ArrayList<>();
            for (var i = 0; i < THREADS; i++) {
                var thread = i;
                running.add(threads.submit((Callable<T>) () -> {
                    start.await();
                    return task.run(thread);
                }));
            }
            start.countDown();
            var results = new ArrayList<T>();
            for (var future : running) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }
}
