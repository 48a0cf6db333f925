package tongchou.storage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tongchou.core.ledger.Entry;
import tongchou.core.money.Fen;
import tongchou.core.policy.Payer;
import tongchou.core.settlement.Counter;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.YearToDate;

/// Settlements that are computed again (重算): the differences are found, shown, and booked when somebody confirms them.
///
/// A re-settlement is work that lasts: it goes on a few members at a time, can be stopped and resumed, and is where it
/// was after a restart. Of a member, every settlement that stands is folded again from the first affected one, in the
/// order of service: by the day that binds, then by booking. What was booked stays as it was; a difference becomes a
/// [Correction] of its own. Writing methods return only after the change is durable.
public interface Resettlements {

    /// Records work to be done and counts whom it affects; nothing is computed yet.
    ///
    /// @throws BookException when its id is taken or the store fails
    Resettlement start(Request request);

    /// One by its id.
    Optional<Resettlement> find(String id);

    /// A page, the newest first.
    ///
    /// @param before the number of the last one of the page before, [Long#MAX_VALUE] for the first page
    List<Resettlement> page(long before, int limit);

    /// Goes on with the next members: computes them, or books them, whichever is to be done; otherwise nothing.
    ///
    /// A member is booked in one transaction, in which it is computed again. What comes out otherwise than it was shown
    /// is not booked: it replaces what was shown and waits for another confirmation.
    ///
    /// @param members how many at most
    /// @param again settles what was settled
    /// @throws IllegalArgumentException when there is none of this id
    Resettlement step(String id, int members, Again again, Instant now);

    /// Stops, resumes, confirms or dismisses; what is so already stays so.
    Moved move(String id, Order order);

    /// A page of what was found, members in the order in which they were computed, settlements in order of service.
    ///
    /// @param after the number of the last one of the page before, 0 for the first page
    List<Difference> differences(String id, long after, int limit);

    /// The reply that a settlement would have by what was found, empty where nothing was found.
    Optional<byte[]> reply(String id, String settlementId);

    /// What was found, added up by institution and payer.
    List<Sum> sums(String id);

    /// How much fund money the differences that are not booked would move, whether it is paid more or less.
    Fen fundsMoved(String id);

    /// What corrections left due.
    Dues dues();

    /// A page of members that are not booked although they are affected, in the order of their tokens.
    ///
    /// @param after the token of the last one of the page before, empty for the first page
    List<Obstacle> obstacles(String id, String after, int limit);

    /// The corrections of a settlement, the first booked first.
    List<Correction> corrections(String settlementId);

    /// The entries of a correction's journal; they sum to zero.
    List<Entry> entries(String correctionId);

    /// What is to be computed again, and for what reason.
    ///
    /// @param area the first digits that the area of a member's insurance begins with; empty for everybody
    /// @param reason why, in the words of who starts it; never empty
    record Request(String id, Cause cause, String area, String reason, String by, Instant now) {

        /// Checks the reason.
        ///
        /// @throws IllegalArgumentException when there is none, or nobody asks
        public Request {
            if (reason.isBlank() || by.isBlank()) {
                throw new IllegalArgumentException("a re-settlement has a reason and somebody who starts it");
            }
        }
    }

    /// What makes settlements doubtful (重算起因).
    sealed interface Cause {
        /// They met sums that changed behind them: see [Book#stale].
        record StaleSums() implements Cause {
        }

        /// Another version of their pack is to be applied (政策追溯).
        ///
        /// @param hash of the version
        /// @param knownOn as of when it is read; null for the latest knowledge
        /// @param from settlements of earlier days keep their rules
        record NewRules(String pack, String version, String hash, @Nullable LocalDate knownOn, LocalDate from)
                implements Cause {
        }

        /// A person asks for one member, from the first settlement on.
        record OneMember(String token) implements Cause {
        }
    }

    /// Where a re-settlement stands (状态).
    enum State {
        /// Differences are being found.
        COMPUTING,
        /// They wait for somebody who confirms or dismisses them.
        READY,
        /// They are being booked.
        BOOKING,
        /// Somebody stopped it.
        STOPPED,
        /// Everything is booked.
        DONE,
        /// Somebody decided that nothing, or nothing more, is booked.
        DISMISSED;

        /// Whether [Resettlements#step] has something to do.
        public boolean isRunning() {
            return this == COMPUTING || this == BOOKING;
        }
    }

    /// What a person can do with a re-settlement (操作).
    enum Move {
        /// Holds it where it is.
        STOP(EnumSet.of(State.COMPUTING, State.BOOKING),
                EnumSet.of(State.STOPPED, State.READY, State.DONE, State.DISMISSED)),
        /// Lets it go on from there.
        RESUME(EnumSet.of(State.STOPPED), EnumSet.of(State.COMPUTING, State.READY, State.BOOKING, State.DONE)),
        /// Has the differences booked that were shown.
        CONFIRM(EnumSet.of(State.READY), EnumSet.of(State.BOOKING, State.DONE)),
        /// Gives up what is not booked.
        DISMISS(EnumSet.of(State.COMPUTING, State.READY, State.STOPPED), EnumSet.of(State.DONE, State.DISMISSED));

        private final Set<State> from;
        private final Set<State> already;

        Move(Set<State> from, Set<State> already) {
            this.from = from;
            this.already = already;
        }

        /// The states in which nothing is left to be done, so that a repeated request changes nothing.
        public Set<State> already() {
            return EnumSet.copyOf(already);
        }

