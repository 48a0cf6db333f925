package tongchou.core.settlement;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.core.policy.Demand;
import tongchou.core.policy.Row;

/// A table of one day, compiled (选取表): rows as bit masks over the demands of a waterfall, in order of precedence.
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
        return new Selection<>(needs, List.copyOf(rows));
    }

    /// The rows of the day, in order of precedence.
    List<Row<V>> rows() {
        return rows;
    }

    /// The first row whose demands are all met, or null.
    @Nullable Row<V> chosen(long bits) {
        return holding(bits).findFirst().orElse(null);
    }

    /// Every row whose demands are all met, in order of precedence.
    Stream<Row<V>> holding(long bits) {
        return IntStream.range(0, needs.length).filter(i -> (bits & needs[i]) == needs[i]).mapToObj(rows::get);
    }
}
