package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.core.alliance.Alliance;
import tongchou.core.alliance.Institution;
import tongchou.core.alliance.Membership;
import tongchou.core.calendar.InForce;
import tongchou.core.fund.Budget;
import tongchou.core.fund.Budget.Holder;
import tongchou.core.ledger.Account.Kind;
import tongchou.core.money.Fen;
import tongchou.core.people.Status;
import tongchou.storage.Budgets.Allotted;
import tongchou.storage.Resettlements.Cause;

/// What every book says of budgets: what is left is what was allotted less what the funds paid (I8).
abstract class BudgetContract extends OversightContract {

    private static final Instant NOW = Instant.parse("2026-03-10T02:00:00Z");
    private static final Inspection ALL = Inspection.FIRST_DIFFERENCE.atMost(1_000);

    private Budgets budgets() {
        return book.oversight().budgets();
    }

    private static Budget budget(String code, Holder holder, int year, Kind... funds) {
        return new Budget(code, holder, "330100", year, Set.of(funds));
    }

    private static final Budget OF_ALLIANCE = budget("B1", new Holder.OfAlliance("A1"), 2026, Kind.POOLED_EMPLOYEE);
    private static final Budget OF_H2 = budget("B2", new Holder.OfInstitution("H2"), 2026, Kind.POOLED_EMPLOYEE,
            Kind.POOLED_RESIDENT);

    private String allot(String id, Budget budget, boolean opens, long yuan) {
        return switch (budgets().allot(new Budgets.Order(id, budget, opens, Fen.of(yuan * 100), "示例〔2026〕1号", "年初",
                "key a", "key b", NOW))) {
            case Allotted.Done(var allotment, var repeated) ->
                    allotment.amount().yuan() + (repeated ? " again" : "");
            case Allotted.Not(var field, var why) -> field;
        };
    }

    /// The hospital belongs to the alliance until 10 March, H2 from then on.
    private void county() {
        book.register(County.hospital("H2", County.YEAR.minusYears(1), LocalDate.MAX));
        var tenth = LocalDate.of(2026, 3, 10);
        assertEquals(Optional.empty(), book.register(new Alliance.CountyCommunity("A1", "医共体", List.of(
                new Membership(County.HOSPITAL, Membership.Role.LEAD, new InForce(County.YEAR, tenth)),
                new Membership("H2", Membership.Role.MEMBER, InForce.from(tenth.plusDays(1)))))));
        book.register(County.person("P"));
        book.register(County.person("Q"));
        book.register(County.person("R"));
    }

    /// Somebody's bill at an institution on a day, in yuan; the fund pays half of what exceeds 100 a year.
    private void at(String institution, String member, String key, String day, long yuan) {
        var content = day + " " + yuan * 100;
        done(book.settle(new Book.Submission("S-" + member + "-" + key, institution, key,
                content.getBytes(StandardCharsets.UTF_8), member, LocalDate.parse(day), NOW),
                County.settle(key, LocalDate.parse(day), yuan * 100)));
    }

    private String position(String code) {
        var position = budgets().position(code).orElseThrow();
        return position.spent().stream().map(one -> one.institution() + " " + one.fund() + " " + one.amount().yuan())
                .collect(Collectors.joining(", ")) + "; " + position.allotted().yuan() + " less "
                + position.paid().yuan() + " is " + position.left().yuan() + (position.isOverspent() ? " over" : "");
    }

    private void moveUp() {
        ((SqlBudgets) budgets()).spending().moveUp(0);
    }

