package tongchou.api.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.PayClass;
import tongchou.core.encounter.ChargeLine;
import tongchou.core.encounter.Claim;
import tongchou.core.encounter.Encounter;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.policy.Payer;
import tongchou.core.settlement.Outcome;
import tongchou.core.settlement.Population;
import tongchou.core.settlement.Results;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Waterfall;
import tongchou.core.settlement.Waterfalls;
import tongchou.core.settlement.Workings;

/// A population gives for each of its claims what the claim gives alone, with and without its explanation: drawn claims
/// of every pack, among them faulty ones, and the encounters of every worked example.
class PopulationProperties {

    private final Workings workings = new Workings();

    @Property(tries = 25_000, afterFailure = AfterFailureMode.PREVIOUS_SEED)
    void drawn_claims(@ForAll long seed) {
        var drawn = SettlementProperties.draw(seed);
        var random = new Random(seed);
        var claim = random.nextInt(3) == 0 ? drawn.claim() : drawn.claim().with(lines(random));
        var found = drawn.policy().find(claim, KnownOn.LATEST);
        if (found.waterfall() != null) {
            var before = drawn.before().slots(found.waterfall().keys(claim, found.day()));
            same(found.waterfall(), claim, found.day(), before);
        }
    }

    /// Lines that hold whatever a line can hold: shares of their own or none, limits, flat shares, faults.
    private static List<ChargeLine> lines(Random random) {
        var lines = new ArrayList<ChargeLine>();
        var size = random.nextInt(4) == 0 ? 40_000_000 : random.nextInt(3) == 0 ? 3_000_000 : 80_000;
        var count = random.nextInt(50) == 0 ? 0 : 1 + random.nextInt(6);
        for (var i = 0; i < count; i++) {
            var faulty = random.nextInt(100) == 0;
            var amount = faulty ? -1 : random.nextInt(200) == 0 ? Waterfall.LARGEST_BILL : random.nextInt(size);
            var overLimit = random.nextInt(5) == 0 && amount > 0 ? random.nextLong(amount) : 0;
            lines.add(new ChargeLine(i + 1, "item", Fen.of(amount), PayClass.values()[random.nextInt(3)],
                    Fen.of(overLimit), random.nextInt(3) == 0 ? new Ratio(random.nextInt(1_000_001)) : null,
                    random.nextInt(20) == 0 ? new Ratio(random.nextInt(1_000_001)) : null));
        }
        return lines;
    }

    @Example
    void the_encounters_of_every_worked_example() {
        var compared = 0;
        for (var files : ShippedPacks.all().toList()) {
            var pack = ShippedPacks.LIBRARY.reader(ParsedFiles.of(files)).read(true).pack();
            for (var policy : pack.policies()) {
                var waterfalls = new Waterfalls(policy);
                for (var example : pack.cases()) {
                    if (example.area().equals(policy.area())) {
                        compared += compare(waterfalls, example);
                    }
                }
            }
        }
        assertTrue(compared > 400, "only " + compared + " encounters were compared");
    }

    private int compare(Waterfalls waterfalls, Case example) {
        var compared = 0;
        var position = example.start();
        for (var turn : example.turns()) {
            var found = waterfalls.find(turn.claim(), example.knownOn());
            if (found.waterfall() != null) {
                var before = position.slots(found.waterfall().keys(turn.claim(), found.day()));
                if (same(found.waterfall(), turn.claim(), found.day(), before) instanceof Settlement settlement) {
                    position = position.after(settlement.movements());
                }
                compared++;
            }
        }
        return compared;
    }

    private static final int CLAIMS = 4_000;
    private static final int COPIES = 1_200;

    /// A claim of a drawn mixture.
    private record Drawn(Claim claim, LocalDate day, long[] before) {
    }

