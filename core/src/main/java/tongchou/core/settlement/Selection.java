package tongchou.core.settlement;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tongchou.core.policy.Demand;
import tongchou.core.policy.Row;

/// A table of one day, compiled (选取表): rows as bit masks over the demands of a waterfall, most specific first.
final class Selection<V> {

    private final long[] needs;
    private final List<Row<V>> rows;

    private Selection(long[] needs, List<Row<V>> rows) {
        this.needs = needs;
        this.rows = rows;
    }

    /// Compiles rows that are already in order of precedence.
    ///
    /// @param bit gives every distinct demand its place in the bit set
    static <V> Selection<V> of(List<Row<V>> rows, Function<Demand, Integer> bit) {
        var needs = new long[rows.size()];
        for (var i = 0; i < needs.length; i++) {
            for (var demand : rows.get(i).when().demands()) {
                needs[i] |= 1L << bit.apply(demand);
            }
        }
        return new Selection<>(needs, new ArrayList<>(rows));
    }

    /// Whether there is nothing to select.
    boolean isEmpty() {
        return needs.length == 0;
    }

    int size() {
        return needs.length;
    }

    /// The place of the first row whose demands are all met, or -1.
    int select(long bits) {
        for (var i = 0; i < needs.length; i++) {
            if (meets(i, bits)) {
                return i;
            }
        }
        return -1;
    }

    boolean meets(int place, long bits) {
        return (bits & needs[place]) == needs[place];
    }

    Row<V> row(int place) {
        return rows.get(place);
    }
}
