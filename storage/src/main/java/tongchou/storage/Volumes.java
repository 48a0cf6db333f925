package tongchou.storage;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import tongchou.core.policy.Payer;
import tongchou.storage.Resettlements.Again;
import tongchou.storage.Resettlements.Change;

/// What was really charged (实际业务量): bills of a period, and what members' settlements would come to otherwise.
///
/// Nothing is written. Bills that were taken back are left out; a bill in the place of another stands.
public interface Volumes {

    /// Every name under which anything was ever charged, sorted.
    List<String> items();

    /// A page of the bills that stand, in the order of their booking.
    ///
    /// @param institutions codes of the institutions that charged; empty for all
    /// @param after the number of the last one of the page before, 0 for the first page
    List<Bill> bills(Span span, Collection<String> institutions, long after, int limit);

    /// The bills of one member that stand, in the order of their booking.
    List<Bill> bills(Span span, String member);

    /// A page of the members to whom any of the items was charged, in the order of their tokens.
    ///
    /// @param items names as they were charged; empty for all
    /// @param area the first digits that the area of a member's insurance begins with; empty for everybody
    /// @param after the token of the last one of the page before, empty for the first page
    List<String> members(Span span, Collection<String> items, String area, String after, int limit);

    /// Settles a member's settlements again in the order of service, from the first of a pack on a day or later, each
    /// meeting what the earlier ones leave; nothing is kept of it.
    Refolded again(String member, String pack, LocalDate from, Again again);

    /// Days by which settlements are bound (期间).
    ///
    /// @param to the last day
    record Span(LocalDate from, LocalDate to) {

        /// Whether a day lies in it.
        public boolean covers(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(to);
        }
    }

    /// A bill that was settled (已结算账单).
    ///
    /// @param number its place in the book
    /// @param day the day that bound it
    /// @param area the insuring area by whose rules it was settled
    /// @param content the canonical request, which has the lines with their quantities
    record Bill(long number, String settlement, String institution, String member, LocalDate day, String pack,
            String area, byte[] content) {
    }

    /// What comes out for a member.
    ///
    /// @param settlements how many were settled again
    /// @param outcomes those that come out otherwise than they are booked
    /// @param why why nothing can be said, a code and what it is about; empty where all is well
    record Refolded(int settlements, List<Outcome> outcomes, String why) {
    }

    /// What one settlement comes to.
    ///
    /// @param payers every payer that paid or would pay
    record Outcome(String settlement, String institution, LocalDate day, Map<Payer, Change> payers) {
    }
}
