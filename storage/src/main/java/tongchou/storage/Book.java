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

    /// Records a roll (名册登记): institutions, then members, then alliances, each as if it came alone, in one transaction.
    ///
    /// @return the first that stands in the way, and then nothing of the roll is recorded; empty when all of it is
    Optional<Conflict> register(Roll roll);

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
    ///
    /// A settlement whose parts do not add up, that does not start from the situation it was given, or that uses more
    /// account money than there is, is a defect: it is not booked, and the member's benefit year is parked in a
    /// transaction of its own.
    Booked settle(Submission submission, Decide decide);

    /// Takes a settlement back (退费, 撤销), once.
    ///
    /// In one transaction: every posting, every entry and every amount is booked again with the other sign, the
    /// year-to-date sums lose what the settlement added, the account money goes back to whom it came from, and later
    /// settlements that met those sums become stale. The same key and content again, or another request to reverse the
    /// same settlement, gives the reply of the first reversal.
    ///
    /// @throws BookException when the store fails; with an unknown outcome the same key may be sent again
    Reversed reverse(Reversing request, Answer answer);

    /// Takes a settlement back and books another for the same member in its place (部分退费), both or neither.
    ///
    /// @throws IllegalArgumentException when the two are of different members
    Replaced replace(Reversing request, Answer answer, Submission submission, Decide decide);

    /// A reversal by its id.
    Optional<Reversal> reversal(String id);

    /// A reversal by the key of who sent it.
    Optional<Reversal> reversal(String sender, String key);

    /// The reversal of a settlement, empty while the settlement stands.
    Optional<Reversal> reversalOf(String settlementId);

    /// The member's settlements that met sums which changed behind them, in the order of their days (待重算).
    ///
    /// Reversed ones are left out. A settlement appears once for every booking that made it stale.
    List<Stale> stale(String member);

    /// A page of members that have stale settlements, in the order of their tokens.
    List<String> staleMembers(String after, int limit);

    /// For whom nothing is booked until a person has looked.
    Parkings parkings();

    /// Whose request is running just now.
    Turns turns();

    /// What was sent.
    Papers papers();

    /// The audit log, to be read.
    AuditTrail auditTrail();

    /// A booked settlement by its id.
    Optional<Stored> settlement(String id);

    /// A booked settlement by the key of the institution that sent it.
    Optional<Stored> settlement(String institution, String key);

    /// The entries of a settlement's or a reversal's journal; they sum to zero.
    List<Entry> entries(String id);

    /// How many settlements are booked.
    long settlements();

    /// The keys by which callers are known.
    Keys keys();

    /// What needs two persons, and what came of it.
    Oversight oversight();

    /// The identities of members, sealed.
    Identities identities();

    /// The items that were imported, and how they are searched.
    Catalogue catalogue();

    /// What was charged, and what it would come to at other prices.
    Volumes volumes();

    /// The lists of alliances, and prescriptions that go with a referral.
    Formularies formularies();

    /// Settlements that are computed again, and the differences that come of it.
    Resettlements resettlements();

    /// The same book on behalf of somebody, which is what its audit log then says (经办人). Closing it closes nothing.
    ///
    /// @param who a user, a key, a program; never an identity number
    /// @param at when, for what carries no time of its own
    Book acting(String who, Instant at);

    /// Writes into the audit log what changes nothing in the book, such as unmasking a name.
    ///
    /// @param kind what was done, in one word
    /// @param subject to what or to whom; a token, never an identity number
    /// @param reason why
    void note(String kind, String subject, String reason);

    /// How many rows the audit log has (审计日志). Every change adds one in the transaction of the change.
    long auditSize();

    /// Signs the size and the Merkle root of the audit log and writes them to the second place (审计存证点).
    ///
    /// @throws BookException when the second place cannot be written; the next checkpoint says as much
    Checkpoint checkpoint(Seal seal, Instant now);

    /// Recomputes what must hold in a book (核验), while others go on reading and writing.
    ///
    /// @return what does not hold, at most as much as asked for; empty when all is well
    List<Finding> verify(Inspection how);

    /// The part of [#verify] that reads the audit log: edited, removed, moved and cut rows are found.
    List<Finding> verifyAudit(Inspection how);

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

        /// The member is parked, or this year of it; nothing was written, other than the parking when this led to it.
        record Parked(String token, String reason) implements Booked {
        }
    }

    /// A request to take a settlement back.
    ///
    /// @param id the id the reversal gets when it is new
    /// @param sender code of the institution or the bureau that sends it; keys of reversals are scoped to it
    /// @param key the caller's idempotency key; keys of settlements are others
    /// @param content the canonical request; replays are recognised by it
    /// @param settlement id of the settlement
    /// @param reason why, in the words of who asks; never empty
    /// @param now when it arrived; the book keeps milliseconds
    record Reversing(
            String id, String sender, String key, byte[] content, String settlement, String reason, Instant now) {

        /// Checks the reason.
        ///
        /// @throws IllegalArgumentException when there is none
        public Reversing {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("a reversal has a reason");
            }
        }
    }

    /// The reply to a reversal, a pure function.
    @FunctionalInterface
    interface Answer {
        /// The bytes that answer this request now and whenever it is repeated.
        byte[] to(Undone undone);
    }

    /// A settlement taken back.
    ///
    /// @param settlement id of the settlement
    record Reversal(String id, String settlement, String sender, String key, String member, String reason,
            Instant reversedAt, byte[] reply) {
    }

    /// What became of a request to take a settlement back.
    sealed interface Reversed {
        /// It is booked and durable.
        ///
        /// @param repeated whether it had been booked before
        record Done(Reversal reversal, boolean repeated) implements Reversed {
        }

        /// No such settlement; nothing was written.
        record UnknownSettlement(String id) implements Reversed {
        }

        /// The key was used for other content; nothing was written.
        record KeyTaken(Reversal first, byte[] content) implements Reversed {
        }

        /// The member is parked, or this year of it; nothing was written, other than the parking when this led to it.
        record Parked(String token, String reason) implements Reversed {
        }
    }

    /// What became of a request to put one settlement in the place of another.
    sealed interface Replaced {
        /// Both are booked and durable.
        ///
        /// @param repeated whether they had been booked before
        record Done(Reversal reversal, Stored stored, boolean repeated) implements Replaced {
        }

        /// The old one cannot be taken back, or was by another request; nothing was written.
        record NotReversed(Reversed why) implements Replaced {
        }

        /// The new one is not booked, so the old one stands; nothing was written.
        record NotBooked(Booked why) implements Replaced {
        }
    }

    /// A settlement that met sums which changed behind it.
    ///
    /// @param day the day that bound it
    /// @param cause id of the reversal or of the settlement that arrived late
    record Stale(String settlement, LocalDate day, Reason reason, String cause) {

        /// Why the sums changed.
        public enum Reason {
            /// A settlement booked before it was reversed.
            REVERSAL,
            /// A settlement of an earlier day was booked after it.
            LATE_ARRIVAL
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
