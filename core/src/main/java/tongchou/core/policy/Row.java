package tongchou.core.policy;

import java.time.LocalDate;
import tongchou.core.calendar.InForce;
import tongchou.core.calendar.KnownOn;

/// One row of a rule table (规则行): under a condition, during a period, a value, from a source.
///
/// @param label the row in the pack's own words, for the explanation: its conditions, such as 退休 三级
/// @param issued the day from which the row was known
/// @param <V> what the row states
public record Row<V>(
        Condition when, V value, InForce inForce, LocalDate issued, Citation citation, String label) {

    /// Whether the row was known and holds on the day.
    public boolean visible(LocalDate day, KnownOn known) {
        return known.knows(issued) && !day.isBefore(inForce.from());
    }

    /// Whether the row states the same thing as the other for another time: same condition, same key.
    boolean succeeds(Row<V> other) {
        var byFirstDay = inForce.from().compareTo(other.inForce.from());
        return byFirstDay > 0 || byFirstDay == 0 && issued.isAfter(other.issued);
    }
}
