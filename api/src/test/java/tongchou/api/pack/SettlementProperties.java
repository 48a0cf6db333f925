package tongchou.api.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import tongchou.core.alliance.Institution;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.InForce;
import tongchou.core.calendar.KnownOn;
import tongchou.core.calendar.Period;
import tongchou.core.catalogue.PayClass;
import tongchou.core.encounter.Care;
import tongchou.core.encounter.Channel;
import tongchou.core.encounter.ChargeLine;
import tongchou.core.encounter.Claim;
import tongchou.core.encounter.Encounter;
import tongchou.core.encounter.Filing;
import tongchou.core.encounter.Place;
import tongchou.core.encounter.Referral;
import tongchou.core.ledger.Journal;
import tongchou.core.money.Fen;
import tongchou.core.people.Contract;
import tongchou.core.people.Member;
import tongchou.core.people.Purse;
import tongchou.core.people.Relief;
import tongchou.core.people.Scheme;
import tongchou.core.people.Standing;
import tongchou.core.people.Status;
import tongchou.core.policy.Axis;
import tongchou.core.settlement.Counter;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Waterfalls;
import tongchou.core.settlement.Workings;
import tongchou.core.settlement.YearToDate;

/// What holds for every claim under every pack of this repository. Claims are drawn from a seed that jqwik prints.
class SettlementProperties {

    private static final List<Waterfalls> POLICIES = ShippedPacks.LIBRARY.policies();
    private static final AtomicInteger SETTLED = new AtomicInteger();

    private final Workings workings = new Workings();

    @AfterContainer
    static void enough_claims_were_settled() {
        System.out.println("claims settled by properties: " + SETTLED.get());
        assertTrue(SETTLED.get() > 10_000, "only " + SETTLED.get() + " claims were settled: the draws miss the packs");
    }

    private static final List<String> DISEASES = List.of("高血压", "糖尿病", "冠心病", "慢阻肺");

    /// A claim, the policy that may settle it, and the position it finds.
    record Drawn(Waterfalls policy, Claim claim, YearToDate before) {
    }

    private static <E> E one(Random random, E[] values) {
        return values[random.nextInt(values.length)];
    }

    static Drawn draw(long seed) {
        var random = new Random(seed);
        var policy = POLICIES.get(random.nextInt(POLICIES.size()));
        var cover = policy.policy().cover();
        var last = cover.isOpen() ? cover.from().plusYears(3) : cover.to();
        var span = Math.max(1, last.toEpochDay() - cover.from().toEpochDay());
        var day = cover.from().plusDays(random.nextLong(span));
        var scheme = one(random, Scheme.values());
        var statuses = List.of(Status.values()).stream().filter(status -> status.scheme() == scheme)
                .toArray(Status[]::new);
        var tier = one(random, Tier.values());
        var institution = new Institution("here", "here", policy.policy().divisions().getFirst(), tier,
                one(random, Institution.Grade.values()),
                tier == Tier.PRIMARY ? one(random, Institution.Kind.values()) : Institution.Kind.HOSPITAL,
                one(random, Institution.Administration.values()), one(random, Institution.Specialty.values()),
                InForce.ALWAYS);
        var plans = new String[] {"", "一档", "二档"};
        var retired = LocalDate.of(1995 + random.nextInt(25), 1, 1);
        var standing = new Standing(InForce.ALWAYS, institution.division(), scheme, one(random, statuses),
                one(random, plans), random.nextInt(3) == 0 ? one(random, Relief.values()) : Relief.NONE,
                random.nextInt(5) == 0, random.nextInt(4), LocalDate.of(2005 + random.nextInt(15), 1, 1),
                LocalDate.of(2005, 1, 1),
                retired, random.nextBoolean() ? null
                : new Contract(random.nextBoolean() ? "here" : "there", InForce.ALWAYS),
                random.nextBoolean() ? List.of("here") : List.of(),
                Set.copyOf(DISEASES.subList(0, 1 + random.nextInt(DISEASES.size()))),
                Set.of());
        var member = new Member("drawn", LocalDate.of(1930 + random.nextInt(85), 1 + random.nextInt(12), 5));
        var place = random.nextInt(4) == 0 ? one(random, Place.values()) : Place.LOCAL;
        var referral = random.nextInt(4) == 0
                ? new Referral(one(random, Referral.Direction.values()), "episode", day.minusDays(random.nextInt(40)))
                : null;
        var care = random.nextBoolean() ? Care.INPATIENT : one(random, Care.values());
        var lines = lines(random);
        var filing = one(random, Filing.values());
        var encounter = switch (care) {
            case INPATIENT, DAY_SURGERY, HOME_BED -> new Encounter.Stay(
                    care, day.minusDays(random.nextInt(100)), day, place, filing, referral, "高血压", lines);
            default -> new Encounter.Visit(care, day, place, filing, referral, "高血压", random.nextInt(13),
                    one(random, Channel.values()), lines);
        };
        var purse = new Purse(Fen.of(random.nextInt(500_000)), Fen.of(random.nextInt(500_000)),
                Fen.of(random.nextInt(100_000)));
        var claim = new Claim("drawn", member, standing, institution, encounter, purse);
        return new Drawn(policy, claim, position(random, policy, claim));
    }

