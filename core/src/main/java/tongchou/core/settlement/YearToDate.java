package tongchou.core.settlement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where a member stands before a settlement (年度累计): deductibles borne, segment bases, fund used per ceiling,
/// stays, in fen or stays, for every definite period.
///
/// It is input and output of the pure settlement function. Settlements count in the order in which they are
/// booked (先结算先累计): one that arrives late meets the sums that were there when it arrived.
///
/// @param sums the sum of every counter that is not zero
public record YearToDate(Map<Counter.Key, Long> sums) {

    /// A member who has not used anything.
    public static final YearToDate NOTHING = new YearToDate(Map.of());

    /// Copies the sums.
    public YearToDate {
        sums = Map.copyOf(sums);
    }

    /// The sums in the order of the counters of a waterfall.
    public long[] slots(List<Counter.Key> keys) {
        var slots = new long[keys.size()];
        for (var i = 0; i < slots.length; i++) {
            slots[i] = sums.getOrDefault(keys.get(i), 0L);
        }
        return slots;
    }

    /// The position after the movements of a settlement.
    public YearToDate after(List<Movement> movements) {
        var next = new HashMap<>(sums);
        for (var movement : movements) {
            next.put(movement.key(), movement.after());
        }
        return new YearToDate(next);
    }

    /// What a settlement does to one counter.
    ///
    /// @param unit fen or stays
    /// @param before the sum it found
    /// @param after the sum it leaves
    public record Movement(Counter.Key key, Counter.Unit unit, long before, long after) {
    }
}
