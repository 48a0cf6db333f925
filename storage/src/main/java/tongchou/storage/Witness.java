package tongchou.storage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tongchou.core.settlement.Settlement;
import tongchou.storage.AuditLog.Act;
import tongchou.storage.Book.Booked;
import tongchou.storage.Book.Reversed;
import tongchou.storage.Book.Submission;

/// Who makes changes, and the audit row that each of them leaves in its own transaction (经办留痕).
///
/// @param who on whose behalf, empty when nobody said so
/// @param at when, for what carries no time of its own
record Witness(Writer writer, AuditLog audit, String who, @Nullable Instant at) {

    /// Makes a change and, when it changed anything, adds what was done to the audit log.
    <T> T write(Function<Session, T> change, Function<T, Act> act) {
        return writer.write(session -> made(session, change, act));
    }

    /// Makes one change of several in a transaction and, when that one changed anything, adds what was done.
    <T> T made(Session session, Function<Session, T> change, Function<T, Act> act) {
        var before = session.changes();
        var value = change.apply(session);
        if (session.changes() > before) {
            audit.append(session, act.apply(value));
        }
        return value;
    }

    Act act(String kind, String subject, String... facts) {
        return act(kind, subject, List.of(facts));
    }

    Act act(String kind, String subject, List<String> facts) {
        return new Act(at, who, kind, subject, facts);
    }

    /// Writes down what changes nothing in the book.
    void note(String kind, String subject, String reason) {
        writer.write(session -> {
            audit.append(session, act(kind, subject, "reason", reason));
            return true;
        });
    }

    /// The audit row of a settlement binds its request, its reply and its amounts.
    Booked booked(Session session, Submission submission, Deflated content, Settlements.Outcome outcome) {
        var fresh = outcome.fresh();
        if (fresh != null) {
            audit.append(session, fresh.ahead() != null ? fresh.ahead().told()
                    : AuditLog.told(settled(submission, who, fresh.settlement(), content, fresh.replyHash())));
        }
        return outcome.booked();
    }

    static Act settled(Submission submission, String who, Settlement settlement, Deflated content, String replyHash) {
        return new Act(submission.now().truncatedTo(ChronoUnit.MILLIS), who, "settle", submission.id(), List.of(
                "institution", submission.institution(), "key", submission.key(), "member", submission.member(),
                "amounts", Settlements.amounts(settlement),
                "content", AuditLog.text(content.hash()), "reply", replyHash));
    }

    /// The audit row of a reversal binds its request, its reply and its reason.
    Reversed reversed(Session session, Deflated content, Reversed reversed) {
        if (reversed instanceof Reversed.Done(var reversal, var repeated) && !repeated) {
            audit.append(session, new Act(reversal.reversedAt(), who, "reverse", reversal.id(), List.of(
                    "settlement", reversal.settlement(), "sender", reversal.sender(), "key", reversal.key(),
                    "member", reversal.member(), "reason", reversal.reason(),
                    "content", AuditLog.text(content.hash()), "reply", AuditLog.hash(reversal.reply()))));
        }
        return reversed;
    }
}
