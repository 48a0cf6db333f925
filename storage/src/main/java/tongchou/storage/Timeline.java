package tongchou.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.InForce;

/// Periods that follow each other without overlap, and how another one joins them (时间线).
///
/// @param periods in the order of their first days
record Timeline(List<InForce> periods) {

    /// Where a further period stands.
    sealed interface Place {
        /// One with this first day is there already.
        ///
        /// @param sameEnd whether it also ends on the same day, or was open until its successor began
        record Known(int index, boolean sameEnd) implements Place {
        }

        /// It fits in.
        ///
        /// @param closes the open predecessor that ends the day before; null when there is none
        record Free(@Nullable Integer closes) implements Place {
        }

        /// It shares days with another.
        record Taken(InForce by) implements Place {
        }
    }

    Place place(InForce added) {
        Integer closes = null;
        for (var i = 0; i < periods.size(); i++) {
            var period = periods.get(i);
            if (period.from().equals(added.from())) {
                return new Place.Known(i, period.to().equals(added.to()) || added.isOpen() && wasOpen(i));
            }
            if (period.isOpen() && period.from().isBefore(added.from())) {
                closes = i;
            } else if (period.overlaps(added)) {
                return new Place.Taken(period);
            }
        }
        return new Place.Free(closes);
    }

    private boolean wasOpen(int index) {
        return index + 1 < periods.size()
                && periods.get(index).to().plusDays(1).equals(periods.get(index + 1).from());
    }
}
