package tongchou.core.calendar;

import java.time.LocalDate;

/// The days on which something holds (有效期), both ends included.
///
/// @param from the first day
/// @param to the last day; [LocalDate#MAX] when no end is known
public record InForce(LocalDate from, LocalDate to) {

    /// Every day there is.
    public static final InForce ALWAYS = new InForce(LocalDate.MIN, LocalDate.MAX);

    /// @throws IllegalArgumentException when the last day lies before the first
    public InForce {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("the last day " + to + " lies before the first day " + from);
        }
    }

    /// From a first day on, without a known end.
    public static InForce from(LocalDate first) {
        return new InForce(first, LocalDate.MAX);
    }

    /// Whether the day lies in the period.
    public boolean covers(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }

    /// Whether both periods share at least one day.
    public boolean overlaps(InForce other) {
        return !from.isAfter(other.to) && !other.from.isAfter(to);
    }

    /// Whether no last day is known.
    public boolean isOpen() {
        return to.equals(LocalDate.MAX);
    }

    @Override
    public String toString() {
        return (from.equals(LocalDate.MIN) ? "" : from) + ".." + (isOpen() ? "" : to);
    }
}
