package tongchou.server.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import tongchou.api.http.ActivationOrder;
import tongchou.api.http.AdjustmentOrder;
import tongchou.api.http.AllotmentOrder;
import tongchou.api.http.ConfirmRequest;
import tongchou.api.http.Fault;
import tongchou.api.http.Problem;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.ReplyWriter;
import tongchou.api.http.RequestReader;
import tongchou.api.http.ResettlementOrder;
import tongchou.api.http.ReversalOrder;
import tongchou.server.access.Caller;
import tongchou.storage.Activations.Activation;
import tongchou.storage.Adjustments.Adjusted;
import tongchou.storage.Approvals;
import tongchou.storage.Approvals.Approval;
import tongchou.storage.Approvals.Kind;
import tongchou.storage.Book;
import tongchou.storage.Budgets.Allotted;
import tongchou.storage.Resettlements.Move;
import tongchou.storage.Resettlements.Order;
import tongchou.storage.Resettlements.Resettlement;

/// Asks for the second person and carries out what was confirmed (复核执行), each thing once whatever happens in between.
public final class Approver {

    private static final System.Logger LOG = System.getLogger(Approver.class.getName());

    /// What will not be carried out any more.
    private static final Set<Approvals.State> OVER = EnumSet.of(Approvals.State.DECLINED, Approvals.State.EXPIRED,
            Approvals.State.FAILED);

    private final Installation here;
    private final Bookings bookings;
    private final Confirmations confirmations;
    private final Outcomes outcomes;

    Approver(Installation here, Bookings bookings, Confirmations confirmations, Meters meters) {
        this.confirmations = confirmations;
        this.here = here;
        this.bookings = bookings;
        this.outcomes = new Outcomes(here.book(), meters);
    }