    private static List<ChargeLine> lines(Random random) {
        var lines = new ArrayList<ChargeLine>();
        var size = random.nextInt(4) == 0 ? 40_000_000 : random.nextInt(3) == 0 ? 3_000_000 : 80_000;
        for (var i = 0; i <= random.nextInt(5); i++) {
            var amount = random.nextInt(size);
            lines.add(new ChargeLine(i + 1, "item", Fen.of(amount), one(random, PayClass.values()),
                    Fen.of(random.nextInt(4) == 0 ? random.nextInt(amount + 1) : 0),
                    new tongchou.core.money.Ratio(random.nextInt(21) * 10_000L), null));
        }
        lines.add(ChargeLine.of(9, "base", Fen.of(random.nextInt(size)), PayClass.A));
        return lines;
    }

    private static YearToDate position(Random random, Waterfalls policy, Claim claim) {
        var found = policy.find(claim, KnownOn.LATEST);
        var sums = new HashMap<Counter.Key, Long>();
        if (found.waterfall() != null && random.nextBoolean()) {
            var keys = found.waterfall().keys(claim, found.day());
            for (var i = 0; i < keys.size(); i++) {
                var unit = found.waterfall().counters().get(i).unit();
                sums.put(keys.get(i), unit == Counter.Unit.STAYS ? random.nextInt(4)
                        : (long) random.nextInt(20_000_000));
            }
        }
        return new YearToDate(sums);
    }

    private Settlement settle(Drawn drawn, List<ChargeLine> lines) {
        var given = drawn.claim;
        var claim = given.with(lines);
        var outcome = drawn.policy.settle(claim, drawn.before, KnownOn.LATEST, workings);
        if (outcome instanceof Settlement settlement) {
            SETTLED.incrementAndGet();
            return settlement;
        }
        return null;
    }

    @Property(tries = 40_000, afterFailure = AfterFailureMode.PREVIOUS_SEED)
    void the_parts_sum_to_the_bill_and_no_payer_pays_more_than_is_left(@ForAll long seed) {
        var drawn = draw(seed);
        var settlement = settle(drawn, drawn.claim.encounter().lines());
        if (settlement == null) {
            return;
        }
        var amounts = settlement.amounts();
        assertEquals(List.of(), amounts.brokenIdentities());
        var left = amounts.total();
        for (var posting : settlement.postings()) {
            assertTrue(posting.amount().value() > 0 && posting.amount().compareTo(left) <= 0,
                    posting.payer() + " pays " + posting.amount() + " of " + left);
            left = left.minus(posting.amount());
        }
        assertEquals(Fen.ZERO, left, "what nobody pays");
        for (var line : settlement.lines()) {
            assertEquals(line.line().amount(),
                    line.fullSelfPay().plus(line.overLimit()).plus(line.prePay()).plus(line.inScope()));
        }
        assertTrue(amounts.account().compareTo(drawn.claim.purse().own().plus(drawn.claim.purse().family())) <= 0);
        assertEquals(0, Journal.of(settlement).entries().stream().mapToLong(entry -> entry.amount().value()).sum());
        settlement.movements().forEach(movement ->
                assertTrue(movement.after() >= movement.before(), movement.toString()));
    }

    @Property(tries = 30_000, afterFailure = AfterFailureMode.PREVIOUS_SEED)
    void raising_the_bill_lowers_neither_the_share_of_the_funds_nor_that_of_the_patient(@ForAll long seed) {
        var drawn = draw(seed);
        var lines = drawn.claim.encounter().lines();
        var more = new ArrayList<>(lines);
        more.add(ChargeLine.of(99, "more", Fen.of(1 + new Random(seed).nextInt(2_000_000)), PayClass.A));
        var small = settle(drawn, lines);
        var large = settle(drawn, more);
        if (small != null && large != null && !small.waterfall().asks(Axis.BILL)) {
            assertTrue(large.amounts().fund().compareTo(small.amounts().fund()) >= 0,
                    "funds fall from " + small.amounts().fund() + " to " + large.amounts().fund());
            assertTrue(large.amounts().person().compareTo(small.amounts().person()) >= 0,
                    "the patient falls from " + small.amounts().person() + " to " + large.amounts().person());
        }
    }

