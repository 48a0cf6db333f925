package tongchou.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongchou.core.ledger.Entry;
import tongchou.core.money.Fen;
import tongchou.core.settlement.Counter;

/// Manual adjustments (手工调账): of a member's account money, or of one sum of the year, with a reason and a document.
///
/// Each is booked once, as balanced entries between the personal account and the bureau's adjustment account; a sum is
/// moved without money. One that was wrong is taken back by another.
public interface Adjustments {

    /// Books an adjustment; the same id again gives what was booked.
    Adjusted book(Order order);

    /// The adjustments of a member, in the order of booking.
    List<Adjustment> of(String member);

    /// An adjustment by its id.
    Optional<Adjustment> find(String id);

    /// What is to be booked.
    ///
    /// @param id the id it gets
    /// @param area division of the bureau, which owns the other side of the entries
    /// @param change what changes; nothing when another adjustment is taken back
    /// @param takesBack id of the adjustment that is taken back
    /// @param document number of the document behind it (依据文号)
    record Order(String id, String member, String area, Change change, @Nullable String takesBack, String reason,
            String document, String by, Instant now) {
    }

    /// What changes.
    ///
    /// @param currentYear account money of the current year, more or less
    /// @param earlierYears account money of earlier years, more or less
    /// @param counter a sum of the member that is there; null for none
    /// @param more what the sum gets more or less, in its unit
    record Change(Fen currentYear, Fen earlierYears, Counter.@Nullable Key counter, long more) {

        /// Nothing.
        public static final Change NOTHING = new Change(Fen.ZERO, Fen.ZERO, null, 0);
    }

    /// An adjustment that was booked.
    ///
    /// @param takesBack id of the adjustment that it takes back; null for none
    /// @param entries its journal, which sums to zero
    record Adjustment(String id, String member, Change change, @Nullable String takesBack, String reason,
            String document, Instant bookedAt, List<Entry> entries) {
    }

    /// What became of an order.
    sealed interface Adjusted {
        /// It is booked and durable.
        record Done(Adjustment adjustment, boolean repeated) implements Adjusted {
        }

        /// It cannot be booked; nothing was written.
        ///
        /// @param field what stands in the way, in the words of the API
        record Not(String field, String why) implements Adjusted {
        }
    }
}
