package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.core.calendar.KnownOn;
import tongchou.core.ledger.Account;
import tongchou.core.ledger.Entry;
import tongchou.core.money.Fen;
import tongchou.core.policy.Payer;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Waterfalls;
import tongchou.core.settlement.Workings;
import tongchou.storage.Resettlements.Again;
import tongchou.storage.Resettlements.Cause;
import tongchou.storage.Resettlements.Difference;
import tongchou.storage.Resettlements.Move;
import tongchou.storage.Resettlements.Moved;
import tongchou.storage.Resettlements.Order;
import tongchou.storage.Resettlements.Recounted;
import tongchou.storage.Resettlements.Request;
import tongchou.storage.Resettlements.Resettlement;
import tongchou.storage.Resettlements.State;

/// How every book computes settlements again, shows the differences and books them.
abstract class ResettlementContract extends VerificationContract {

    static final Instant NOW = Instant.parse("2026-04-01T08:00:00Z");
    static final Waterfalls OLD = County.rules("1.0.0", "1", "80%");
    static final Waterfalls NEW = County.rules("1.1.0", "2", "85%");

    /// From 1 January, as a document of March says.
    static final Cause IN_MARCH = new Cause.NewRules("demo-county", "1.1.0", "2".repeat(64), null,
            LocalDate.of(2026, 1, 1));

    private Waterfalls rules = County.RULES;

    void settle(String member, String key, String day, long fen) {
        done(book.settle(County.submission(member, key, day + " " + fen), decide(key, LocalDate.parse(day), fen)));
    }

    private Book.Decide decide(String key, LocalDate day, long fen) {
        return situation -> settle(rules, situation, key, day, fen) instanceof Settlement settled
                ? new Book.Decision.Settle(settled, County.reply(key, settled)) : null;
    }

    private static Object settle(Waterfalls by, Book.Situation situation, String name, LocalDate day, long fen) {
        return by.settle(County.claim(situation, name, day, County.bill(fen, 3)), situation.yearToDate(),
                KnownOn.LATEST, new Workings());
    }

    /// Settles by the rules that a settlement was settled by, or by those that are given for all.
    static Again again(Waterfalls... forAll) {
        return (prior, situation) -> {
            var words = new String(prior.content(), StandardCharsets.UTF_8).split(" ");
            var by = forAll.length > 0 ? forAll[0]
                    : List.of(County.RULES, OLD, NEW).stream().filter(one -> one.policy().hash()
                    .equals(prior.rules().hash())).findFirst().orElseThrow();
            return switch (settle(by, situation, prior.stored().key(), LocalDate.parse(words[0]),
                    Long.parseLong(words[1]))) {
                case Settlement settled -> new Recounted.Settled(settled, County.reply(prior.stored().key(), settled));
                case Refusal refusal -> new Recounted.Not(refusal.code().name());
                default -> throw new AssertionError();
            };
        };
    }

    Resettlements work() {
        return book.resettlements();
    }

    Resettlement start(String id, Cause cause) {
        return work().start(new Request(id, cause, "", "测试", "王", NOW));
    }

    Resettlement run(String id, Again again) {
        var at = work().step(id, 2, again, NOW);
        while (at.state().isRunning()) {
            at = work().step(id, 2, again, NOW);
        }
        return at;
    }

    Resettlement confirm(String id, Again again) {
        assertInstanceOf(Moved.Done.class, work().move(id, new Order(Move.CONFIRM, 0, "李", "", NOW)));
        return run(id, again);
    }

    private static String text(Difference one) {
        var fund = one.payers().get(Payer.POOLED);
        return one.settlement().replaceAll(".*-", "") + " fund " + (fund == null ? 0 : fund.before().value()) + "->"
                + (fund == null ? 0 : fund.after().value()) + " due " + one.due().value();
    }

    List<String> texts(String id) {
        return work().differences(id, 0, 100).stream().map(ResettlementContract::text).toList();
    }

    private Map<String, Long> sums(String member) {
        var sums = new TreeMap<String, Long>();
        book.yearToDate(member).sums().forEach((key, sum) -> sums.put(key.name() + " " + key.periodKey(), sum));
        return sums;
    }

    // What comes out -------------------------------------------------------------------------------------------------