    @Property(tries = 15_000, afterFailure = AfterFailureMode.PREVIOUS_SEED)
    void the_order_of_the_lines_does_not_matter_and_an_empty_line_changes_nothing(@ForAll long seed) {
        var drawn = draw(seed);
        var lines = new ArrayList<>(drawn.claim.encounter().lines());
        var straight = settle(drawn, lines);
        Collections.shuffle(lines, new Random(seed));
        lines.add(ChargeLine.of(77, "nothing", Fen.ZERO, PayClass.A));
        var shuffled = settle(drawn, lines);
        assertEquals(straight == null ? null : straight.amounts(), shuffled == null ? null : shuffled.amounts());
    }

    @Property(tries = 15_000, afterFailure = AfterFailureMode.PREVIOUS_SEED)
    void settling_without_the_explanation_gives_the_same_amounts(@ForAll long seed) {
        var drawn = draw(seed);
        var settlement = settle(drawn, drawn.claim.encounter().lines());
        var found = drawn.policy.find(drawn.claim, KnownOn.LATEST);
        if (settlement == null || found.waterfall() == null) {
            return;
        }
        var before = drawn.before.slots(found.waterfall().keys(drawn.claim, found.day()));
        assertTrue(found.waterfall().run(drawn.claim, found.day(), before, workings));
        assertEquals(settlement.amounts().fund().value(), workings.fund());
        assertEquals(settlement.amounts().person().value(), workings.person());
    }

    /// Benefits whose deductible, segments and ceilings all remember the year settle piece by piece as at once. Pieces
    /// are whole thousands of yuan, so that rounding to the fen plays no part.
    @Property(tries = 15_000, afterFailure = AfterFailureMode.PREVIOUS_SEED)
    void visit_by_visit_equals_at_once_where_everything_counts_over_the_year(@ForAll long seed) {
        var drawn = withoutAccount(draw(seed));
        var found = drawn.policy.find(drawn.claim, KnownOn.LATEST);
        if (found.waterfall() == null || found.waterfall().asks(Axis.BILL)
                || !countsOverTheYear(found.waterfall().benefit())) {
            return;
        }
        var random = new Random(seed);
        var pieces = random.ints(1 + random.nextInt(4), 1, 30).mapToObj(thousands -> Fen.of(thousands * 100_000L))
                .toList();
        var whole = settle(new Drawn(drawn.policy, drawn.claim, YearToDate.NOTHING), List.of(ChargeLine.of(
                1, "all", Fen.of(pieces.stream().mapToLong(Fen::value).sum()), PayClass.A)));
        if (whole == null) {
            return;
        }
        var position = YearToDate.NOTHING;
        var fund = Fen.ZERO;
        for (var piece : pieces) {
            var part = settle(new Drawn(drawn.policy, drawn.claim, position),
                    List.of(ChargeLine.of(1, "piece", piece, PayClass.A)));
            if (part == null) {
                return;
            }
            position = position.after(part.movements());
            fund = fund.plus(part.amounts().fund());
        }
        assertEquals(whole.amounts().fund(), fund,
                () -> drawn.policy.policy().name() + " " + found.waterfall().benefit().name() + " " + pieces + " "
                        + drawn.claim);
    }

    private static Drawn withoutAccount(Drawn drawn) {
        var claim = drawn.claim;
        return new Drawn(drawn.policy, new Claim(claim.name(), claim.member(), claim.standing(), claim.institution(),
                claim.encounter(), Purse.EMPTY), drawn.before);
    }

    private static boolean countsOverTheYear(tongchou.core.policy.Benefit benefit) {
        return benefit.stayCounter().isEmpty() && benefit.layers().stream().allMatch(layer -> {
            var deductible = layer.deductible();
            var bands = layer.bands();
            return (deductible == null || deductible.per() == Period.YEAR && deductible.changes().isEmpty()
                            || deductible.rows().rows().isEmpty())
                    && (bands == null || bands.over() == Period.YEAR || bands.rows().rows().stream().allMatch(
                            row -> row.value().above().isZero()))
                    && layer.ceilings().stream().allMatch(ceiling -> ceiling.per() == Period.YEAR)
                    && layer.guarantee().isEmpty() && layer.changes().isEmpty();
        });
    }
}
