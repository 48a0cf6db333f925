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

    /// The bits of the demands that every claim of a population meets.
    ///
    /// @param stays the stays of the benefit year so far, by place
    long[] of(Population population, long[] stays) {
        var bits = new long[population.size()];
        for (var next = listed; next != null; next = next.next) {
            population.addChoices(next.axis, next.bitsByValue, bits);
        }
        if (others.length > 0) {
            for (var i = 0; i < bits.length; i++) {
                bits[i] |= others(population.claim(i), population.day(i), stays[i] + 1);
            }
        }
        return bits;
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
        return List.of(others).stream().anyMatch(demand -> demand.axis() == axis);
    }
}
