package tongchou.core.catalogue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tongchou.core.calendar.KnownOn;

/// The catalogue of a place (目录): listings over each other, the nearest first, for example alliance formulary, area,
/// province, national list. What a nearer level states replaces what a farther one states, slot by slot, and the
/// replacement stays visible.
///
/// @param listings the nearest first
public record Catalogue(List<Listing> listings) {

    /// A catalogue that knows nothing.
    public static final Catalogue EMPTY = new Catalogue(List.of());

    /// Copies the listings.
    public Catalogue {
        listings = List.copyOf(listings);
    }

    /// The same catalogue under a nearer level, for example a private overlay or an alliance's formulary.
    public Catalogue under(Listing nearer) {
        var all = new ArrayList<Listing>();
        all.add(nearer);
        all.addAll(listings);
        return new Catalogue(all);
    }

    /// The item that a code means on a day: the code itself, else what the user's or the general alias says, else the
    /// longest beginning of a national drug code that is known.
    ///
    /// @param users who sends the code, the nearest first: institution code, division of the institution
    public Optional<Found<Item>> item(String code, List<String> users, LocalDate day, KnownOn known) {
        var own = item(code, day, known);
        if (own.isPresent()) {
            return own;
        }
        var meant = alias(code, users, day, known);
        if (meant.isPresent()) {
            return item(meant.get(), day, known);
        }
        var starts = new ArrayList<String>();
        for (var listing : listings) {
            starts.addAll(listing.beginning(code));
        }
        starts.sort(Comparator.comparingInt(String::length).reversed());
        for (var start : starts) {
            var found = item(alias(start, users, day, known).orElse(start), day, known);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /// The item of a code in the catalogue on a day.
    public Optional<Found<Item>> item(String code, LocalDate day, KnownOn known) {
        var found = facts(Item.class, new Target.Code(code), day, known);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    private Optional<String> alias(String code, List<String> users, LocalDate day, KnownOn known) {
        var found = facts(Alias.class, new Target.Code(code), day, known);
        for (var user : users) {
            for (var one : found) {
                if (one.value().user().equals(user)) {
                    return Optional.of(one.value().code());
                }
            }
        }
        for (var one : found) {
            if (one.value().user().isEmpty()) {
                return Optional.of(one.value().code());
            }
        }
        return Optional.empty();
    }

    /// The items that bear a name on a day, each code once, the nearest level first.
    public List<Found<Item>> named(String name, LocalDate day, KnownOn known) {
        Map<String, Found<Item>> found = new LinkedHashMap<>();
        for (var listing : listings) {
            for (var code : listing.named(name)) {
                item(code, day, known)
                        .filter(one -> one.value().names().stream().map(Names::plain)
                                .anyMatch(Names.plain(name)::equals))
                        .ifPresent(one -> found.putIfAbsent(code, one));
            }
        }
        return List.copyOf(found.values());
    }

    /// The listed item for a product by its generic name and dosage form (名称加剂型): class belongs to both together.
    ///
    /// @param forms which group of forms a form belongs to
    public Optional<Found<Item>> listed(String name, String form, Forms forms, LocalDate day, KnownOn known) {
        return named(name, day, known).stream().filter(one -> one.value().kind() == ItemKind.DRUG
                && forms.fits(form, one.value().form())).findFirst();
    }

    /// The facts of a kind that hold for an item: those about its code, else those about its groups, else those about a
    /// range of numbers it stands in, else those about the group of its kind, such as `group:drug`. Slots of a nearer
    /// level replace those of a farther one.
    public <V extends Stated> List<Found<V>> about(Class<V> type, Item item, LocalDate day, KnownOn known) {
        var own = facts(type, new Target.Code(item.code()), day, known);
        if (!own.isEmpty()) {
            return own;
        }
        for (var group : item.groups()) {
            var shared = facts(type, new Target.Group(group), day, known);
            if (!shared.isEmpty()) {
                return shared;
            }
        }
        var ranged = inRange(type, item, day, known);
        return ranged.isEmpty() ? facts(type, new Target.Group(item.kind().word()), day, known) : ranged;
    }

    private <V extends Stated> List<Found<V>> inRange(Class<V> type, Item item, LocalDate day, KnownOn known) {
        var place = item.place();
        if (place == null) {
            return List.of();
        }
        for (var listing : listings) {
            for (var range : listing.ranges(type)) {
                if (range.holds(place)) {
                    var found = facts(type, range, day, known);
                    if (!found.isEmpty()) {
                        return found;
                    }
                }
            }
        }
        return List.of();
    }

    private <V extends Stated> List<Found<V>> facts(Class<V> type, Target target, LocalDate day, KnownOn known) {
        Map<String, Found<V>> bySlot = null;
        for (var listing : listings) {
            var stated = listing.facts(type, target);
            if (stated.isEmpty()) {
                continue;
            }
            bySlot = bySlot == null ? new LinkedHashMap<>() : bySlot;
            for (var fact : Fact.on(stated, day, known)) {
                bySlot.merge(fact.value().slot(), new Found<>(fact, ""),
                        (nearer, farther) -> nearer.overrides().isEmpty()
                                ? new Found<>(nearer.fact(), farther.fact().origin().level()) : nearer);
            }
        }
        return bySlot == null ? List.of() : List.copyOf(bySlot.values());
    }
}
