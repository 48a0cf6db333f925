package tongchou.server.http;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.AllotmentOrder;
import tongchou.api.http.ApprovalReply;
import tongchou.api.http.ApprovalsReply;
import tongchou.api.http.DecisionRequest;
import tongchou.api.http.Fault;
import tongchou.api.http.NoQuery;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.Role;
import tongchou.server.access.Action;
import tongchou.server.access.Caller;
import tongchou.server.access.Reach;
import tongchou.storage.Approvals;
import tongchou.storage.Approvals.Approval;
import tongchou.storage.Approvals.Decided;
import tongchou.storage.Approvals.Decision;
import tongchou.storage.Book;

/// What waits for a second person (双人复核): listed, read, confirmed, declined.
final class ApprovalRoutes {

    private final Installation here;
    private final Book book;
    private final Reach reach;
    private final Approver approver;

    ApprovalRoutes(Installation here, Approver approver) {
        this.here = here;
        this.book = here.book();
        this.reach = new Reach(here.book(), here.packs());
        this.approver = approver;
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/approvals", this::list), Route.get("/v1/approvals/{id}", this::read),
                Route.post("/v1/approvals/{id}/confirm", call -> decide(call, Decision.CONFIRMED)),
                Route.post("/v1/approvals/{id}/decline", call -> decide(call, Decision.DECLINED)));
    }

    private Approvals approvals() {
        return book.oversight().approvals();
    }

    private Answer list(Call call) {
        call.query(NoQuery.class);
        return Answer.ok(new ApprovalsReply(approvals().open(here.clock().instant()).stream()
                .filter(one -> sees(call.caller(), one)).map(one -> reply(one, here.clock().instant())).toList()));
    }

    private Answer read(Call call) {
        call.query(NoQuery.class);
        return Answer.ok(reply(approval(call), here.clock().instant()));
    }

    private Approval approval(Call call) {
        var id = call.path("id");
        return approvals().find(id).filter(one -> sees(call.caller(), one)).orElseThrow(() -> new Refused(Fault.of(
                ProblemCode.UNKNOWN_APPROVAL, "id", id, "/v1/approvals 中的复核事项", "an approval of /v1/approvals")));
    }

    /// Whoever reaches the settlement, the member or the pack sees what is asked about it.
    private boolean sees(Caller caller, Approval approval) {
        return switch (approval.kind()) {
            case REVERSAL, REPLACEMENT -> book.settlement(approval.subject())
                    .filter(stored -> reach.sees(caller, stored)).isPresent();
            case ADJUSTMENT -> caller.role() != Role.INSTITUTION && book.person(approval.subject())
                    .filter(person -> reach.sees(caller, person)).isPresent();
            case ACTIVATION -> caller.role() != Role.INSTITUTION;
            case RESETTLEMENT -> caller.role() != Role.INSTITUTION && book.resettlements().find(approval.subject())
                    .filter(work -> work.area().startsWith(Reach.beginning(caller.scope()))).isPresent();
            case ALLOTMENT -> caller.role() != Role.INSTITUTION
                    && BudgetRoutes.sees(caller, Approver.read(approval, AllotmentOrder.class).area());
        };
    }

    private static Action behind(Approvals.Kind kind) {
        return switch (kind) {
            case REVERSAL, REPLACEMENT -> Action.REVERSE;
            case ADJUSTMENT -> Action.ADJUST;
            case ACTIVATION -> Action.ACTIVATE;
            case RESETTLEMENT -> Action.CONFIRM_RESETTLEMENT;
            case ALLOTMENT -> Action.ALLOT;
        };
    }

    private Answer decide(Call call, Decision decision) {
        var request = call.body(DecisionRequest.class);
        var approval = approval(call);
        var behind = behind(approval.kind());
        if (!behind.allows(call.caller().role())) {
            throw new Refused(Fault.of(ProblemCode.NOT_ALLOWED, "id", approval.id(), "有权“" + behind.title() + "”的角色",
                    "a role that may do what is asked for"));
        }
        var digest = HexFormat.of().formatHex(approval.digest());
        if (request.digest() != null && !request.digest().equals(digest)) {
            throw new Refused(Fault.of(ProblemCode.FIELDS_CONFLICT, "digest", request.digest(), digest, digest));
        }
        var decided = approvals().decide(approval.id(), decision, Approver.somebody(call.caller()),
                Objects.requireNonNullElse(request.remark(), ""), approver.now());
        return switch (decided) {
            case Decided.Done(var done, var repeated) -> Answer.ok(reply(approver.carryOut(done), approver.now()));
            case Decided.SamePerson(var same) -> throw new Refused(Fault.of(ProblemCode.SAME_PERSON, "id", same.id(),
                    "由申请人以外的人复核", "a person other than who asked"));
            case Decided.NotNow(var closed) -> throw new Refused(Fault.of(ProblemCode.APPROVAL_CLOSED, "id",
                    word(closed.state()), "等待复核的事项", "an approval that waits"));
            case Decided.Unknown(var id) -> throw new IllegalStateException("gone: " + id);
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /// An approval as it is answered.
    static ApprovalReply reply(Approval approval, Instant now) {
        var by = approval.decidedBy();
        var state = approval.state() == Approvals.State.WAITING && now.isAfter(approval.expiresAt())
                ? Approvals.State.EXPIRED : approval.state();
        return new ApprovalReply(approval.id(), word(approval.kind()), word(state), approval.subject(),
                text(approval.content()), HexFormat.of().formatHex(approval.digest()), approval.reason(),
                approval.askedBy().holder(), approval.askedAt().toString(), approval.expiresAt().toString(),
                by == null ? null : by.holder(), approval.decidedAt() == null ? null : approval.decidedAt().toString(),
                approval.remark() == null || approval.remark().isEmpty() ? null : approval.remark(),
                approval.outcome() == null ? null : text(approval.outcome()));
    }

    private static String text(byte @Nullable [] json) {
        return json == null ? "" : new String(json, java.nio.charset.StandardCharsets.UTF_8);
    }
}
