package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tongchou.core.calendar.KnownOn;
import tongchou.core.fund.Budget;
import tongchou.core.ledger.Account;
import tongchou.core.money.Fen;
import tongchou.core.people.Status;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Workings;
import tongchou.storage.Book.Booked;

/// Whichever call to the store fails, before or after it was made, asking again leads to the same book, on every store.
///
/// Calls are statements and commits. Every scenario is run undisturbed first; then with its first call failing, its
/// second, and so on until nothing fails any more; each time for a new member, who must end as the first did.
class FailingCallsTest {

    private static final Instant NOW = Instant.parse("2026-03-04T00:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

    @TempDir
    private static Path folder;

    /// Where the book is kept.
    enum Kind { SQLITE, POSTGRESQL }

    /// Requests in their order for one member; each may be asked again when it failed.
    @FunctionalInterface
    private interface Scenario {
        List<Runnable> requests(Book book, String member);
    }

    private static final Map<String, Scenario> SCENARIOS = scenarios();

    private static Map<String, Scenario> scenarios() {
        var all = new LinkedHashMap<String, Scenario>();
        all.put("settle", (book, member) -> List.of(settle(book, member, "a", 70_000),
                settle(book, member, "b", 30_000)));
        all.put("reverse", (book, member) -> List.of(settle(book, member, "a", 70_000), () -> assertInstanceOf(
                Book.Reversed.Done.class, book.reverse(County.reversing(id(member, "a"), member + "r"),
                        County::answer)), settle(book, member, "b", 30_000)));
        all.put("replace", (book, member) -> List.of(settle(book, member, "a", 70_000), () -> assertInstanceOf(
                Book.Replaced.Done.class, book.replace(County.reversing(id(member, "a"), member + "r"), County::answer,
                        submission(member, "b", 30_000), County.settle(member + "b", DAY, 30_000)))));
        all.put("park and release", (book, member) -> List.of(settle(book, member, "a", 20_000),
                () -> assertTrue(book.parkings().park(member, null, "查", "王", NOW)),
                () -> assertInstanceOf(Booked.Parked.class, book.settle(submission(member, "b", 1), refuse())),
                () -> book.parkings().release(member, null, "查过", "李", NOW), settle(book, member, "b", 30_000)));
        all.put("register", (book, member) -> List.of(
                () -> assertTrue(book.register(County.hospital("H" + member, County.YEAR, LocalDate.MAX)).isEmpty()),
                () -> assertTrue(book.register(County.person(member + "x", 3, 4, member)).isEmpty()),
                () -> assertTrue(book.changeStanding(member + "x", County.standing(County.YEAR, LocalDate.MAX,
                        Status.RETIRED)).isEmpty())));
        all.put("note and checkpoint", (book, member) -> {
            var seal = SimulationTest.seal(folder.resolve("checkpoints-" + member));
            return List.of(() -> book.note("look", member, "核对"),
                    () -> assertEquals(book.auditSize(), book.checkpoint(seal, NOW).size()));
        });
        all.put("keys", (book, member) -> List.of(() -> {
            if (book.keys().all().stream().noneMatch(key -> key.id().equals(member))) {
                book.keys().add(new Keys.Key(member, hash(member), "某人", "administrator", "", DAY, DAY.plusDays(9), "t",
                        NOW, null, null));
            }
        }, () -> assertTrue(book.keys().revoke(member, new Keys.Revocation("t", NOW, "遗失")).isPresent())));
        all.put("allot", FailingCallsTest::allot);
        all.put("settle again", FailingCallsTest::settleAgain);
        return all;
    }

    /// A budget of a hospital of its own, and what all funds paid moved up; verification adds that up again.
    private static List<Runnable> allot(Book book, String member) {
        var budgets = (SqlBudgets) book.oversight().budgets();
        var budget = new Budget("B" + member, new Budget.Holder.OfInstitution("H" + member), "330199", 2026,
                Account.Kind.funds());
        return List.of(() -> assertTrue(book.register(
                County.hospital("H" + member, County.YEAR, LocalDate.MAX)).isEmpty()),
                () -> assertInstanceOf(Budgets.Allotted.Done.class, budgets.allot(new Budgets.Order("1" + member,
                        budget, true, Fen.of(500), "d", "r", "a", "b", NOW))),
                settle(book, member, "a", 70_000), () -> budgets.spending().moveUp(0),
                () -> assertInstanceOf(Budgets.Allotted.Done.class, budgets.allot(new Budgets.Order("2" + member,
                        budget, false, Fen.of(-200), "d", "r", "a", "b", NOW))),
                () -> assertEquals(Fen.of(300), budgets.position(budget.code()).orElseThrow().left()));
    }

    /// Somebody whose later settlement met sums that were taken back.
    private static List<Runnable> settleAgain(Book book, String member) {
        var work = book.resettlements();
        var id = "W-" + member;
        Resettlements.Again again = (prior, situation) -> new Resettlements.Recounted.Settled(
                (Settlement) County.RULES.settle(County.claim(situation, prior.stored().key(), DAY, County.bill(
                        Long.parseLong(new String(prior.content(), StandardCharsets.UTF_8)), 3)),
                        situation.yearToDate(), KnownOn.LATEST, new Workings()), prior.stored().reply());
        Runnable run = () -> {
            while (work.step(id, 2, again, NOW).state().isRunning()) {
                continue;
            }
        };
        return List.of(settle(book, member, "a", 70_000), settle(book, member, "b", 30_000),
                () -> book.reverse(County.reversing(id(member, "a"), member + "r"), County::answer), () -> {
                    if (work.find(id).isEmpty()) {
                        work.start(new Resettlements.Request(id, new Resettlements.Cause.OneMember(member), "", "测试",
                                "王", NOW));
                    }
                }, run, () -> work.move(id, new Resettlements.Order(
                        Resettlements.Move.CONFIRM, 0, "李", "", NOW)), run);
    }

    private static byte[] hash(String member) {
        return Fingerprint.SHA_256.of(member.getBytes(StandardCharsets.UTF_8));
    }

    private static Book.Decide refuse() {
        return situation -> {
            throw new AssertionError("nothing is decided about a parked member");
        };
    }

    private static String id(String member, String key) {
        return "S-" + member + "-" + member + key;
    }

    private static Book.Submission submission(String member, String key, long fen) {
        return County.submission(member, member + key, Long.toString(fen));
    }

    private static Runnable settle(Book book, String member, String key, long fen) {
        return () -> assertInstanceOf(Booked.Done.class,
                book.settle(submission(member, key, fen), County.settle(member + key, DAY, fen)));
    }

    @ParameterizedTest
    @EnumSource
    void askingAgainLeadsToTheSameBook(Kind kind) throws Exception {
        fail(kind, kind == Kind.SQLITE ? 3 : 9);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("long")
    void everyCallMayFail(Kind kind) throws Exception {
        fail(kind, 1);
    }

    /// @param step one: every call fails once before and once after it was made; two: every second
    private void fail(Kind kind, int step) throws Exception {
        var faults = new Faults();
        var trials = new TreeMap<String, Integer>();
        try (var book = open(kind, faults)) {
            book.register(County.hospital());
            for (var scenario : SCENARIOS.entrySet()) {
                var expected = run(book, scenario, Math.abs(scenario.getKey().hashCode()) + "u", () -> 0);
                for (var after : new boolean[] {false, true}) {
                    for (var nth = 1;; nth += step) {
                        var place = nth;
                        var name = Math.abs(scenario.getKey().hashCode()) + "n" + nth + after;
                        assertEquals(expected, run(book, scenario, name, () -> {
                            faults.failAt(place, after);
                            return place;
                        }), () -> scenario.getKey() + ": call " + place + (after ? ", after" : ", before"));
                        var over = !faults.hasHappened();
                        faults.failAt(0, false);
                        trials.merge(scenario.getKey(), 1, Integer::sum);
                        if (over) {
                            break;
                        }
                    }
                }
                assertEquals(List.of(), book.verify(Inspection.FIRST_DIFFERENCE), scenario.getKey());
            }
            assertEquals(List.of(), book.parkings().all());
        }
        System.out.println("failing calls, " + kind + ": " + trials);
        trials.forEach((scenario, count) -> assertTrue(count * step > 8, () -> scenario + " " + count));
    }

    /// @return what the member has in the end
    private static List<String> run(Book book, Map.Entry<String, Scenario> scenario, String member,
            Supplier<Integer> begin) {
        book.register(County.person(member, 120, 5));
        var requests = scenario.getValue().requests(book, member);
        begin.get();
        for (var request : requests) {
            try {
                request.run();
            } catch (BookException failed) {
                request.run();
            }
        }
        var ends = new ArrayList<String>();
        ends.add(book.person(member).orElseThrow().purse().own() + " left");
        ends.add(new TreeMap<>(sums(book, member)).toString());
        for (var key : List.of("a", "b")) {
            var stored = book.settlement(id(member, key));
            ends.add(key + " " + stored.isPresent() + " " + book.reversalOf(id(member, key)).isPresent() + " "
                    + book.resettlements().corrections(id(member, key)).size());
        }
        ends.add(book.person(member + "x").map(person -> person.standings().size()).orElse(0) + " standings");
        return ends;
    }

    private static Map<String, Long> sums(Book book, String member) {
        var sums = new TreeMap<String, Long>();
        book.yearToDate(member).sums().forEach((key, sum) -> sums.put(key.name() + key.periodKey(), sum));
        return sums;
    }

    private static Book open(Kind kind, Faults faults) throws Exception {
        return kind == Kind.POSTGRESQL ? Postgres.empty().open(faults)
                : Books.sqlite(Files.createTempDirectory(folder, "book").resolve("book.db"), faults,
                        "pragma synchronous = off");
    }
}
