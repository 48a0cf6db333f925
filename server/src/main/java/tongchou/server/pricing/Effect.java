package tongchou.server.pricing;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import java.util.SortedMap;
import java.util.TreeMap;
import tongchou.core.money.Fen;

/// What the prices of a day cost or save on what was charged in a period (趋同影响).
///
/// The parts of all institutions add up to the whole, and so do the items to its total.
///
/// @param on the day whose prices were put under the bills
/// @param settlements how many settlements come out otherwise, at the price or behind it
/// @param institutions by code
/// @param items by code
public record Effect(LocalDate on, long settlements, SortedMap<String, Parts> institutions,
        SortedMap<String, OfItem> items) {

    /// What an item comes to before and after.
    ///
    /// @param lines how many lines, or rows of a file, changed their price
    public record OfItem(String name, long lines, Fen before, Fen after) {

        OfItem plus(OfItem other) {
            return new OfItem(name, lines + other.lines, before.plus(other.before), after.plus(other.after));
        }
    }

    /// Checks that it adds up.
    ///
    /// @throws IllegalStateException when it does not
    public Effect {
        institutions = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(institutions));
        items = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(items));
        var charged = items.values().stream().map(item -> item.after().minus(item.before())).reduce(Fen.ZERO,
                Fen::plus);
        var paid = institutions.values().stream().map(Parts::total).reduce(Fen.ZERO, Fen::plus);
        if (!charged.equals(paid)) {
            throw new IllegalStateException("items come to " + charged + ", payers to " + paid);
        }
    }

    /// Both together, of other bills at the prices of the same day.
    ///
    /// @throws IllegalArgumentException when the days differ
    public Effect plus(Effect other) {
        if (!on.equals(other.on)) {
            throw new IllegalArgumentException(on + " and " + other.on);
        }
        var parts = new TreeMap<>(institutions);
        other.institutions.forEach((code, more) -> parts.merge(code, more, Parts::plus));
        var changed = new TreeMap<>(items);
        other.items.forEach((code, more) -> changed.merge(code, more, OfItem::plus));
        return new Effect(on, Math.addExact(settlements, other.settlements), parts, changed);
    }

    /// All institutions together.
    public Parts whole() {
        return institutions.values().stream().reduce(Parts.NOTHING, Parts::plus);
    }

    /// Effects of several days on the same bills.
    ///
    /// @param resettled whether they were settled again; otherwise apportioned by shares that were given
    /// @param members how many members were looked at
    /// @param leftOut members that could not be settled again, who count nowhere
    /// @param next the last member, where others come behind
    public record Series(boolean resettled, long members, List<Effect> effects, List<LeftOut> leftOut,
            @Nullable String next) {
    }

    /// A member who could not be settled again (未能测算).
    ///
    /// @param why a code and what it is about
    public record LeftOut(String member, String why) {
    }
}
