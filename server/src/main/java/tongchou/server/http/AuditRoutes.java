package tongchou.server.http;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import tongchou.api.http.AuditQuery;
import tongchou.api.http.AuditReply;
import tongchou.api.http.AuditReply.AuditRowReply;
import tongchou.api.http.CheckpointReply;
import tongchou.api.http.CheckpointRequest;
import tongchou.api.http.CheckpointsReply;
import tongchou.api.http.Fault;
import tongchou.api.http.NoQuery;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.VerificationReply;
import tongchou.server.access.Caller;
import tongchou.server.access.Reach;
import tongchou.server.audit.SigningKey;
import tongchou.storage.AuditTrail;
import tongchou.storage.BookException;
import tongchou.storage.Checkpoint;
import tongchou.storage.Inspection;

/// The audit log (审计日志): read, signed and verified by auditors.
final class AuditRoutes {

    private static final int PAGE = 100;
    private static final int MOST_FINDINGS = 100;

    private final Installation here;
    private final Reach reach;

    AuditRoutes(Installation here) {
        this.here = here;
        this.reach = new Reach(here.book(), here.packs());
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/audit", this::page), Route.post("/v1/audit/checkpoints", this::checkpoint),
                Route.get("/v1/audit/checkpoints", this::checkpoints),
                Route.get("/v1/audit/verification", this::verification));
    }

    private Answer page(Call call) {
        var query = call.query(AuditQuery.class);
        var rows = here.book().auditTrail().page(Objects.requireNonNullElse(query.after(), 0L),
                Objects.requireNonNullElse(query.limit(), PAGE));
        return Answer.ok(new AuditReply(here.book().auditSize(),
                rows.stream().map(row -> reply(row, sees(call.caller(), row))).toList()));
    }

    private static AuditRowReply reply(AuditTrail.Entry row, boolean whole) {
        return new AuditRowReply(row.number(), row.at().isEmpty() ? null : row.at(),
                !whole || row.who().isEmpty() ? null : row.who(), row.kind(), whole ? row.subject() : null,
                whole ? row.facts() : List.of(), row.algorithm(), HexFormat.of().formatHex(row.hash()));
    }

    /// Whether the row is about the caller's area: what names no member or institution is about the whole book.
    private boolean sees(Caller caller, AuditTrail.Entry row) {
        if (reach.seesAll(caller)) {
            return true;
        }
        return switch (row.kind()) {
            case "settle" -> here.book().settlement(row.subject()).filter(one -> reach.sees(caller, one)).isPresent();
            case "reverse" -> here.book().reversal(row.subject()).flatMap(
                    one -> here.book().settlement(one.settlement())).filter(one -> reach.sees(caller, one)).isPresent();
            case "member", "standing", "park", "release" -> here.book().person(row.subject())
                    .filter(one -> reach.sees(caller, one)).isPresent();
            case "institution" -> reach.lies(row.subject(), caller.scope());
            case "alliance" -> true;
            default -> false;
        };
    }

    private Answer checkpoint(Call call) {
        call.body(CheckpointRequest.class);
        var seal = here.seal();
        if (seal == null) {
            throw new Refused(Fault.of(ProblemCode.NO_CHECKPOINT_PLACE, "", "", "启动服务时加 --checkpoint-to DIR",
                    "a server that was started with --checkpoint-to DIR"));
        }
        return Answer.created(reply(here.book().checkpoint(seal, here.clock().instant())));
    }

    private Answer checkpoints(Call call) {
        call.query(NoQuery.class);
        return Answer.ok(new CheckpointsReply(here.book().auditTrail().checkpoints().stream()
                .map(AuditRoutes::reply).toList()));
    }

    private static CheckpointReply reply(Checkpoint checkpoint) {
        return new CheckpointReply(checkpoint.size(), checkpoint.algorithm(),
                HexFormat.of().formatHex(checkpoint.root()), checkpoint.at().toString(), checkpoint.keyId(),
                checkpoint.signed(), checkpoint.line());
    }

    private Answer verification(Call call) {
        call.query(NoQuery.class);
        var seal = here.seal();
        var how = Inspection.FIRST_DIFFERENCE.atMost(MOST_FINDINGS).knowing(SigningKey.provider());
        var kept = List.<Checkpoint>of();
        if (seal != null) {
            var place = Objects.requireNonNull(seal.place().toAbsolutePath().getParent());
            try {
                kept = Checkpoint.in(seal.place());
            } catch (IOException | IllegalArgumentException unreadable) {
                throw new BookException("the second place cannot be read", unreadable, false);
            }
            how = how.against(kept, name -> SigningKey.published(place, name));
        }
        var findings = here.book().verifyAudit(how);
        return Answer.ok(new VerificationReply(findings.isEmpty(), here.book().auditSize(), kept.size(),
                findings.stream().map(finding -> new VerificationReply.FlawReply(finding.check(),
                        finding.subject(), finding.what())).toList()));
    }
}
