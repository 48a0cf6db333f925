package tongchou.core.settlement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.core.encounter.Claim;
import tongchou.core.policy.Axis;
import tongchou.core.policy.Demand;

/// The demands of a waterfall, arranged so that a claim is read once per axis (条件判定): a listed axis turns its value
/// into all the bits it meets by one look-up in a table, every other demand is asked by itself.
final class Facts {

    private final @Nullable Listed listed;
    private final Demand[] others;
    private final long[] otherBits;

    /// A listed axis and the bits that each of its values meets. The axes are a chain because a loop over an array
    /// costs more than what is done for so few.
    private record Listed(Axis axis, long[] bitsByValue, @Nullable Listed next) {
    }

    /// Arranges demands; the place of each in the collection is its bit.
    Facts(Collection<Demand> demands) {
        var tables = new EnumMap<Axis, long[]>(Axis.class);
        var rest = new ArrayList<Demand>();
        var restBits = new ArrayList<Long>();
        var bit = 1L;
        for (var demand : demands) {
            if (demand instanceof Demand.OneOf(var axis, var mask)) {
                var table = tables.computeIfAbsent(axis, added -> new long[axis.choices().size()]);
                for (var value = 0; value < table.length; value++) {
                    if ((mask >>> value & 1) != 0) {
                        table[value] |= bit;
                    }
                }
            } else {
                rest.add(demand);
                restBits.add(bit);
            }
            bit <<= 1;
        }
        Listed chain = null;
        for (var table : tables.entrySet()) {
            chain = new Listed(table.getKey(), table.getValue(), chain);
        }
        this.listed = chain;
        this.others = rest.toArray(Demand[]::new);
        this.otherBits = restBits.stream().mapToLong(Long::longValue).toArray();
    }

    /// The bits of the demands that a claim meets.
    long of(Claim claim, LocalDate day, long stayNumber) {
        var bits = 0L;
        for (var next = listed; next != null; next = next.next) {
            bits |= next.bitsByValue[(int) next.axis.read(claim, day, stayNumber)];
        }
        return others.length == 0 ? bits : bits | others(claim, day, stayNumber);
    }

    /// The claims of a population that do not have to be settled one by one, grouped by the demands they meet.
    ///
    /// @param stays the stays of the benefit year so far, by place; null when nobody counts them
    Groups group(Population population, long @Nullable [] stays) {
        var kinds = population.kinds();
        var bits = new long[population.regularKinds()];
        for (var next = listed; next != null; next = next.next) {
            for (var kind = 0; kind < bits.length; kind++) {
                bits[kind] |= next.bitsByValue[kinds.facts().get(kind)[next.axis.ordinal()]];
            }
        }
        if (others.length == 0) {
            return Groups.of(bits, kinds.first());
        }
        var each = new long[population.firstIrregular()];
        var rows = new int[each.length + 1];
        for (var kind = 0; kind < bits.length; kind++) {
            for (var row = kinds.first()[kind]; row < kinds.first()[kind + 1]; row++) {
                var place = kinds.places()[row];
                each[row] = bits[kind] | others(population.claim(place), population.day(place),
                        stays == null ? 1 : stays[place] + 1);
                rows[row + 1] = row + 1;
            }
        }
        return Groups.of(each, rows);
    }

    private long others(Claim claim, LocalDate day, long stayNumber) {
        var bits = 0L;
        for (var i = 0; i < others.length; i++) {
            if (others[i].holds(claim, day, stayNumber)) {
                bits |= otherBits[i];
            }
        }
        return bits;
    }

    /// Whether a demand asks for the axis.
    boolean ask(Axis axis) {
        for (var next = listed; next != null; next = next.next) {
            if (next.axis == axis) {
                return true;
            }
        }
        return List.of(others).stream().anyMatch(demand -> demand.axis() == axis);
    }
}
