package tongchou.core.catalogue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.KnownOn;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.money.Rounding;

/// What the items of a catalogue cost at a tier on a day, and how their prices move (价格查询).
///
/// @param catalogue where prices and rules are stated
/// @param known as of when it is read
public record Prices(Catalogue catalogue, KnownOn known) {

    /// A price and why it holds (报价).
    ///
    /// @param by the stated price, or the rule that derived it
    /// @param derived whether the rule worked it out
    public record Quote(Fen each, String unit, Fact<?> by, String overrides, boolean derived) {
    }

    /// A price from a day on (价格变动).
    public record Point(LocalDate from, Quote quote) {
    }

    /// How far a price is from the goal of its rule (距目标).
    ///
    /// @param now the price of the day
    /// @param goal the price at the end of the way
    /// @param below how far it lies below the next higher tier now, as a share of that tier's price rounded half up
    ///         to a basis point; null for the highest tier or where that has no price; negative when it lies above
    public record Distance(Tier tier, Quote now, Fen goal, @Nullable Ratio below) {

        /// What is still to go, negative when the price has to fall.
        public Fen left() {
            return goal.minus(now.each());
        }
    }

    /// The most that insurance counts for one unit at a tier, for somebody of an age.
    public Optional<Quote> limit(Item item, Tier tier, int age, LocalDate day) {
        return stated(Price.Basis.LIMIT, item, tier, age, day);
    }

    /// What one unit may be charged at a tier, for somebody of an age: as stated, or on its way between tiers.
    public Optional<Quote> charge(Item item, Tier tier, int age, LocalDate day) {
        var rule = rule(item, day);
        return rule.isEmpty() ? stated(Price.Basis.CHARGE, item, tier, age, day)
                : moved(rule.get(), item, tier, age, day);
    }

    /// The rule by which an item's prices move on a day.
    public Optional<Found<Convergence>> rule(Item item, LocalDate day) {
        return catalogue.about(Convergence.class, item, day, known).stream().findFirst();
    }

    /// The price that is stated for a tier, for somebody of an age, before any rule moves it.
    public Optional<Price> start(Item item, Tier tier, int age, LocalDate day) {
        return stated(Price.Basis.CHARGE, item, tier, age, day).map(quote -> (Price) quote.by().value());
    }

    private Optional<Quote> stated(Price.Basis basis, Item item, Tier tier, int age, LocalDate day) {
        return catalogue.about(Price.class, item, day, known).stream()
                .filter(found -> found.value().basis() == basis && found.value().isFor(age)
                        && (found.value().tier() == null || found.value().tier() == tier))
                .min(Comparator.comparing((Found<Price> found) -> !found.value().isForSome())
                        .thenComparing(found -> found.value().tier() == null))
                .map(found -> new Quote(found.value().each(), found.value().unit(), found.fact(), found.overrides(),
                        false));
    }

    private Optional<Quote> moved(Found<Convergence> found, Item item, Tier tier, int age, LocalDate day) {
        var rule = found.value();
        var starts = starts(item, age, day);
        var own = starts.get(tier);
        if (own != null && isFixed(own, found)) {
            return Optional.of(own);
        }
        var goal = goals(found, starts).get(tier);
        var done = rule.done(day);
        if (goal == null || own == null && !done.equals(Ratio.WHOLE) || done.equals(Ratio.ZERO)) {
            return Optional.ofNullable(own);
        }
        var from = own == null ? goal : own.each();
        var each = from.plus(done.of(goal.minus(from), Rounding.HALF_UP));
        return Optional.of(new Quote(rule.step().of(each), unit(starts), found.fact(), found.overrides(), true));
    }

    private Map<Tier, Quote> starts(Item item, int age, LocalDate day) {
        var starts = new EnumMap<Tier, Quote>(Tier.class);
        for (var tier : Tier.values()) {
            stated(Price.Basis.CHARGE, item, tier, age, day).ifPresent(quote -> starts.put(tier, quote));
        }
        return starts;
    }

    private static String unit(Map<Tier, Quote> starts) {
        return starts.values().stream().map(Quote::unit).findFirst().orElse("");
    }

