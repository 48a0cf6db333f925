package tongchou.core.settlement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import tongchou.core.encounter.Claim;
import tongchou.core.policy.Axis;
import tongchou.core.policy.Demand;

/// The demands of a waterfall, arranged so that a claim is read once per axis (条件判定): a listed axis turns its value
/// into all the bits it meets by one look-up in a table, every other demand is asked by itself.
final class Facts {

    private final Axis[] axes;
    private final long[][] bitsByValue;
    private final Demand[] others;
    private final long[] otherBits;

    /// Arranges demands; the place of each in the collection is its bit.
    Facts(Collection<Demand> demands) {
        var listed = new EnumMap<Axis, long[]>(Axis.class);
        var rest = new ArrayList<Demand>();
        var restBits = new ArrayList<Long>();
        var bit = 1L;
        for (var demand : demands) {
            if (demand instanceof Demand.OneOf(var axis, var mask)) {
                var table = listed.computeIfAbsent(axis, added -> new long[axis.choices().size()]);
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
        this.axes = listed.keySet().toArray(Axis[]::new);
        this.bitsByValue = listed.values().toArray(long[][]::new);
        this.others = rest.toArray(Demand[]::new);
        this.otherBits = restBits.stream().mapToLong(Long::longValue).toArray();
    }

    /// The bits of the demands that a claim meets.
    long of(Claim claim, LocalDate day, long stayNumber) {
        var bits = 0L;
        for (var i = 0; i < axes.length; i++) {
            bits |= bitsByValue[i][(int) axes[i].read(claim, day, stayNumber)];
        }
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
