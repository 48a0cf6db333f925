package tongchou.api.pack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tongchou.core.alliance.Institution;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.InForce;
import tongchou.core.catalogue.PayClass;
import tongchou.core.encounter.Care;
import tongchou.core.encounter.ChargeLine;
import tongchou.core.encounter.Claim;
import tongchou.core.encounter.Encounter;
import tongchou.core.encounter.Filing;
import tongchou.core.encounter.Place;
import tongchou.core.money.Fen;
import tongchou.core.people.Member;
import tongchou.core.people.Purse;
import tongchou.core.people.Relief;
import tongchou.core.people.Scheme;
import tongchou.core.people.Standing;
import tongchou.core.people.Status;
import tongchou.core.settlement.Waterfall;
import tongchou.core.settlement.Waterfalls;

/// The settlements of the engine benchmark: generated inputs, the same as claims for the general engine, and the plain
/// loop that a programmer would write for this one rule set.
final class BenchmarkCases {

    static final LocalDate DAY = LocalDate.of(2026, 6, 30);

    private static final Standing STANDING = new Standing(InForce.ALWAYS, "999900", Scheme.RESIDENT, Status.ADULT, "",
            Relief.NONE, false, LocalDate.of(2020, 1, 1), LocalDate.of(2020, 1, 1), null, null, List.of(), Set.of(),
            Set.of());
    private static final Member MEMBER = new Member("bench", LocalDate.of(1980, 1, 1));

    private BenchmarkCases() {
    }

    /// One generated settlement in fen; the tier counts from one.
    record Input(long total, long selfPay, long classB, int tier, long priorDeductible, long priorBase,
            long priorFund) {
    }

    /// The i-th input of the published generator.
    static Input input(long i) {
        var bucket = Long.remainderUnsigned(random(i, 0), 100);
        var size = random(i, 1);
        var total = bucket < 70 ? 1000 + size % 99001 : bucket < 97 ? 100000 + size % 4900001 : 5000000
                + size % 45000001;
        var selfPay = total * (random(i, 2) % 16) / 100;
        var classB = (total - selfPay) * (random(i, 3) % 41) / 100;
        var tier = (int) (1 + random(i, 4) % 3);
        var priorBase = random(i, 6) % 4 == 0 ? random(i, 7) % 30000001 : 0;
        var priorDeductible = priorBase > 0 ? 30000 : random(i, 5) % 4 * 10000;
        return new Input(total, selfPay, classB, tier, priorDeductible, priorBase, priorBase * 85 / 100);
    }

    private static long random(long i, int k) {
        var z = (i * 8 + k + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return (z ^ z >>> 31) >>> 1;
    }

    /// The plain loop: what the fund pays.
    static long plainFund(Input in) {
        return plainFund(in.total, in.selfPay, in.classB, in.tier, in.priorDeductible, in.priorBase, in.priorFund);
    }

    private static long plainFund(long total, long selfPay, long classB, int tier, long priorDeductible, long priorBase,
            long priorFund) {
        var prePay = (classB * 10 + 50) / 100;
        var eligible = total - selfPay - prePay;
        var deductible = Math.min(eligible, Math.max(0, 30000 - priorDeductible));
        var base = eligible - deductible;
        var first = Math.min(priorBase + base, 2_000_000) - Math.min(priorBase, 2_000_000);
        var second = base - first;
        var factor = tier == 1 ? 110 : tier == 2 ? 100 : 85;
        var pay = ((first * 80 + second * 90) * factor + 5000) / 10000;
        return Math.min(pay, Math.max(0, 25_000_000 - priorFund));
    }

    /// The plain loop on the objects that the engine gets: the same reading of lines and institution, then the same
    /// sums.
    static long plainFund(Claim claim, long priorDeductible, long priorBase, long priorFund) {
        var total = 0L;
        var selfPay = 0L;
        var classB = 0L;
        for (var line : claim.encounter().lines()) {
            var amount = line.amount().value();
            total += amount;
            switch (line.payClass()) {
                case A -> { }
                case B -> classB += amount;
                case C -> selfPay += amount;
            }
        }
        return plainFund(total, selfPay, classB, claim.institution().tier().ordinal() + 1, priorDeductible, priorBase,
                priorFund);
    }

    /// The same settlement as a claim.
    static Claim claim(Input in) {
        var lines = new ArrayList<ChargeLine>(3);
        lines.add(ChargeLine.of(1, "A", Fen.of(in.total - in.selfPay - in.classB), PayClass.A));
        lines.add(ChargeLine.of(2, "B", Fen.of(in.classB), PayClass.B));
        lines.add(ChargeLine.of(3, "C", Fen.of(in.selfPay), PayClass.C));
        var tier = Tier.values()[in.tier - 1];
        var institution = new Institution("bench-" + tier, "bench", "999900", tier, Institution.Kind.HOSPITAL,
                Institution.Administration.COUNTY, Institution.Specialty.GENERAL, InForce.ALWAYS);
        return new Claim("bench", MEMBER, STANDING, institution,
                new Encounter.Stay(Care.INPATIENT, DAY.minusDays(5), DAY, Place.LOCAL, Filing.NONE, null, "", lines),
                Purse.EMPTY);
    }

    /// The counters that the claim finds.
    static long[] before(Input in, Waterfall waterfall) {
        return waterfall.counters().stream().mapToLong(counter -> switch (counter.name()) {
            case "起付线" -> in.priorDeductible;
            case "费用" -> in.priorBase;
            case "支付" -> in.priorFund;
            default -> throw new IllegalStateException("the benchmark pack has no counter " + counter);
        }).toArray();
    }

    /// The benchmark's rules, read from its pack and compiled.
    static Waterfalls rules() {
        try {
            var library = PackLibrary.of(List.of(PackFiles.of(Path.of("src", "bench", "resources", "bench-pack"))));
            return library.policy("999900").orElseThrow(() -> new IllegalStateException(library.readings().toString()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