    @Test
    void anAllotmentIsBookedOnceAndNeverChanged() throws SQLException {
        county();
        assertEquals("code", allot("a0", OF_ALLIANCE, false, 500), "nothing is there yet");
        assertEquals("500.00", allot("a1", OF_ALLIANCE, true, 500));
        assertEquals("500.00 again", allot("a1", OF_ALLIANCE, true, 500));
        assertEquals("code", allot("a2", OF_ALLIANCE, true, 500), "it is open already");
        assertEquals("code", allot("a2", budget("B1", OF_ALLIANCE.holder(), 2027, Kind.POOLED_EMPLOYEE), false, 5));
        assertEquals("funds", allot("a2", budget("B3", OF_ALLIANCE.holder(), 2026, Kind.POOLED_EMPLOYEE,
                Kind.ASSISTANCE), true, 5), "employees' money would count twice");
        assertEquals("institution", allot("a2", budget("B4", new Holder.OfInstitution("H9"), 2026, Kind.ASSISTANCE),
                true, 5));
        assertEquals("-200.00", allot("a2", OF_ALLIANCE, false, -200));
        assertEquals("amount_fen", allot("a3", OF_ALLIANCE, false, -301));
        assertEquals("amount_fen", allot("a3", OF_ALLIANCE, false, 0));
        assertEquals("-300.00", allot("a3", OF_ALLIANCE, false, -300));
        assertEquals("; 0.00 less 0.00 is 0.00", position("B1"));
        assertEquals(List.of("a1", "a2", "a3"),
                budgets().allotments("B1").stream().map(Budgets.Allotment::id).toList());
        assertEquals(List.of(OF_ALLIANCE), budgets().all());
        assertEquals(Optional.empty(), budgets().position("B9"));
        try (var connection = store.connect(); var sql = connection.createStatement()) {
            for (var statement : List.of("update allotments set amount_fen = 5", "delete from allotments",
                    "update budgets set year = 2025", "delete from budget_funds",
                    "insert into allotments (public_id, budget, amount_fen, document, reason, asked_by, confirmed_by, "
                    + "allotted_at) select 'x', id, -1, 'd', 'r', 'a', 'b', 0 from budgets")) {
                assertThrows(SQLException.class, () -> sql.executeUpdate(statement), statement);
            }
        }
    }

    @Test
    void whatIsLeftIsWhatWasAllottedLessWhatTheFundsPaid() throws SQLException {
        county();
        allot("a1", OF_ALLIANCE, true, 500);
        allot("a2", OF_H2, true, 1_000);
        for (var round = 0; round < 2; round++) {
            var p = "P" + round;
            var q = "Q" + round;
            book.register(County.person(p));
            book.register(County.person(q));
            var times = round + 1;
            // (300 - 100) / 2 = 100, then 100 / 2 = 50, at the hospital while it belongs to the alliance
            at(County.HOSPITAL, p, "k1" + round, "2026-01-05", 300);
            at(County.HOSPITAL, p, "k2" + round, "2026-03-10", 100);
            // the hospital no longer belongs, H2 not yet; and another year
            at(County.HOSPITAL, p, "k3" + round, "2026-03-11", 100);
            at("H2", q, "k4" + round, "2026-03-10", 300);
            at("H2", q, "k5" + round, "2025-12-31", 300);
            // H2 belongs: 200 / 2 = 100
            at("H2", q, "k6" + round, "2026-03-11", 200);
            assertEquals("H2 POOLED_EMPLOYEE %d.00, %s POOLED_EMPLOYEE %d.00; 500.00 less %d.00 is %d.00".formatted(
                    times * 100, County.HOSPITAL, times * 150, times * 250, 500 - times * 250), position("B1"));
            assertEquals("H2 POOLED_EMPLOYEE %d.00; 1000.00 less %d.00 is %d.00".formatted(times * 200, times * 200,
                    1_000 - times * 200), position("B2"));
            moveUp();
            assertEquals(List.of(), book.verify(ALL));
        }
        at("H2", "R", "k7", "2026-12-31", 400);
        assertTrue(position("B1").endsWith("is -150.00 over"), position("B1"));
        book.reverse(County.reversing("S-R-k7", "r1"), County::answer);
        assertTrue(position("B1").endsWith("500.00 less 500.00 is 0.00"), position("B1"));
        moveUp();
        assertTrue(position("B1").endsWith("500.00 less 500.00 is 0.00"), position("B1"));
        allot("a3", OF_ALLIANCE, false, -100);
        assertTrue(position("B1").endsWith("400.00 less 500.00 is -100.00 over"), position("B1"));
        reopen(Writer.Commit.ORDINARY);
        assertTrue(position("B1").endsWith("400.00 less 500.00 is -100.00 over"), position("B1"));
    }

