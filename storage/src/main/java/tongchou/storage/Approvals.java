package tongchou.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one person asks for and another confirms (双人复核): kept with its exact content, decided once, done once.
///
/// Who asked can never decide, neither by the same credential nor under the same holder's name. What is confirmed is
/// carried out by whoever calls, idempotently; [#finish] keeps the outcome. Every step leaves an audit row.
public interface Approvals {

    /// Asks for something; the same key and content again gives the same approval.
    Asked ask(Request request);

    /// Decides, once.
    ///
    /// @param reason why, or a remark; may be empty
    Decided decide(String id, Decision decision, Somebody by, String reason, Instant now);

    /// Keeps what came of something confirmed; a second time changes nothing.
    Approval finish(String id, boolean done, byte[] outcome, Instant now);

    /// An approval by its id.
    Optional<Approval> find(String id);

    /// What waits for a decision, or was confirmed and not carried out yet; the oldest first.
    List<Approval> open(Instant now);

    /// What can be asked for (复核事项).
    enum Kind {
        /// A settlement taken back (冲正).
        REVERSAL,
        /// A settlement taken back and another booked in its place (冲正重结).
        REPLACEMENT,
        /// A manual adjustment (手工调账).
        ADJUSTMENT,
        /// A version of a pack put in force (政策包启用).
        ACTIVATION,
        /// Differences of a re-settlement booked (重算入账).
        RESETTLEMENT,
        /// Money allotted to a budget (预算下达).
        ALLOTMENT
    }

    /// Where an approval stands (状态).
    enum State {
        /// It waits for a second person.
        WAITING,
        /// A second person confirmed it; it is being carried out.
        CONFIRMED,
        /// A second person declined it.
        DECLINED,
        /// Nobody decided in time.
        EXPIRED,
        /// It was carried out.
        DONE,
        /// It was confirmed and could not be carried out; nothing was changed.
        FAILED
    }

    /// A decision of the second person.
    enum Decision {
        /// Have it carried out.
        CONFIRMED,
        /// Do not.
        DECLINED
    }

    /// Who does something.
    ///
    /// @param id the credential, for example `key abcdefghijkl`
    /// @param holder the name of its holder
    record Somebody(String id, String holder) {

        /// Whether both could be one person.
        boolean couldBe(Somebody other) {
            return id.equals(other.id) || plain(holder).equals(plain(other.holder));
        }

        private static String plain(String name) {
            return java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFKC).replaceAll("\\s", "")
                    .toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// What is asked for.
    ///
    /// @param sender to whom the key is scoped
    /// @param subject the settlement, member or pack it is about
    /// @param content what will be done, exactly
    record Request(String id, Kind kind, String sender, String key, String subject, byte[] content, String reason,
            Somebody by, Instant now, Instant expires) {
    }

    /// Something asked for, and how far it came.
    ///
    /// @param decidedBy null while nobody has decided
    /// @param outcome what came of it; null until then
    record Approval(String id, Kind kind, String sender, String key, String subject, byte[] content, byte[] digest,
            String reason, Somebody askedBy, Instant askedAt, Instant expiresAt, State state,
            @Nullable Somebody decidedBy, @Nullable Instant decidedAt, @Nullable String remark,
            byte @Nullable [] outcome) {
    }

    /// What became of a request.
    sealed interface Asked {
        /// It is kept and durable.
        record Kept(Approval approval, boolean repeated) implements Asked {
        }

        /// The key was used for other content; nothing was written.
        record KeyTaken(Approval first) implements Asked {
        }
    }

    /// What became of a decision.
    sealed interface Decided {
        /// It is durable.
        ///
        /// @param repeated whether it had been decided so before
        record Done(Approval approval, boolean repeated) implements Decided {
        }

        /// It was asked for by the same person; nothing was written.
        record SamePerson(Approval approval) implements Decided {
        }

        /// It was decided otherwise, or nobody did in time; nothing was written.
        record NotNow(Approval approval) implements Decided {
        }

        /// There is none of this id.
        record Unknown(String id) implements Decided {
        }
    }
}
