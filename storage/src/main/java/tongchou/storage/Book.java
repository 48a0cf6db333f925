package tongchou.storage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import tongchou.core.alliance.Alliance;
import tongchou.core.alliance.Institution;
import tongchou.core.ledger.Entry;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.YearToDate;

/// The book of record (账簿): who is insured, where care is given, and every settlement that was booked.
///
/// What is booked is never edited. Writing methods return only after the change is durable. The book reads no clock;
/// times come in as arguments. Failures of the store itself are [BookException]s.
public interface Book extends AutoCloseable {

    /// Records an institution for a period (机构登记). The same version again changes nothing; a later one ends an open
    /// predecessor the day before it begins; one that shares days with another in any other way is a conflict.
    ///
    /// @return what stands in the way, empty when it was recorded
    Optional<Conflict> register(Institution institution);

    /// The version of an institution that holds on a day.
    Optional<Institution> institution(String code, LocalDate day);

    /// Every version of an institution, the earliest first; empty when the code is unknown.
    List<Institution> versions(String code);

    /// A page of institutions in the order of their codes, every version of each.
    ///
    /// @param after the last code of the page before, empty for the first page
    List<Institution> institutions(String after, int limit);

    /// Records an alliance with its dated memberships (医联体登记).
    ///
    /// Again it may bring further memberships and the last day of open ones; nothing else changes. On any day an
    /// alliance has at most one lead, and an institution is in at most one urban group or county community.
    Optional<Conflict> register(Alliance alliance);

    /// Every alliance in the order of its code.
    List<Alliance> alliances();

    /// Records a member (参保人登记): birth, standings, opening account balance and family. Standings must not overlap,
    /// and those who share their account are other members the book knows.
    ///
    /// What was true once stays so: the opening balance and a standing that was open are recognised again after money
    /// was used or a successor began. The family's money in the purse is not read; it is what the relatives have.
    Optional<Conflict> register(Person person);

    /// Adds standings to a known member; a standing without a last day ends the day before its successor begins.
    Optional<Conflict> changeStanding(String token, tongchou.core.people.Standing standing);

    /// A member as the book knows it.
    Optional<Person> person(String token);

    /// The member's sums of all periods.
    YearToDate yearToDate(String token);

    /// Books a settlement exactly once (入账).
    ///
    /// In one transaction: the key is looked up; if it is new, the member's situation is read and locked, the
    /// function decides, and a settlement is written with its postings, its counters, the account money it used and its
    /// reply. A refusal writes nothing. The same key and content again gives the stored reply. What the function throws
    /// comes through and nothing is written; it runs on any thread, and again when a transaction met another.
    ///
    /// @throws BookException when the store fails; with an unknown outcome the same key may be sent again
    /// @throws IllegalArgumentException when the settlement is of another member or an unknown institution
    /// @throws IllegalStateException when the settlement does not start from the situation it was given
    Booked settle(Submission submission, Decide decide);

    /// A booked settlement by its id.
    Optional<Stored> settlement(String id);

    /// A booked settlement by the key of the institution that sent it.
    Optional<Stored> settlement(String institution, String key);

    /// The entries of a settlement's journal; they sum to zero.
    List<Entry> entries(String settlementId);

    /// How many settlements are booked.
    long settlements();

    @Override
    void close();

    /// A request to book.
    ///
    /// @param id the id the settlement gets when it is new
    /// @param institution code of the institution that sends it; keys are scoped to it
    /// @param key the caller's idempotency key
    /// @param content the canonical request; replays are recognised by it, differences are named from it
    /// @param member the member's token
    /// @param day the day on which the institution must be in force
    /// @param now when it arrived; the book keeps milliseconds
    record Submission(
            String id, String institution, String key, byte[] content, String member, LocalDate day, Instant now) {
    }

    /// What the function decides on.
    ///
    /// @param person the member with standings and account money, locked for this transaction
    /// @param institution the institution as it stands on the submission's day; never empty inside [#settle]
    record Situation(Person person, Optional<Institution> institution, YearToDate yearToDate) {
    }

    /// The pure decision inside the transaction.
    @FunctionalInterface
    interface Decide {
        /// Settles or refuses.
        Decision on(Situation situation);
    }

    /// What was decided.
    sealed interface Decision {
        /// Book it.
        ///
        /// @param reply the bytes that answer this request now and whenever it is repeated
        record Settle(Settlement settlement, byte[] reply) implements Decision {
        }

        /// Do not book it.
        record Refuse(Refusal refusal) implements Decision {
        }
    }

    /// What became of a submission.
    sealed interface Booked {
        /// It is booked and durable.
        ///
        /// @param repeated whether it had been booked before
        record Done(Stored stored, boolean repeated) implements Booked {
        }

        /// The rules refuse it; nothing was written.
        record Refused(Refusal refusal) implements Booked {
        }

        /// The key was used for other content; nothing was written.
        ///
        /// @param first the settlement that used it
        /// @param content the canonical content that was booked
        record KeyTaken(Stored first, byte[] content) implements Booked {
        }

        /// The member is not in the book; nothing was written.
        record UnknownMember(String token) implements Booked {
        }

        /// The institution is not in the book, or not in force on the day; nothing was written.
        record UnknownInstitution(String code) implements Booked {
        }
    }

    /// A settlement as it was booked.
    record Stored(String id, String institution, String key, String member, Instant bookedAt, byte[] reply) {
    }

    /// Why something could not be recorded.
    ///
    /// @param field what collides, in the words of the API
    /// @param present what is already there
    record Conflict(String field, String present) {
    }
}