    @Example
    void drawn_claims_of_all_kinds_together() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var mixtures = new LinkedHashMap<Waterfall, List<Drawn>>();
        for (var i = 0; i < CLAIMS; i++) {
            var drawn = SettlementProperties.draw(random.nextLong());
            var claim = random.nextInt(3) == 0 ? drawn.claim() : drawn.claim().with(lines(random));
            var found = drawn.policy().find(claim, KnownOn.LATEST);
            if (found.waterfall() != null) {
                var before = drawn.before().slots(found.waterfall().keys(claim, found.day()));
                mixtures.computeIfAbsent(found.waterfall(), added -> new ArrayList<>())
                        .add(new Drawn(claim, found.day(), before));
            }
        }
        mixtures.forEach((waterfall, mixture) -> together(waterfall, mixture, "seed " + seed));
    }

    /// Settles some claims many times over in a mixed order, so that they fill several batches.
    private void together(Waterfall waterfall, List<Drawn> mixture, String about) {
        var many = IntStream.range(0, Math.max(COPIES, mixture.size())).mapToObj(i -> mixture.get(i % mixture.size()))
                .toList();
        var columns = new long[waterfall.counters().size()][many.size()];
        for (var place = 0; place < many.size(); place++) {
            for (var slot = 0; slot < columns.length; slot++) {
                columns[slot][place] = many.get(place).before[slot];
            }
        }
        var results = waterfall.run(Population.of(many.stream().map(Drawn::claim).toList(),
                many.stream().map(Drawn::day).toList()), columns, workings);
        var fund = 0L;
        for (var place = 0; place < many.size(); place++) {
            var one = many.get(place);
            var settled = waterfall.run(one.claim, one.day, one.before, workings);
            fund += settled ? workings.fund() : 0;
            assertEquals(workings.refusal(), results.refusal(place), about);
            for (var payer : Payer.values()) {
                assertEquals(settled ? workings.paid(payer) : 0, results.paid(payer, place), about);
            }
            for (var slot = 0; slot < columns.length; slot++) {
                assertEquals(settled ? workings.counter(slot) : one.before[slot], results.after(slot, place), about);
            }
        }
        assertEquals(fund, results.fund(), about);
    }

    private Outcome same(Waterfall waterfall, Claim claim, LocalDate day, long[] before) {
        var population = Population.of(List.of(claim, claim), List.of(day, day));
        var columns = Arrays.stream(before).mapToObj(sum -> new long[] {sum, sum}).toArray(long[][]::new);
        var results = waterfall.run(population, columns, workings);
        var settled = waterfall.run(claim, day, before, workings);
        assertEquals(workings.refusal(), results.refusal(1), () -> about(waterfall, claim));
        assertEquals(settled ? workings.fund() : 0, results.fund(1), () -> about(waterfall, claim));
        var outcome = waterfall.settle(claim, day, KnownOn.LATEST, before, workings);
        for (var place = 0; place < 2; place++) {
            same(waterfall, outcome, before, results, place);
        }
        return outcome;
    }

    private static void same(Waterfall waterfall, Outcome outcome, long[] before, Results results, int place) {
        for (var slot = 0; slot < before.length; slot++) {
            assertEquals(outcome instanceof Settlement settlement ? settlement.position().after(slot) : before[slot],
                    results.after(slot, place), () -> waterfall.benefit().name() + " " + outcome);
        }
        for (var payer : Payer.values()) {
            assertEquals(outcome instanceof Settlement settlement ? settlement.amounts().by(payer).value() : 0,
                    results.paid(payer, place), () -> waterfall.benefit().name() + " " + payer + " " + outcome);
        }
        if (outcome instanceof Settlement settlement) {
            assertEquals(settlement.amounts().person().value(), results.person(place));
        }
    }

    private static String about(Waterfall waterfall, Claim claim) {
        return waterfall.policy().name() + " " + waterfall.benefit().name() + " " + claim;
    }

    @Example
    void every_claim_needs_its_day() {
        var drawn = SettlementProperties.draw(1);
        assertThrows(IllegalArgumentException.class, () -> Population.of(List.of(drawn.claim()), List.of()));
    }
}
