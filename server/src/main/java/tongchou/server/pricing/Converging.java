package tongchou.server.pricing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Convergence;
import tongchou.core.catalogue.Found;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.Prices;
import tongchou.core.catalogue.Tables;
import tongchou.core.catalogue.Target;

/// The items of a catalogue whose prices a rule moves, and how far they still are (趋同项目).
///
/// @param rule null where no rule holds for the item on the day
public record Converging(Item item, Optional<Found<Convergence>> rule, List<AtTier> tiers) {

    /// An item at a tier.
    ///
    /// @param distance how far its price is; empty where it has no price or no rule on the day
    /// @param path every price from its first day
    public record AtTier(Tier tier, Optional<Prices.Quote> charge, Optional<Prices.Quote> limit,
            Optional<Prices.Distance> distance, List<Prices.Point> path) {
    }

    /// The items that a catalogue holds in memory, in their newest version, by code.
    public static List<Item> items(Catalogue catalogue) {
        Map<String, Item> items = new TreeMap<>();
        for (var listing : catalogue.listings().reversed()) {
            if (listing instanceof Tables tables) {
                tables.all(Item.class).forEach(fact -> items.put(fact.value().code(), fact.value()));
            }
        }
        return List.copyOf(items.values());
    }

    /// An item on a day, for somebody of an age.
    public static Converging of(Catalogue catalogue, Item item, int age, LocalDate day) {
        var prices = new Prices(catalogue, KnownOn.LATEST);
        var distances = prices.distances(item, age, day);
        var tiers = new ArrayList<AtTier>();
        for (var tier : Tier.values()) {
            tiers.add(new AtTier(tier, prices.charge(item, tier, age, day), prices.limit(item, tier, age, day),
                    distances.stream().filter(one -> one.tier() == tier).findFirst(), prices.path(item, tier, age)));
        }
        return new Converging(item, prices.rule(item, day), tiers);
    }

    /// Every item that a rule moves on a day, by code, for somebody of an age.
    public static List<Converging> all(Catalogue catalogue, int age, LocalDate day) {
        var prices = new Prices(catalogue, KnownOn.LATEST);
        return items(catalogue).stream().filter(item -> prices.rule(item, day).isPresent())
                .map(item -> of(catalogue, item, age, day)).toList();
    }

    /// The days on which the ways of a catalogue reach a stage, or begin where they have none.
    public static List<LocalDate> days(Catalogue catalogue) {
        var days = new TreeSet<LocalDate>();
        for (var item : items(catalogue)) {
            var targets = new ArrayList<Target>(List.of(new Target.Code(item.code())));
            item.groups().forEach(group -> targets.add(new Target.Group(group)));
            targets.add(new Target.Group(item.kind().word()));
            for (var listing : catalogue.listings()) {
                for (var target : targets) {
                    for (var fact : listing.facts(Convergence.class, target)) {
                        var stages = fact.value().stages();
                        stages.forEach(stage -> days.add(stage.on()));
                        if (stages.isEmpty()) {
                            days.add(fact.inForce().from());
                        }
                    }
                }
            }
        }
        return List.copyOf(days);
    }
}
