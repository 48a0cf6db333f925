package tongchou.core.settlement;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import tongchou.core.catalogue.PayClass;
import tongchou.core.encounter.ChargeLine;
import tongchou.core.encounter.Claim;
import tongchou.core.encounter.Place;
import tongchou.core.policy.Axis;
import tongchou.core.policy.Burden;

/// Many claims with their facts and bills as rows of numbers (测算人群), to be settled again and again under other rules.
///
/// A claim is a dozen objects that a processor fetches one by one; a population holds the same values one behind the
/// other. Nothing in it depends on a policy: listed facts stand as their axes read them, and of every bill the parts
/// that no policy can change are summed up, while the amounts of class-B lines without a share of their own stay open.
/// [Waterfall#run(Population, long[][], Workings)] gives for each claim here what it gives for the claim alone.
public final class Population {

    private static final List<Axis> LISTED = Stream.of(Axis.values()).filter(Axis::isListed).toList();
    private static final int MORE = LISTED.stream().mapToInt(Axis::ordinal).max().orElse(0) + 1;
    private static final int FACTS = MORE + 1;
    private static final int LOCAL = Place.LOCAL.ordinal();

    /// The sums of a bill, in the order in which they stand in its row.
    private static final int TOTAL = 0;
    private static final int FULL_SELF_PAY = 1;
    private static final int OVER_LIMIT = 2;
    private static final int PRE_PAY = 3;
    private static final int IN_SCOPE = 4;
    /// The class-B line without a share of its own, when there is but one.
    private static final int OPEN = 5;
    private static final int SUMS = 6;

    /// What else there is to a bill, in its row of facts.
    private static final int NOTHING = 0;
    private static final int MORE_LINES = 1;
    private static final int IRREGULAR = 2;

    private final Claim[] claims;
    private final LocalDate[] days;
    private final byte[] facts;
    private final long[] sums;
    private final int[] firstOpen;
    private final long[] open;

    private Population(Claim[] claims, LocalDate[] days) {
        this.claims = claims;
        this.days = days;
        this.facts = new byte[Math.multiplyExact(claims.length, FACTS)];
        this.sums = new long[Math.multiplyExact(claims.length, SUMS)];
        this.firstOpen = new int[claims.length + 1];
        for (var i = 0; i < claims.length; i++) {
            var lines = claims[i].encounter().lines().stream().filter(Population::isOpen).count();
            firstOpen[i + 1] = Math.toIntExact(firstOpen[i] + lines);
        }
        this.open = new long[firstOpen[claims.length]];
        for (var i = 0; i < claims.length; i++) {
            for (var axis : LISTED) {
                facts[i * FACTS + axis.ordinal()] = (byte) axis.read(claims[i], days[i], 1);
            }
            sum(i);
        }
    }

    /// Lays out claims in their order.
    ///
    /// @param days the day that binds each claim to the rules
    /// @throws IllegalArgumentException when there are more or fewer days than claims
    /// @throws ArithmeticException when there are more claims than an array holds, about 100 million
    public static Population of(List<Claim> claims, List<LocalDate> days) {
        if (claims.size() != days.size()) {
            throw new IllegalArgumentException(claims.size() + " claims, but " + days.size() + " days");
        }
        return new Population(claims.toArray(Claim[]::new), days.toArray(LocalDate[]::new));
    }

    /// The number of claims.
    public int size() {
        return claims.length;
    }

    /// A claim by its place, counted from zero.
    public Claim claim(int place) {
        return claims[place];
    }

    /// The day that binds a claim to the rules.
    public LocalDate day(int place) {
        return days[place];
    }

    /// Adds what the values of a listed axis stand for.
    void addChoices(Axis axis, long[] bitsByValue, long[] bits) {
        var column = axis.ordinal();
        for (var i = 0; i < bits.length; i++) {
            bits[i] |= bitsByValue[facts[i * FACTS + column]];
        }
    }

    /// Judges the bills of a batch; claims whose rows do not hold what the rules ask for are left alone.
    void judge(Waterfall.Choice choice, Batch batch) {
        var outside = batch.burdens()[Burden.FULL_SELF_PAY.ordinal()];
        var above = batch.burdens()[Burden.OVER_LIMIT.ordinal()];
        var first = batch.burdens()[Burden.PRE_PAY.ordinal()];
        var scope = batch.burdens()[Burden.IN_SCOPE.ordinal()];
        var stated = Math.max(0, choice.stated());
        for (var i = 0; i < batch.size(); i++) {
            var place = batch.places()[i];
            var at = place * SUMS;
            var more = facts[place * FACTS + MORE];
            var rest = sums[at + OPEN];
            var part = Judgement.part(rest, stated);
            if (more != NOTHING) {
                batch.alone()[i] = more == IRREGULAR;
                for (var line = firstOpen[place]; line < firstOpen[place + 1]; line++) {
                    part += Judgement.part(open[line], stated);
                    rest += open[line];
                }
            }
            batch.left()[i] = sums[at + TOTAL];
            outside[i] = sums[at + FULL_SELF_PAY];
            above[i] = sums[at + OVER_LIMIT];
            first[i] = sums[at + PRE_PAY] + part;
            scope[i] = sums[at + IN_SCOPE] + rest - part;
        }
        if (choice.away() != null || choice.stated() < 0) {
            markAlone(choice, batch);
        }
    }

    private void markAlone(Waterfall.Choice choice, Batch batch) {
        for (var i = 0; i < batch.size(); i++) {
            var place = batch.places()[i];
            batch.alone()[i] |= choice.stated() < 0 && firstOpen[place] < firstOpen[place + 1]
                    || choice.away() != null && facts[place * FACTS + Axis.PLACE.ordinal()] != LOCAL;
        }
    }

    private static boolean isOpen(ChargeLine line) {
        return line.payClass() == PayClass.B && line.prePay() == null;
    }

    /// Sums up a bill that is not empty, not too large and free of faults, without items at a flat share of their own.
    private void sum(int place) {
        var lines = claims[place].encounter().lines();
        var at = place * SUMS;
        var regular = !lines.isEmpty() && lines.stream().allMatch(Judgement::isPlain);
        if (regular) {
            var next = firstOpen[place];
            for (var line : lines) {
                if (isOpen(line)) {
                    open[next++] = line.amount().value() - line.overLimit().value();
                }
                add(line, at);
            }
        }
        var lonely = firstOpen[place] + 1 == firstOpen[place + 1];
        if (lonely) {
            sums[at + OPEN] = open[firstOpen[place]];
        }
        facts[place * FACTS + MORE] = (byte) (!regular || sums[at + TOTAL] > Waterfall.LARGEST_BILL ? IRREGULAR
                : lonely || firstOpen[place] == firstOpen[place + 1] ? NOTHING : MORE_LINES);
    }

    private void add(ChargeLine line, int at) {
        var amount = line.amount().value();
        sums[at + TOTAL] += amount;
        if (line.payClass() == PayClass.C) {
            sums[at + FULL_SELF_PAY] += amount;
            return;
        }
        var rest = amount - line.overLimit().value();
        sums[at + OVER_LIMIT] += line.overLimit().value();
        if (!isOpen(line)) {
            var first = line.prePay() == null ? 0 : Judgement.part(rest, line.prePay().millionths());
            sums[at + PRE_PAY] += first;
            sums[at + IN_SCOPE] += rest - first;
        }
    }
}