    Instant now() {
        return here.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    static Approvals.Somebody somebody(Caller caller) {
        return new Approvals.Somebody(Installation.who(caller), caller.holder());
    }

    /// Whether a reversal or a re-settlement of so much fund money needs two persons.
    boolean isOver(long fundFen) {
        return here.twoPersons().reversalsOver() == 0 || fundFen > here.twoPersons().reversalsOver();
    }

    /// Keeps that a revision of a re-settlement is to be booked. One that was declined, ran out or failed can be asked
    /// for again.
    ///
    /// @return 202 with the approval
    Answer ask(Caller caller, Resettlement work, ConfirmRequest request) {
        var content = ReplyWriter.canonical(new ResettlementOrder(work.id(), request.revision()));
        var reason = request.note() == null || request.note().isBlank() ? work.reason() : request.note();
        for (var time = 1;; time++) {
            var asked = here.book().oversight().approvals().ask(new Approvals.Request(here.ids().get(),
                    Kind.RESETTLEMENT, "@" + caller.scope(), work.id() + "." + request.revision() + "." + time,
                    work.id(), content, reason, somebody(caller), now(), now().plus(TwoPersons.WAITS)));
            if (!(asked instanceof Approvals.Asked.Kept(var approval, var repeated))) {
                throw new IllegalStateException("one revision has one content");
            }
            if (!OVER.contains(approval.state())) {
                return Answer.json(202, ReplyWriter.bytes(ApprovalRoutes.reply(carryOut(approval), now())));
            }
        }
    }

    /// Keeps what is asked for.
    ///
    /// @return 202 with the approval; what was confirmed already is carried out if it was not
    Answer ask(Kind kind, Caller caller, String sender, String key, String subject, Record order, String reason) {
        var content = ReplyWriter.canonical(order);
        var asked = here.book().oversight().approvals().ask(new Approvals.Request(here.ids().get(), kind, sender, key,
                subject, content, reason, somebody(caller), now(), now().plus(TwoPersons.WAITS)));
        return switch (asked) {
            case Approvals.Asked.Kept(var approval, var repeated) -> Answer.json(202, ReplyWriter.bytes(
                    ApprovalRoutes.reply(carryOut(approval), now())));
            case Approvals.Asked.KeyTaken(var first) -> throw new Refused(Fault.of(ProblemCode.KEY_TAKEN, "key", key,
                    "与首次请求相同（复核 " + first.id() + "）；新业务请用新的幂等键",
                    "the same as at first (approval " + first.id() + "); use a new key for new content"));
        };
    }

    /// Carries out what was confirmed and has no outcome yet; anything else is given back as it is.
    Approval carryOut(Approval approval) {
        if (approval.state() != Approvals.State.CONFIRMED) {
            return approval;
        }
        byte[] outcome;
        var done = true;
        try {
            outcome = switch (approval.kind()) {
                case REVERSAL, REPLACEMENT -> reverse(read(approval, ReversalOrder.class));
                case ADJUSTMENT -> adjust(approval, read(approval, AdjustmentOrder.class));
                case ACTIVATION -> activate(approval, read(approval, ActivationOrder.class));
                case RESETTLEMENT -> resettle(approval, read(approval, ResettlementOrder.class));
                case ALLOTMENT -> allot(approval, read(approval, AllotmentOrder.class));
            };
        } catch (Refused refused) {
            if (refused.faults().getFirst().code().equals(ProblemCode.KEY_RUNNING.name())) {
                // Somebody else is carrying it out at this moment.
                return approval;
            }
            outcome = ReplyWriter.bytes(Problem.of(refused.faults(), true));
            done = false;
        }
        return here.book().oversight().approvals().finish(approval.id(), done, outcome, now());
    }

    /// What was asked for.
    static <R extends Record> R read(Approval approval, Class<R> type) {
        return RequestReader.body(approval.content(), type);
    }

    private byte[] reverse(ReversalOrder order) {
        var ordered = new Bookings.Order(order.settlement(), order.sender(), order.key(), order.reason(), order.who());
        var claim = order.claim();
        if (claim == null) {
            return switch (bookings.reverse(ordered)) {
                case Book.Reversed.Done(var reversal, var repeated) -> reversal.reply();
                case Book.Reversed other -> throw outcomes.notReversed(other, Bookings.content(ordered));
            };
        }
        return switch (bookings.replace(ordered, claim)) {
            case Book.Replaced.Done(var reversal, var stored, var repeated) -> stored.reply();
            case Book.Replaced.NotReversed(var why) -> throw outcomes.notReversed(why, Bookings.content(ordered));
            case Book.Replaced.NotBooked(var why) ->
                throw outcomes.notBooked(why, claim, Bookings.content(claim));
        };
    }

    private byte[] adjust(Approval approval, AdjustmentOrder order) {
        var ordered = AdjustmentRoutes.order(approval.id(), order, now());
        return switch (here.book().oversight().adjustments().book(ordered)) {
            case Adjusted.Done(var adjustment, var repeated) ->
                ReplyWriter.bytes(AdjustmentRoutes.reply(adjustment));
            case Adjusted.Not(var field, var why) -> throw new Refused(Fault.of(ProblemCode.ADJUSTMENT_NOT_POSSIBLE,
                    field, why, "账户与累计不小于零，且累计项存在", "an account and a sum that stay above zero"));
        };
    }

    /// The book says that both did so.
    private byte[] resettle(Approval approval, ResettlementOrder order) {
        var found = here.book().resettlements().find(order.resettlement())
                .orElseThrow(() -> ResettlementRoutes.unknown("id", order.resettlement()));
        confirmations.requireActivated(found);
        var by = approval.askedBy().id() + " + " + Objects.requireNonNull(approval.decidedBy()).id();
        return ReplyWriter.bytes(ResettlementReplies.of(confirmations.carryOut(order.resettlement(), new Order(
                Move.CONFIRM, order.revision(), by, approval.reason(), now()))));
    }

    private byte[] allot(Approval approval, AllotmentOrder order) {
        var confirmedBy = Objects.requireNonNull(approval.decidedBy()).id();
        var ordered = BudgetRoutes.order(approval.id(), order, confirmedBy, now());
        return switch (here.book().oversight().budgets().allot(ordered)) {
            case Allotted.Done(var allotment, var repeated) -> ReplyWriter.bytes(BudgetRoutes.reply(allotment));
            case Allotted.Not(var field, var why) -> throw new Refused(Fault.of(ProblemCode.ALLOTMENT_NOT_POSSIBLE,
                    field, why, "新的预算编码、未列入该单位本年其他预算的基金，且下达合计不小于零",
                    "a new code, funds that no other budget of the holder has in that year, and a sum not below zero"));
        };
    }

    private byte[] activate(Approval approval, ActivationOrder order) {
        var version = order.version();
        var from = version.effectiveAt() == null ? now() : Instant.parse(version.effectiveAt());
        here.book().oversight().activations().add(new Activation(approval.id(), order.pack(), version.version(),
                Objects.requireNonNull(version.hash()), from, version.force(),
                Objects.requireNonNullElse(approval.decidedAt(), now())),
                Objects.requireNonNull(approval.decidedBy()).id());
        here.packSwitch().changed();
        return ReplyWriter.bytes(order);
    }

    /// Carries out what was confirmed before the server stopped.
    void resume() {
        for (var approval : here.book().oversight().approvals().open(now())) {
            try {
                carryOut(approval);
            } catch (RuntimeException failed) {
                LOG.log(System.Logger.Level.ERROR, "approval " + approval.id() + " was not carried out", failed);
            }
        }
    }
}
