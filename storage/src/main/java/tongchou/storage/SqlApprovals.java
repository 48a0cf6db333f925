package tongchou.storage;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongchou.storage.AuditLog.Act;

/// What two persons decide, on a relational store (双人复核).
final class SqlApprovals implements Approvals {

    private static final String COLUMNS = """
            select a.public_id, a.kind, a.sender, a.key, a.subject, a.content, a.digest, a.reason, a.asked_by,
                a.asked_holder, a.asked_at, a.expires_at, a.id from approvals a\s""";

    private final Dialect dialect;
    private final Writer writer;
    private final SqlKeys.Reader reader;
    private final AuditLog audit;

    SqlApprovals(Dialect dialect, Writer writer, SqlKeys.Reader reader, AuditLog audit) {
        this.dialect = dialect;
        this.writer = writer;
        this.reader = reader;
        this.audit = audit;
    }

    @Override
    public Asked ask(Request request) {
        return writer.write(session -> {
            var first = session.row(COLUMNS + "where a.kind = ? and a.sender = ? and a.key = ?",
                    row -> read(session, row, request.now()), request.kind().name(), request.sender(), request.key());
            if (first.isPresent()) {
                return Arrays.equals(first.get().content(), request.content())
                        ? new Asked.Kept(first.get(), true) : new Asked.KeyTaken(first.get());
            }
            var digest = CipherSuite.sha256(request.content());
            session.insert("approvals", """
                    public_id, kind, sender, key, subject, content, digest, reason, asked_by, asked_holder, asked_at,
                    expires_at""", request.id(), request.kind().name(), request.sender(), request.key(),
                    request.subject(), request.content(), digest, request.reason(), request.by().id(),
                    request.by().holder(), request.now().toEpochMilli(), request.expires().toEpochMilli());
            audit.append(session, new Act(request.now(), request.by().id(), "approval-ask", request.id(), List.of(
                    "kind", request.kind().name(), "subject", request.subject(), "content", AuditLog.text(digest),
                    "reason", request.reason())));
            return new Asked.Kept(find(session, request.id(), request.now(), "").orElseThrow(), false);
        });
    }

    @Override
    public Decided decide(String id, Decision decision, Somebody by, String reason, Instant now) {
        return writer.write(session -> {
            var found = find(session, id, now, dialect.forUpdate());
            if (found.isEmpty()) {
                return new Decided.Unknown(id);
            }
            var approval = found.get();
            if (approval.askedBy().couldBe(by)) {
                return new Decided.SamePerson(approval);
            }
            if (approval.state() != State.WAITING) {
                var same = decision == Decision.DECLINED ? approval.state() == State.DECLINED
                        : approval.state() != State.DECLINED && approval.state() != State.EXPIRED;
                return same ? new Decided.Done(approval, true) : new Decided.NotNow(approval);
            }
            step(session, id, 1, decision.name(), by, reason.getBytes(StandardCharsets.UTF_8), now);
            audit.append(session, new Act(now, by.id(), decision == Decision.CONFIRMED ? "approval-confirm"
                    : "approval-decline", id, List.of("content", AuditLog.text(approval.digest()), "remark", reason)));
            return new Decided.Done(find(session, id, now, "").orElseThrow(), false);
        });
    }

    private static void step(
            Session session, String id, int number, String step, Somebody by, byte[] text, Instant now) {
        session.insertAll("approval_steps", "approval, number, step, who, holder, at, text", List.of(List.of(
                session.number("select id from approvals where public_id = ?", id), number, step, by.id(),
                by.holder(), now.toEpochMilli(), text)));
    }

    @Override
    public Approval finish(String id, boolean done, byte[] outcome, Instant now) {
        return writer.write(session -> {
            var present = find(session, id, now, dialect.forUpdate()).orElseThrow();
            if (present.state() != State.CONFIRMED) {
                return present;
            }
            step(session, id, 2, done ? "DONE" : "FAILED", new Somebody("", ""), outcome, now);
            audit.append(session, new Act(now, "", done ? "approval-done" : "approval-failed", id,
                    List.of("outcome", AuditLog.hash(outcome))));
            return find(session, id, now, "").orElseThrow();
        });
    }

    @Override
    public Optional<Approval> find(String id) {
        return reader.read(session -> find(session, id, Instant.MIN, ""));
    }

    private static Optional<Approval> find(Session session, String id, Instant now, String forUpdate) {
        return session.row(COLUMNS + "where a.public_id = ?" + forUpdate, row -> read(session, row, now), id);
    }

    @Override
    public List<Approval> open(Instant now) {
        return reader.read(session -> session.rows(COLUMNS + """
                where not exists (select 1 from approval_steps s
                    where s.approval = a.id and (s.number = 2 or s.step = 'DECLINED'))
                order by a.id""", row -> read(session, row, now)).stream()
                .filter(approval -> approval.state() != State.EXPIRED).toList());
    }

    private record Step(String step, Somebody by, Instant at, byte[] text) {
    }

    private static Approval read(Session session, Session.Row row, Instant now) {
        var steps = session.rows("""
                select step, who, holder, at, text from approval_steps where approval = ? order by number""",
                step -> new Step(step.text(1), new Somebody(step.text(2), step.text(3)),
                        Instant.ofEpochMilli(step.number(4)), step.bytes(5)), row.number(13));
        var expires = Instant.ofEpochMilli(row.number(12));
        var state = steps.isEmpty() ? now.isAfter(expires) ? State.EXPIRED : State.WAITING
                : State.valueOf(steps.getLast().step());
        @Nullable Step decision = steps.isEmpty() ? null : steps.getFirst();
        return new Approval(row.text(1), row.constant(2, Kind.class), row.text(3), row.text(4), row.text(5),
                row.bytes(6), row.bytes(7), row.text(8), new Somebody(row.text(9), row.text(10)),
                Instant.ofEpochMilli(row.number(11)), expires, state, decision == null ? null : decision.by(),
                decision == null ? null : decision.at(),
                decision == null ? null : new String(decision.text(), StandardCharsets.UTF_8),
                steps.size() < 2 ? null : steps.getLast().text());
    }
}
