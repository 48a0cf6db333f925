package tongchou.core.policy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tongchou.core.calendar.KnownOn;

/// A dated selection table (选取表): the most specific row that holds gives the value.
///
/// Rows with the same condition succeed each other: the one with the latest first day wins, and of two with
/// the same first day the one issued later. A row whose own last day has passed leaves a gap, it does not
/// bring its predecessor back.
///
/// @param rows every version of every row
/// @param <V> what a row states
public record Table<V>(List<Row<V>> rows) {

    /// Copies the rows.
    public Table {
        rows = List.copyOf(rows);
    }

    /// A table without rows.
    public static <V> Table<V> empty() {
        return new Table<>(List.of());
    }

    /// Whether nothing was ever stated.
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /// The rows in force on a day as they were known on a day, the most specific first.
    public List<Row<V>> on(LocalDate day, KnownOn known) {
        return on(day, known, value -> 0L);
    }

    /// The rows in force, where a value has a key of its own beside the condition (the lower bound of a band).
    public List<Row<V>> on(LocalDate day, KnownOn known, Function<V, Long> key) {
        record Slot(Condition when, long key) {
        }
        Map<Slot, Row<V>> latest = new LinkedHashMap<>();
        for (var row : rows) {
            if (row.visible(day, known)) {
                latest.merge(new Slot(row.when(), key.apply(row.value())), row,
                        (old, candidate) -> candidate.succeeds(old) ? candidate : old);
            }
        }
        var inForce = new ArrayList<>(latest.values());
        inForce.removeIf(row -> !row.inForce().covers(day));
        inForce.sort(Comparator.comparingInt((Row<V> row) -> -row.when().specificity()));
        return inForce;
    }
}
