package tongchou.storage;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongchou.storage.Book.Decide;
import tongchou.storage.Book.Decision;
import tongchou.storage.Book.Situation;
import tongchou.storage.Book.Submission;

/// Settles ahead of the writer (预先计算): on the thread of who asks, against where the member stood a moment ago.
///
/// The writer takes what was foreseen if neither the member, nor a relative who pays, nor the institution has changed
/// since, and otherwise decides again. So the one thread that writes neither reads nor computes, and nothing is booked
/// on sums that no longer hold. What is not a settlement is never foreseen: refusals are the writer's to make, and so
/// are replays, unless they come so late that the key is not remembered and the computation is thrown away.
final class Foresight {

    private static final int MOST_MEMBERS = 10_000;
    private static final int MOST_KEYS = 4_000;
    private static final int MOST_INSTITUTIONS = 2_000;

    private final Questions questions;
    private final Changes changes;
    private final Settlements settlements;
    private final Map<String, Footing> footings = Collections.synchronizedMap(new Recent<>(MOST_MEMBERS));
    private final Map<String, Boolean> shown = Collections.synchronizedMap(new Recent<>(MOST_KEYS));
    private final Map<String, Versions> institutions = Collections.synchronizedMap(new Recent<>(MOST_INSTITUTIONS));

    /// Foresight for a book; null where others write as well, and nobody knows what has changed.
    static @Nullable Foresight of(Questions questions, Writer writer, Settlements settlements) {
        return writer.changes() == null ? null : new Foresight(questions, writer.changes(), settlements);
    }

    private Foresight(Questions questions, Changes changes, Settlements settlements) {
        this.questions = questions;
        this.changes = changes;
        this.settlements = settlements;
    }

    /// The versions of an institution, read after the change with a number.
    private record Versions(long since, List<Institutions.Found> all) {
    }

    /// What was foreseen.
    ///
    /// @param since the number of the change after which it was read
    record Foreseen(long since, Footing footing, Institutions.Found institution, Decision.Settle decision,
            String replyHash, Settlements.Ahead ahead) {
    }

    /// Decides about a submission; empty when there is nothing that the writer could take.
    ///
    /// @param who on whose behalf
    Optional<Foreseen> of(Submission submission, Deflated content, Decide decide, String who) {
        try {
            var footing = footing(submission.member());
            var institution = institution(submission);
            if (footing == null || institution == null || !footing.parked().isEmpty()
                    || isRepeated(submission, institution.id())) {
                return Optional.empty();
            }
            var decision = decide.on(new Situation(footing.household().person(),
                    Optional.of(institution.institution()), footing.yearToDate()));
            return decision instanceof Decision.Settle settle ? Optional.of(foreseen(submission, content, who,
                    footing, institution, settle)) : Optional.empty();
        } catch (RuntimeException theWriterSaysWhy) {
            return Optional.empty();
        }
    }

    /// Whether a key that was shown lately has been used; of any other the writer finds it out.
    private boolean isRepeated(Submission submission, long institution) {
        return shown.put(submission.institution() + " " + submission.key(), true) != null
                && questions.read(session -> Settlements.isTaken(session, institution, submission.key()));
    }

    private Foreseen foreseen(Submission submission, Deflated content, String who, Footing footing,
            Institutions.Found institution, Decision.Settle settle) {
        var replyHash = AuditLog.hash(settle.reply());
        var ahead = settlements.ahead(new SettlementRows.Booking(submission, content, footing, institution.id(),
                institution.id(), settle.settlement(), settle.reply()), AuditLog.told(
                        Witness.settled(submission, who, settle.settlement(), content, replyHash)));
        return new Foreseen(Math.min(footing.since(), institutions(submission.institution()).since()), footing,
                institution, settle, replyHash, ahead);
    }

    private @Nullable Footing footing(String member) {
        var known = footings.get(member);
        if (known == null || !changes.mayHold(known.since())) {
            var since = changes.now();
            known = questions.read(session -> settlements.footing(session, since, member)).orElse(null);
            if (known != null) {
                footings.put(member, known);
            }
        }
        return known;
    }

    private Institutions.@Nullable Found institution(Submission submission) {
        return institutions(submission.institution()).all().stream()
                .filter(found -> found.institution().inForce().covers(submission.day())).findFirst().orElse(null);
    }

    private Versions institutions(String code) {
        var known = institutions.get(code);
        if (known == null || !changes.mayHold(known.since())) {
            known = new Versions(changes.now(), questions.read(session -> Institutions.all(session, code)));
            institutions.put(code, known);
        }
        return known;
    }

    /// Whether the writer may take what was foreseen; if not, it is forgotten.
    boolean holds(Foreseen foreseen) {
        var holds = changes.spared(foreseen.since(), foreseen.footing().members());
        if (!holds) {
            footings.remove(foreseen.footing().household().own().token());
            institutions.remove(foreseen.institution().institution().code());
        }
        return holds;
    }

    /// Remembers where a member stands after a booking that has become durable.
    void booked(String member, Footing after) {
        footings.put(member, after);
    }
}