    /// Whether a price was stated for the first day of the rule or later: then it holds as stated.
    private static boolean isFixed(Quote quote, Found<Convergence> rule) {
        return !quote.by().inForce().from().isBefore(rule.fact().inForce().from());
    }

    private static Map<Tier, Fen> goals(Found<Convergence> rule, Map<Tier, Quote> starts) {
        var goals = new EnumMap<Tier, Fen>(Tier.class);
        var step = rule.value().step();
        switch (rule.value().goal()) {
            case Convergence.OnePrice(var each, var of) -> {
                var base = of == null ? null : starts.get(of);
                var price = each != null ? each : base == null ? null : base.each();
                for (var tier : Tier.values()) {
                    if (price != null) {
                        goals.put(tier, price);
                    }
                }
            }
            case Convergence.Shares(var of, var shares) -> {
                var base = starts.get(of);
                starts.forEach((tier, quote) -> goals.put(tier, quote.each()));
                shares.forEach((tier, share) -> {
                    if (base != null) {
                        goals.put(tier, step.of(share.of(base.each(), Rounding.HALF_UP)));
                    }
                });
            }
            case Convergence.Gap(var most) -> {
                Fen higher = null;
                for (var tier : List.of(Tier.TERTIARY, Tier.SECONDARY, Tier.PRIMARY)) {
                    var own = starts.get(tier);
                    if (own != null) {
                        var least = higher == null ? own.each() : step.of(most.complement().of(higher, Rounding.UP));
                        higher = isFixed(own, rule) || own.each().compareTo(least) > 0 ? own.each() : least;
                        goals.put(tier, higher);
                    }
                }
            }
        }
        return goals;
    }

    /// Every price of an item at a tier with its first day, in order of days; a gap in what is stated is left out.
    public List<Point> path(Item item, Tier tier, int age) {
        var days = new TreeSet<LocalDate>();
        for (var listing : catalogue.listings()) {
            for (var fact : listing.facts(Price.class, new Target.Code(item.code()))) {
                days.add(fact.inForce().from());
                if (!fact.inForce().isOpen()) {
                    days.add(fact.inForce().to().plusDays(1));
                }
            }
        }
        ways(item).forEach(fact -> {
            days.add(fact.inForce().from());
            fact.value().stages().forEach(stage -> days.add(stage.on()));
        });
        var points = new ArrayList<Point>();
        for (var day : days) {
            charge(item, tier, age, day).ifPresent(quote -> {
                if (points.isEmpty() || !points.getLast().quote().each().equals(quote.each())) {
                    points.add(new Point(day, quote));
                }
            });
        }
        return points;
    }

    private List<Fact<Convergence>> ways(Item item) {
        var ways = new ArrayList<Fact<Convergence>>();
        for (var listing : catalogue.listings()) {
            ways.addAll(listing.facts(Convergence.class, new Target.Code(item.code())));
            item.groups().forEach(group -> ways.addAll(listing.facts(Convergence.class, new Target.Group(group))));
            ways.addAll(listing.facts(Convergence.class, new Target.Group(item.kind().word())));
        }
        return ways;
    }

    /// How far the tiers of an item are from the goal of the rule that moves them on a day; empty without a rule.
    public List<Distance> distances(Item item, int age, LocalDate day) {
        var rule = rule(item, day);
        if (rule.isEmpty()) {
            return List.of();
        }
        var goals = goals(rule.get(), starts(item, age, day));
        var distances = new ArrayList<Distance>();
        for (var tier : Tier.values()) {
            charge(item, tier, age, day).ifPresent(now -> distances.add(new Distance(tier, now,
                    goals.getOrDefault(tier, now.each()), below(item, tier, age, day, now.each()))));
        }
        return distances;
    }

    private @Nullable Ratio below(Item item, Tier tier, int age, LocalDate day, Fen own) {
        if (tier == Tier.TERTIARY) {
            return null;
        }
        var higher = charge(item, Tier.values()[tier.ordinal() + 1], age, day).map(Quote::each).orElse(Fen.ZERO);
        return higher.isZero() ? null : new Ratio(100 * Rounding.HALF_UP.quotient(
                Math.multiplyExact(higher.minus(own).value(), 10_000L), higher.value()));
    }
}