    /// The fund pays half of what exceeds 100 yuan a year, at most 1,000 yuan a year; amounts in yuan, day by day.
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happened               | booked in this order                   | reversed | differences in fen
            # k2 60+40 borne: (100-40)/2 = 30 of the fund, now (100-100)/2 = 0; k3 meets a borne deductible as before
            the deductible comes later    | k1=01-10:60 k2=02-10:100 k3=03-01:200  | k1       | k2 fund 3000->0 due -3000
            # k1 (1500-100)/2 = 700, k2 500 cut to 300, k3 0; then k2 (1000-100)/2 = 450, k3 200
            a ceiling becomes free        | k1=01-10:1500 k2=02-10:1000 k3=03-01:400 | k1     | k2 fund 30000->45000 due 15000, k3 fund 0->20000 due 20000
            # the late one bears 80 of the deductible and loses 40; the one overtaken bears 20 and gets (300-20)/2 = 140
            one arrives late              | k1=02-10:300 k2=01-10:80               |          | k2 fund 4000->0 due -4000, k1 fund 10000->14000 due 4000
            one arrives late, with none   | k1=02-10:50 k2=01-10:30                |          |
            # k3 met a deductible that was borne: 40/2 = 20; now it bears 40 of it and k1 60: (90-60)/2 = 15
            late and reversed             | k1=02-10:90 k2=03-10:500 k3=01-10:40   | k2       | k3 fund 2000->0 due -2000, k1 fund 0->1500 due 1500
            next year is another          | k1=01-10:100 k2=2027-01-10:100         | k1       |
            """)
    void theYearIsRightInTheOrderOfService(String what, String booked, String reversed, String differences)
            throws SQLException {
        book.register(County.person("P"));
        for (var one : booked.split(" ")) {
            var words = one.split("[=:]");
            settle("P", words[0], words[1].length() == 5 ? "2026-" + words[1] : words[1],
                    Fen.ofYuan(words[2]).value());
        }
        if (reversed != null) {
            book.reverse(County.reversing("S-P-" + reversed, "r"), County::answer);
        }
        var marked = !book.stale("P").isEmpty();
        start("w", new Cause.StaleSums());
        assertEquals(marked ? State.READY : State.DONE, run("w", again()).state(), what);
        assertEquals(differences == null ? List.of() : List.of(differences.split(", ")), texts("w"), what);
        var before = book.stale("P");
        if (marked) {
            assertEquals(State.DONE, confirm("w", again()).state());
        }
        assertEquals(List.of(), book.stale("P"), () -> "was " + before);
        assertEquals(List.of(), book.staleMembers("", 9));
        // What is right stays so: nothing comes out otherwise when all of it is settled once more.
        start("w2", new Cause.OneMember("P"));
        run("w2", again());
        assertEquals(List.of(), texts("w2"));
    }

    /// The fund pays 80% of what exceeds 100 yuan a year, at most 1,000 yuan; a document of March makes it 85% from
    /// 1 January.
    @Test
    void aRuleThatArrivesInMarchReachesBackToJanuary() {
        rules = OLD;
        book.register(County.person("P"));
        book.register(County.person("Q"));
        settle("P", "last", "2025-12-30", 20_000);
        settle("P", "k1", "2026-01-10", 60_000);
        settle("P", "k2", "2026-02-10", 100_000);
        settle("Q", "q1", "2026-02-11", 30_000);
        rules = NEW;
        settle("Q", "q2", "2026-03-20", 10_000);
        var started = start("w", IN_MARCH);
        assertEquals(2, started.progress().members());
        assertEquals(new Resettlements.Progress(2, 2, 0, 0, 0), run("w", again(NEW)).progress());
        // last: of a day before. k1: (600-100)*80% = 400, *85% = 425. k2: 1000*80% = 800 cut to 600, 850 cut to 575.
        // q1: (300-100)*80% = 160, *85% = 170. q2: by the new rules already.
        assertEquals(List.of("k1 fund 40000->42500 due 2500", "k2 fund 60000->57500 due -2500",
                "q1 fund 16000->17000 due 1000"), texts("w"));
        assertEquals(List.of("POOLED 116000->117000", "CASH 74000->73000"), work().sums("w").stream()
                .map(sum -> sum.payer() + " " + sum.change().before().value() + "->" + sum.change().after().value())
                .toList());
        assertEquals(3, work().sums("w").getFirst().settlements());
        assertEquals(State.DONE, confirm("w", again(NEW)).state());
        var correction = work().corrections("S-P-k1").getFirst();
        assertEquals("S-P-k1-c1", correction.id());
        assertEquals("1.1.0", correction.rules().version());
        assertEquals(Map.of(Payer.POOLED, Fen.of(2_500), Payer.CASH, Fen.of(-2_500)), correction.more());
        assertEquals(Fen.of(2_500), correction.due());
        assertEquals(100_000L, sums("P").get("年度封顶线 2026-01-01"));
        // Nobody is affected any more; and what is stale later keeps the rules of its correction.
        assertEquals(0, start("w2", IN_MARCH).progress().members());
        assertEquals(State.DONE, run("w2", again(NEW)).state());
        book.reverse(County.reversing("S-P-k1", "r"), County::answer);
        start("w3", new Cause.StaleSums());
        run("w3", again());
        // k2 bears the deductible: (1000-100)*85% = 765.
        assertEquals(List.of("k2 fund 57500->76500 due 19000"), texts("w3"));
    }

    @Test
    void accountMoneyGoesBackAndIsNeverTakenAgain() {
        book.register(County.person("Z", 100, 0));
        book.register(County.person("P", 20, 10, "Z"));
        // All of the deductible: 20 of the current year, 10 of earlier years, 40 of the family.
        settle("P", "k1", "2026-02-10", 7_000);
        assertEquals(List.of(0L, 0L, 6_000L), purse());
        // Deductible 30, (100-30)/2 = 35 of the fund, the family's 60, 5 in cash.
        settle("P", "k2", "2026-01-10", 10_000);
        start("w", new Cause.StaleSums());
        run("w", again());
        // k2 bears 100: the family's 60 and 40 in cash, 35 more than it paid. k1: the fund pays 35, its own account
        // 20 and 10, the family 5.
        assertEquals(List.of("k2 fund 3500->0 due -3500", "k1 fund 0->3500 due 0"), texts("w"));
        confirm("w", again());
        assertEquals(List.of(0L, 0L, 3_500L), purse());
        assertEquals(List.of(new Entry(new Account(Account.Kind.PERSON_DUE, "P"), Fen.of(-3_500)),
                new Entry(new Account(Account.Kind.POOLED_EMPLOYEE, "330199"), Fen.of(3_500))),
                work().entries("S-P-k2-c1"));
        // A reversal takes the settlement and its difference back, the account money too.
        var reply = book.settlement("S-P-k1").orElseThrow().reply();
        book.reverse(County.reversing("S-P-k1", "r"), County::answer);
        assertEquals(List.of(2_000L, 1_000L, 4_000L), purse());
        assertEquals(List.of("S-P-k1-c1", "S-P-k1-c1-r"), work().corrections("S-P-k1").stream()
                .map(Resettlements.Correction::id).toList());
        assertEquals("S-P-k1-c1", work().corrections("S-P-k1").getLast().takesBack());
        assertEquals(Map.of("年度起付线 2026-01-01", 10_000L), sums("P"));
        assertArrayEquals(reply, book.settlement("S-P-k1").orElseThrow().reply());
    }

    private List<Long> purse() {
        var purse = book.person("P").orElseThrow().purse();
        return List.of(purse.currentYear().value(), purse.earlierYears().value(), purse.family().value());
    }

    // Against a book in which everything came in the right order -----------------------------------------------------

    /// Late arrivals, reversals and re-settlements in any order leave what a member would have in a book in which the
    /// settlements that stand were booked in the order of service.
    @Test
    void theYearIsWhatItWouldBeHadEverythingComeInOrder() {
        var seed = new Random().nextLong();
        System.out.println(getClass().getSimpleName() + " re-settlements: seed " + seed);
        var random = new Random(seed);
        for (var run = 0; run < 6; run++) {
            var member = "P" + run;
            book.register(County.person(member));
            var standing = new ArrayList<String>();
            for (var i = 0; i < 14; i++) {
                var key = run + "-" + i;
                if (standing.size() > 2 && random.nextInt(4) == 0) {
                    var gone = standing.remove(random.nextInt(standing.size()));
                    book.reverse(County.reversing("S-" + member + "-" + gone.split("=")[0], "r" + key), County::answer);
                } else {
                    var day = County.YEAR.plusDays(random.nextInt(360)).toString();
                    var fen = 100 + random.nextInt(60_000);
                    settle(member, key, day, fen);
                    standing.add(key + "=" + day + "=" + fen);
                }
                if (random.nextInt(5) == 0) {
                    resettle("w" + key);
                }
            }
            resettle("w" + run);
            var right = "Q" + run;
            book.register(County.person(right));
            standing.sort(java.util.Comparator.comparing((String one) -> one.split("=")[1]).thenComparing(one ->
                    Integer.valueOf(one.split("=")[0].split("-")[1])));
            standing.forEach(one -> settle(right, "q" + one.split("=")[0], one.split("=")[1],
                    Long.parseLong(one.split("=")[2])));
            assertEquals(sums(right), sums(member), "seed " + seed);
            assertEquals(fund(right, "q", standing), fund(member, "", standing), "seed " + seed);
        }
    }

    private void resettle(String id) {
        start(id, new Cause.StaleSums());
        if (run(id, again()).state() == State.READY) {
            assertEquals(State.DONE, confirm(id, again()).state());
        }
    }

    /// What the fund pays for each settlement, corrections included.
    private List<Long> fund(String member, String prefix, List<String> standing) {
        return standing.stream().map(one -> "S-" + member + "-" + prefix + one.split("=")[0]).map(id ->
                -java.util.stream.Stream.concat(book.entries(id).stream(), work().corrections(id).stream()
                        .flatMap(correction -> work().entries(correction.id()).stream()))
                        .filter(entry -> entry.account().kind() == Account.Kind.POOLED_EMPLOYEE)
                        .mapToLong(entry -> entry.amount().value()).sum()).toList();
    }
}
