package tongchou.core.settlement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.KnownOn;
import tongchou.core.encounter.Care;
import tongchou.core.encounter.Claim;
import tongchou.core.people.Scheme;
import tongchou.core.policy.Benefit;
import tongchou.core.policy.Demand;
import tongchou.core.policy.Policy;
import tongchou.core.policy.Row;
import tongchou.core.policy.Table;

/// A policy with every benefit compiled for every span of days on which nothing changes (编译后的政策).
///
/// A span is compiled for the first claim that needs it and kept. That a benefit can be compiled is seen at once:
/// few benefits make so many distinct demands over all their days that those of one day must be counted.
public final class Waterfalls {

    private final Policy policy;
    private final List<Editions> benefits;
    private final Editions[][] candidates;

    /// Compiles a policy.
    ///
    /// @throws IllegalArgumentException when a benefit cannot be compiled, see [Waterfall#of]
    public Waterfalls(Policy policy) {
        this.policy = policy;
        this.benefits = policy.benefits().stream()
                .sorted(Comparator.comparingInt((Benefit benefit) -> -benefit.applies().specificity()))
                .map(benefit -> new Editions(policy, benefit)).toList();
        this.candidates = new Editions[Scheme.values().length * Care.values().length][];
        for (var scheme : Scheme.values()) {
            for (var care : Care.values()) {
                candidates[scheme.ordinal() * Care.values().length + care.ordinal()] = benefits.stream()
                        .filter(edition -> edition.mayApply(scheme, care)).toArray(Editions[]::new);
            }
        }
    }

    /// The policy that was compiled.
    public Policy policy() {
        return policy;
    }

    /// A waterfall found for a claim, or the refusal to look for one.
    ///
    /// @param waterfall null exactly when there is a refusal
    /// @param day the day that binds the claim
    public record Found(@Nullable Waterfall waterfall, LocalDate day, @Nullable Refusal refusal) {
    }

    /// Finds the rules for a claim: the most specific benefit that applies, on the day that binds it.
    public Found find(Claim claim, KnownOn known) {
        var encounter = claim.encounter();
        var fitting = candidates[claim.standing().scheme().ordinal() * Care.values().length
                + encounter.care().ordinal()];
        for (var editions : fitting) {
            var day = editions.benefit.binding() == Benefit.Binding.FIRST_DAY ? encounter.from() : encounter.to();
            if (editions.benefit.applies().holds(claim, day, 1)) {
                var refusal = entitlement(claim, day);
                return refusal == null ? new Found(editions.on(day, known), day, null) : new Found(null, day, refusal);
            }
        }
        return new Found(null, encounter.to(), Refusals.noBenefit(claim,
                Nearest.benefit(policy.benefits(), claim, encounter.to())));
    }

    private @Nullable Refusal entitlement(Claim claim, LocalDate day) {
        if (!policy.cover().covers(day)) {
            return Refusals.outsideCover(policy, day);
        }
        if (!claim.institution().inForce().covers(day)) {
            return Refusals.institutionNotInForce(claim, day);
        }
        if (!claim.standing().inForce().covers(day)) {
            return Refusals.notInsured(claim, day);
        }
        return day.isBefore(claim.standing().entitledFrom()) ? Refusals.waiting(claim, day) : null;
    }

    /// Settles a claim: finds the rules, reads the counters, folds the layers.
    ///
    /// @param yearToDate the member's position before
    /// @param w the scratch pad of the calling thread
    public Outcome settle(Claim claim, YearToDate yearToDate, KnownOn known, Workings w) {
        var found = find(claim, known);
        if (found.waterfall() == null) {
            return Objects.requireNonNull(found.refusal());
        }
        var before = yearToDate.slots(found.waterfall().keys(claim, found.day()));
        return found.waterfall().settle(claim, found.day(), known, before, w);
    }

    /// Every waterfall of the latest knowledge with the first day of its span, for checks and previews.
    public Stream<Span> spans() {
        return benefits.stream().flatMap(Editions::spans);
    }

    /// A waterfall and the first day from which it holds.
    public record Span(Waterfall waterfall, LocalDate from) {
    }