        /// The states in which it can be done.
        public Set<State> from() {
            return EnumSet.copyOf(from);
        }
    }

    /// That somebody wants something done with a re-settlement (指令).
    ///
    /// @param revision the revision that was looked at, so that nobody confirms what was not seen; 0 for any
    /// @param by the person who does so, never empty
    /// @param note why, or empty
    record Order(Move move, long revision, String by, String note, Instant now) {

        /// Checks who it is.
        ///
        /// @throws IllegalArgumentException when nobody is named
        public Order {
            if (by.isBlank()) {
                throw new IllegalArgumentException("a person does this");
            }
        }
    }

    /// What became of an [Order].
    sealed interface Moved {
        /// It is done and durable.
        record Done(Resettlement now) implements Moved {
        }

        /// It cannot be done in this state or revision; nothing changed.
        record NotNow(Resettlement present) implements Moved {
        }

        /// There is none of this id.
        record Unknown(String id) implements Moved {
        }
    }

    /// A re-settlement (重算任务).
    ///
    /// @param number its place among all
    /// @param resumes what it goes on with after [Move#RESUME]; null unless it is stopped
    /// @param events who brought it to which state, the first first
    record Resettlement(long number, String id, Cause cause, String area, String reason, State state,
            @Nullable State resumes, Progress progress, List<Event> events) {

        /// Counts what happened to it: what is confirmed is one revision.
        public long revision() {
            return events.size();
        }
    }

    /// How far a re-settlement has come (进度), in members.
    ///
    /// @param members how many are affected
    /// @param computed how many of them were looked at
    /// @param blocked of these, how many cannot be booked
    /// @param changed of these, how many came out otherwise when they were to be booked, and wait again
    /// @param booked of these, how many are booked, those without difference included
    record Progress(long members, long computed, long blocked, long changed, long booked) {
    }

    /// That somebody brought a re-settlement to a state.
    record Event(State state, String who, Instant at) {
    }

    /// The version of the rules that something is settled by.
    record Rules(String pack, String version, String hash, String area) {
    }

    /// Settles what was settled, a pure function.
    @FunctionalInterface
    interface Again {
        /// Settles it again or says why that cannot be.
        ///
        /// @param situation the member with the account money that the settlement used and no more, the institution on
        ///     its day, the sums that it meets in the order of service
        Recounted settle(Prior prior, Book.Situation situation);
    }

    /// What was settled.
    ///
    /// @param stored the settlement as it was booked
    /// @param content its canonical request
    /// @param day the day that bound it
    /// @param rules those of its newest correction, or else its own
    /// @param knownOn as of when they were read; null for the latest knowledge
    /// @param corrected whether it has a correction
    /// @param met the sums that it met when it was booked; asks the book, while it is being settled again
    record Prior(Book.Stored stored, byte[] content, LocalDate day, Rules rules, @Nullable LocalDate knownOn,
            boolean corrected, Supplier<YearToDate> met) {
    }

    /// What comes out when it is settled again.
    sealed interface Recounted {
        /// A settlement.
        ///
        /// @param reply the bytes that would answer the request
        record Settled(Settlement settlement, byte[] reply) implements Recounted {
        }

        /// Nothing: a person has to look at the member, for whom nothing is booked.
        ///
        /// @param why a code and what it is about
        record Not(String why) implements Recounted {
        }
    }

    /// What a payer paid and pays now.
    record Change(Fen before, Fen after) {
        /// What it pays more.
        public Fen more() {
            return after.minus(before);
        }
    }

    /// What a settlement added to a counter and adds now.
    ///
    /// @param met the sum that it meets now
    record CounterChange(Counter.Key key, Counter.Unit unit, long met, long before, long after) {
    }

    /// What comes out otherwise for one settlement (差额).
    ///
    /// @param number its place in the list
    /// @param institution code of where care was given
    /// @param payers every payer that paid or pays
    /// @param due what the person gets back when positive, has still to pay when negative
    /// @param rules what it is computed by now
    /// @param reply the reply that the settlement would have now
    /// @param correction id of the correction by which it was booked; null before
    record Difference(long number, String member, String settlement, String institution, LocalDate day,
            Map<Payer, Change> payers, Fen due, List<CounterChange> counters, Rules rules,
            @Nullable LocalDate knownOn, byte[] reply, @Nullable String correction) {
    }

    /// What was found for one institution and one payer.
    ///
    /// @param settlements how many settlements of the institution differ for this payer
    record Sum(String institution, Payer payer, long settlements, Change change) {
    }

    /// Why an affected member is not booked.
    ///
    /// @param settlement the one that cannot be settled again; empty when it is about the member
    /// @param why a code and what it is about
    record Obstacle(String member, String settlement, String why) {
    }

    /// A difference entry of a settlement (更正分录), never edited.
    ///
    /// @param resettlement id of the re-settlement; null when it goes with a reversal
    /// @param takesBack id of the correction that it takes back because the settlement was reversed; null otherwise
    /// @param more what every payer pays more; nothing for those that pay the same
    /// @param due what the person gets back when positive, has still to pay when negative
    /// @param reply the reply that the settlement would have by it; empty when it takes another back
    record Correction(String id, String settlement, @Nullable String resettlement, @Nullable String takesBack,
            Rules rules, @Nullable LocalDate knownOn, Instant bookedAt, Map<Payer, Fen> more, Fen due,
            byte[] reply) {
    }
}
