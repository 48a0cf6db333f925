package tongchou.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tongchou.core.fund.Budget;
import tongchou.core.fund.BudgetPosition;
import tongchou.core.money.Fen;

/// Global budgets (总额预算): what is allotted to institutions and alliances, and what the funds paid of it.
///
/// An allotment is booked once and never changed; one that was wrong is followed by another of the other sign. What was
/// paid is read from the ledger: the entries of fund accounts for settlements whose binding day lies in the year, with
/// reversals and corrections, at institutions that belonged to the alliance on that day. No settlement waits for it.
public interface Budgets {

    /// Books an allotment, and opens its budget where it is the first; the same id again gives what was booked.
    Allotted allot(Order order);

    /// Every budget in the order of its code.
    List<Budget> all();

    /// A budget by its code.
    Optional<Budget> find(String code);

    /// What was allotted to a budget, in the order of booking.
    List<Allotment> allotments(String code);

    /// Where a budget stands; empty when there is none.
    Optional<BudgetPosition> position(String code);

    /// What is to be booked.
    ///
    /// @param id the id it gets
    /// @param budget the budget, exactly as it stands or is to stand
    /// @param opens whether it is to be a new one
    /// @param amount in fen, less than zero for a cut
    /// @param document number of the document behind it (依据文号)
    /// @param askedBy who asked for it
    /// @param confirmedBy who confirmed it
    record Order(String id, Budget budget, boolean opens, Fen amount, String document, String reason, String askedBy,
            String confirmedBy, Instant now) {
    }

    /// An allotment that was booked (预算下达).
    record Allotment(String id, Fen amount, String document, String reason, String askedBy, String confirmedBy,
            Instant at) {
    }

    /// What became of an order.
    sealed interface Allotted {
        /// It is booked and durable.
        record Done(Allotment allotment, boolean repeated) implements Allotted {
        }

        /// It cannot be booked; nothing was written.
        ///
        /// @param field what stands in the way, in the words of the API
        record Not(String field, String why) implements Allotted {
        }
    }
}