    /// The compiled versions of one benefit.
    private static final class Editions {

        private final Policy policy;
        private final Benefit benefit;
        private final long[] firstDays;
        private final AtomicReferenceArray<@Nullable Waterfall> latest;
        private final ConcurrentMap<Earlier, Waterfall> earlier = new ConcurrentHashMap<>();

        private record Earlier(int span, KnownOn known) {
        }

        Editions(Policy policy, Benefit benefit) {
            this.policy = policy;
            this.benefit = benefit;
            var days = new TreeSet<LocalDate>();
            days.add(policy.cover().from());
            rows(benefit).forEach(row -> {
                days.add(row.inForce().from());
                if (!row.inForce().isOpen()) {
                    days.add(row.inForce().to().plusDays(1));
                }
            });
            var cover = policy.cover();
            var spans = new ArrayList<>(days.headSet(cover.from(), true).isEmpty()
                    ? days : days.tailSet(days.floor(cover.from()), true));
            spans.removeIf(day -> day.isAfter(cover.to()));
            this.firstDays = spans.stream().mapToLong(LocalDate::toEpochDay).toArray();
            this.latest = new AtomicReferenceArray<>(firstDays.length);
            var demands = rows(benefit).flatMap(row -> row.when().demands().stream()).distinct().count();
            if (demands > Waterfall.MOST_DEMANDS) {
                spans().forEach(span -> { });
            } else {
                // On a day before every row only the counters are compiled, whose meaning does not depend on rows.
                Waterfall.of(policy, benefit, LocalDate.MIN, KnownOn.LATEST);
            }
        }

        boolean mayApply(Scheme scheme, Care care) {
            return benefit.applies().demands().stream().allMatch(demand -> switch (demand.axis()) {
                case SCHEME -> accepts(demand, scheme.ordinal());
                case CARE -> accepts(demand, care.ordinal());
                default -> true;
            });
        }

        private static boolean accepts(Demand demand, int value) {
            return demand instanceof Demand.OneOf(var axis, var mask) && (mask >>> value & 1) != 0;
        }

        Waterfall on(LocalDate day, KnownOn known) {
            var span = Arrays.binarySearch(firstDays, day.toEpochDay());
            var place = Math.max(0, span >= 0 ? span : -span - 2);
            if (known == KnownOn.LATEST || known.equals(KnownOn.LATEST)) {
                return latest(place);
            }
            return earlier.computeIfAbsent(new Earlier(place, known), key -> Waterfall.of(
                    policy, benefit, LocalDate.ofEpochDay(firstDays[place]), known));
        }

        /// Two threads may compile the same span at once; the one that is first stays.
        private Waterfall latest(int place) {
            var known = latest.get(place);
            if (known != null) {
                return known;
            }
            var compiled = Waterfall.of(policy, benefit, LocalDate.ofEpochDay(firstDays[place]), KnownOn.LATEST);
            return latest.compareAndSet(place, null, compiled) ? compiled : Objects.requireNonNull(latest.get(place));
        }

        Stream<Span> spans() {
            return IntStream.range(0, firstDays.length)
                    .mapToObj(i -> new Span(latest(i), LocalDate.ofEpochDay(firstDays[i])));
        }

        private static Stream<Row<?>> rows(Benefit benefit) {
            Stream<Table<?>> own = Stream.of(benefit.prePay(), benefit.outOfAreaPrePay());
            var layers = benefit.layers().stream().flatMap(layer -> {
                var tables = new ArrayList<Table<?>>(List.of(layer.applies(), layer.excluded(), layer.guarantee()));
                tables.addAll(layer.changes());
                if (layer.deductible() != null) {
                    tables.add(layer.deductible().rows());
                    tables.addAll(layer.deductible().changes());
                }
                if (layer.bands() != null) {
                    tables.add(layer.bands().rows());
                }
                layer.ceilings().forEach(ceiling -> {
                    tables.add(ceiling.rows());
                    tables.add(ceiling.growth());
                });
                return tables.stream();
            });
            return Stream.concat(own, layers).flatMap(table -> table.rows().stream());
        }
    }
}
