package tongchou.core.settlement;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import tongchou.core.encounter.Claim;
import tongchou.core.policy.Axis;

/// Many claims with their facts and bills as columns of numbers (测算人群), to be settled again and again under other
/// rules.
///
/// A claim is a dozen objects that a processor fetches one by one; a population holds the same values in columns,
/// claims of one kind side by side. Nothing in it depends on a policy: the kinds are told apart by listed facts as
/// their axes read them, and of every bill the parts that no policy can change are summed up.
/// [Waterfall#run(Population, long[][], Workings)] gives for each claim here what it gives for the claim alone.
public final class Population {

    private static final Axis[] LISTED = Stream.of(Axis.values()).filter(Axis::isListed).toArray(Axis[]::new);
    private static final int FORM = Stream.of(LISTED).mapToInt(Axis::ordinal).max().orElse(0) + 1;

    private static final int MOST = 100_000_000;

    private final Claim[] claims;
    private final LocalDate[] days;
    private final Kinds kinds;
    private final Bills bills;

    private Population(Claim[] claims, LocalDate[] days) {
        this.claims = claims;
        this.days = days;
        var facts = new byte[claims.length][FORM + 1];
        for (var place = 0; place < claims.length; place++) {
            for (var axis : LISTED) {
                facts[place][axis.ordinal()] = (byte) axis.read(claims[place], days[place], 1);
            }
            facts[place][FORM] = Bills.form(claims[place]);
        }
        this.kinds = Kinds.of(facts, Bills.FORMS);
        this.bills = new Bills(claims, kinds);
    }

    /// Lays out claims in their order.
    ///
    /// @param days the day that binds each claim to the rules
    /// @throws IllegalArgumentException when there are more or fewer days than claims
    /// @throws IllegalArgumentException also when there are more than 100 million claims: the sum of so many of the
    ///         largest bills still fits a long
    public static Population of(List<Claim> claims, List<LocalDate> days) {
        if (claims.size() != days.size()) {
            throw new IllegalArgumentException(claims.size() + " claims, but " + days.size() + " days");
        }
        if (claims.size() > MOST) {
            throw new IllegalArgumentException(claims.size() + " claims, at most " + MOST + " fit");
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

    Kinds kinds() {
        return kinds;
    }

    Bills bills() {
        return bills;
    }

    /// How many kinds of claims have a bill that is laid out; the others have to be settled one by one.
    int regularKinds() {
        return kinds.before(Bills.IRREGULAR);
    }

    /// The first row whose claim has to be settled by itself.
    int firstIrregular() {
        return kinds.firstOf(Bills.IRREGULAR);
    }
}