    /// k1 is reversed, so that k2 bears the deductible: 100 less 100 is 0 instead of (60 + 100 - 100) / 2 = 30.
    @Test
    void correctionsCountOnTheDayOfTheirSettlement() {
        county();
        allot("a1", OF_ALLIANCE, true, 100);
        settle("P", "k1", "2026-01-10", 6_000);
        settle("P", "k2", "2026-02-10", 10_000);
        settle("P", "k3", "2026-03-01", 20_000);
        assertEquals(County.HOSPITAL + " POOLED_EMPLOYEE 130.00; 100.00 less 130.00 is -30.00 over", position("B1"));
        book.reverse(County.reversing("S-P-k1", "r1"), County::answer);
        moveUp();
        start("w", new Cause.StaleSums());
        run("w", again());
        confirm("w", again());
        assertEquals(County.HOSPITAL + " POOLED_EMPLOYEE 100.00; 100.00 less 100.00 is 0.00", position("B1"));
        moveUp();
        assertEquals(County.HOSPITAL + " POOLED_EMPLOYEE 100.00; 100.00 less 100.00 is 0.00", position("B1"));
    }

    /// Somebody who retires into another scheme: what the employees' fund pays is told from what the residents' does.
    @Test
    void theFundIsThatOfTheSchemeOnTheDay() {
        county();
        allot("a1", budget("B1", new Holder.OfInstitution(County.HOSPITAL), 2026, Kind.POOLED_RESIDENT), true, 100);
        settle("P", "k1", "2026-01-10", 30_000);
        book.changeStanding("P", County.standing(LocalDate.of(2026, 2, 1), LocalDate.MAX, Status.ADULT));
        settle("P", "k2", "2026-02-10", 10_000);
        assertEquals(County.HOSPITAL + " POOLED_RESIDENT 50.00; 100.00 less 50.00 is 50.00", position("B1"));
        book.changeStanding("P", County.standing(LocalDate.of(2026, 2, 5), LocalDate.MAX, Status.ACTIVE));
        assertEquals(List.of(), book.verify(ALL));
        assertEquals("100.00 less 50.00 is 50.00", position("B1").replaceAll(".*; ", ""));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            I8 | update fund_spending set fen = fen + 1 where day = '2026-01-05'
            I8 | delete from fund_spending where day = '2026-01-05'
            I8 | update fund_spending set institution = (select id from institutions where code = 'H2')
            I8 | update fund_spending_reach set through = 0
            I8 | update fund_spending_reach set through = 99
            I8 | update settlements set entry_amounts = replace(entry_amounts, '-5000', '-5001') where id = 3
            I8 | update settlements set entry_accounts = concat('[', (select id from accounts \
            where kind = 'OTHER_FUND'), substr(entry_accounts, 3)) where id = 3
            I8 | update settlements set posting_amounts = replace(posting_amounts, '[', '[1') where id = 1
            I8 | update allotments set amount_fen = amount_fen + 1
            I8 | update allotments set document = 'another'
            I8 | delete from allotments
            I8 | update budgets set year = 2025
            I8 | delete from budget_funds
            I8 | insert into allotments (id, public_id, budget, amount_fen, document, reason, asked_by, confirmed_by, \
            allotted_at) %s select 99, 'x', 1, 5, 'd', 'r', 'a', 'b', 0
            """)
    void aVerificationFindsWhatWasDoneToABudget(String check, String statement) throws SQLException {
        county();
        allot("a1", OF_ALLIANCE, true, 500);
        at(County.HOSPITAL, "P", "k1", "2026-01-05", 300);
        at(County.HOSPITAL, "Q", "k2", "2026-01-06", 100);
        moveUp();
        at(County.HOSPITAL, "P", "k3", "2026-01-06", 100);
        assertEquals(List.of(), book.verify(ALL));
        String identity;
        try (var connection = store.connect(); var sql = connection.createStatement()) {
            sql.execute("insert into accounts (kind, owner) values ('OTHER_FUND', '330199')");
            identity = connection.getMetaData().getDatabaseProductName().equals("SQLite") ? ""
                    : "overriding system value";
        }
        tamper(statement.formatted(identity));
        assertTrue(checks(book.verify(ALL)).contains(check), () -> statement + ": " + book.verify(ALL));
    }

    /// Sums are moved up while settlements go on; nothing is counted twice or left out.
    @Test
    void theSumsAreMovedUpWhileOthersBook() throws Exception {
        county();
        allot("a1", budget("B1", new Holder.OfInstitution(County.HOSPITAL), 2026, Kind.POOLED_EMPLOYEE), true, 1);
        IntStream.range(0, 4).forEach(i -> book.register(County.person("M" + i)));
        var left = new ArrayList<Callable<Boolean>>();
        for (var i = 0; i < 4; i++) {
            var member = "M" + i;
            left.add(() -> {
                for (var n = 0; n < 25; n++) {
                    done(book.settle(County.submission(member, member + n), County.settle(member + n, 2_000)));
                }
                return true;
            });
        }
        left.add(() -> {
            for (var n = 0; n < 15; n++) {
                moveUp();
            }
            return true;
        });
        all(left);
        // 25 bills of 20 yuan less 100 yuan, half: 200 yuan for each of four
        assertTrue(position("B1").endsWith("1.00 less 800.00 is -799.00 over"), position("B1"));
    }

    private static void all(List<Callable<Boolean>> tasks) throws Exception {
        try (var threads = Executors.newFixedThreadPool(tasks.size())) {
            for (var task : threads.invokeAll(tasks)) {
                assertTrue(task.get());
            }
        }
    }

    /// What a settlement met is what the book knew then, also where its institution is registered anew meanwhile.
    @Test
    void anInstitutionMayBeRegisteredAnewWhileItSettles() throws Exception {
        IntStream.range(0, 4).forEach(i -> book.register(County.person("M" + i)));
        var tasks = new ArrayList<Callable<Boolean>>();
        for (var i = 0; i < 4; i++) {
            var member = "M" + i;
            tasks.add(() -> {
                for (var n = 0; n < 30; n++) {
                    var key = member + n;
                    done(book.settle(County.submission(member, key), situation -> switch (
                            County.settle(key, 2_000).on(situation)) {
                        case Book.Decision.Settle(var settlement, var none) -> new Book.Decision.Settle(settlement,
                                situation.institution().orElseThrow().name().getBytes(StandardCharsets.UTF_8));
                        case Book.Decision refused -> refused;
                    }));
                }
                return true;
            });
        }
        tasks.add(() -> {
            for (var n = 0; n < 40; n++) {
                var from = County.DAY.minusDays(40 - n);
                var present = County.hospital(County.HOSPITAL, from, LocalDate.MAX);
                assertEquals(Optional.empty(), book.register(new Institution(present.code(), "第" + n + "版",
                        present.division(), present.tier(), present.kind(), present.administration(),
                        present.specialty(), present.inForce())));
            }
            return true;
        });
        all(tasks);
        var met = new java.util.TreeSet<String>();
        assertEquals(List.of(), book.verify(ALL.recomputing(inputs -> {
            var name = new String(inputs.stored().reply(), StandardCharsets.UTF_8);
            var known = inputs.institutions().apply(County.HOSPITAL, County.DAY).orElseThrow().name();
            met.add(name);
            return name.equals(known) ? Optional.empty() : Optional.of(new Finding("I10", inputs.stored().id(),
                    "met " + name + ", the book knew " + known));
        })));
        assertTrue(met.size() > 1, "the institution was registered before or after all of it: " + met);
    }
}
