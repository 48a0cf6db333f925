package tongchou.storage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import tongchou.core.money.Fen;
import tongchou.core.policy.Payer;

/// What corrections left due between funds, institutions and persons (应补应退): every correction that was booked in a
/// time, and what an institution gets of it.
///
/// The bill of a settlement stays what it was. What a fund or an account pays more goes to the institution, which owes
/// it to the person who paid in cash; what it pays less comes back from the institution. A correction that was taken
/// back stands with both signs, each when it was booked. Nothing here says what was paid out since: the book knows no
/// payments.
public interface Dues {

    /// What is due by institution, in the order of their codes.
    List<Due> sums(Time time);

    /// A page of the corrections that it comes from, in the order in which they were booked.
    ///
    /// @param institution code of the only one that is asked for, empty for every one
    /// @param after the number of the last one of the page before, 0 for the first page
    List<Line> lines(Time time, String institution, long after, int limit);

    /// From one moment up to another.
    ///
    /// @param before the first moment that is left out
    record Time(Instant from, Instant before) {
    }

    /// What every payer pays more, and what follows for an institution, all in fen and less than zero the other way.
    ///
    /// @param more what each payer pays more; the amounts sum to zero
    record Shares(Map<Payer, Fen> more) {

        /// What the funds have to pay to the institution (基金应补机构).
        public Fen fromFunds() {
            return sum(Kind.FUND);
        }

        /// What was put from personal accounts to the institution's claim, or given back to them (个人账户).
        public Fen fromAccounts() {
            return sum(Kind.ACCOUNT);
        }

        /// What the institution has to pay to the persons (机构应退个人).
        public Fen toPersons() {
            return more.getOrDefault(Payer.CASH, Fen.ZERO).negated();
        }

        private enum Kind { FUND, ACCOUNT }

        private Fen sum(Kind kind) {
            return more.entrySet().stream().filter(one -> kind == Kind.FUND ? one.getKey().isFund()
                    : one.getKey() != Payer.CASH && one.getKey() != Payer.HOSPITAL && !one.getKey().isFund())
                    .map(Map.Entry::getValue).reduce(Fen.ZERO, Fen::plus);
        }
    }

    /// What is due to or from one institution.
    ///
    /// @param settlements how many of its settlements were corrected
    record Due(String institution, long settlements, Shares shares) {
    }

    /// One correction.
    ///
    /// @param number its place among all bookings
    record Line(long number, String correction, String settlement, String institution, String member,
            Instant bookedAt, Shares shares) {
    }
}
