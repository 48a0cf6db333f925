package tongchou.server.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tongchou.api.http.Fault;
import tongchou.api.http.NoQuery;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.ReplacementRequest;
import tongchou.api.http.ReplyWriter;
import tongchou.api.http.RequestReader;
import tongchou.api.http.ReversalOrder;
import tongchou.api.http.ReversalQuery;
import tongchou.api.http.ReversalRequest;
import tongchou.api.http.Role;
import tongchou.api.http.SettlementRequest;
import tongchou.server.access.Caller;
import tongchou.server.access.Reach;
import tongchou.server.intake.Intake;
import tongchou.server.intake.Returns;
import tongchou.server.intake.StoredReply;
import tongchou.storage.Approvals.Kind;
import tongchou.storage.Book;

/// Settlements taken back and replaced (退费、撤销、部分退费), and reversals looked up.
final class Corrections {

    private final Installation here;
    private final Intake intake;
    private final Bookings bookings;
    private final Outcomes outcomes;
    private final Reach reach;
    private final Approver approver;
    private final Meters meters;

    Corrections(Installation here, Bookings bookings, Approver approver, Meters meters) {
        this.approver = approver;
        this.here = here;
        this.intake = new Intake(here.packs(), here.packSwitch());
        this.bookings = bookings;
        this.outcomes = new Outcomes(here.book(), meters);
        this.reach = new Reach(here.book(), here.packs());
        this.meters = meters;
    }

    List<Route> routes() {
        return List.of(Route.post("/v1/settlements/{id}/reversal", this::reverse),
                Route.post("/v1/settlements/{id}/replacement", this::replace),
                Route.get("/v1/reversals", this::byKey), Route.get("/v1/reversals/{id}", this::byId));
    }

    private Answer reverse(Call call) {
        var request = call.body(ReversalRequest.class);
        var settlement = settlement(call);
        var order = order(call.caller(), settlement, request.key(), request.reason());
        if (needsTwo(settlement, null, order)) {
            return ask(call.caller(), Kind.REVERSAL, order, null);
        }
        return switch (bookings.reverse(order)) {
            case Book.Reversed.Done(var reversal, var repeated) -> {
                meters.reversed(repeated);
                yield Answer.json(repeated ? 200 : 201, reversal.reply());
            }
            case Book.Reversed other -> throw outcomes.notReversed(other, Bookings.content(order));
        };
    }

    /// What is reversed already, or under a key that was used, is answered as ever.
    private boolean needsTwo(Book.Stored settlement, @org.jspecify.annotations.Nullable SettlementRequest claim,
            Bookings.Order order) {
        return approver.isOver(new StoredReply(settlement.reply()).amount("fund_fen"))
                && here.book().reversal(order.sender(), order.key()).isEmpty()
                && (claim != null || here.book().reversalOf(settlement.id()).isEmpty());
    }

    private Answer ask(Caller caller, Kind kind, Bookings.Order order,
            @org.jspecify.annotations.Nullable SettlementRequest claim) {
        return approver.ask(kind, caller, order.sender(), order.key(), order.settlement(), new ReversalOrder(
                order.settlement(), order.sender(), order.key(), order.reason(), order.who(), claim), order.reason());
    }

    /// A settlement that the caller may see and, where it belongs to an institution, take back.
    private Book.Stored settlement(Call call) {
        var id = call.path("id");
        return here.book().settlement(id).filter(stored -> reach.sees(call.caller(), stored))
                .orElseThrow(() -> Outcomes.unknown(ProblemCode.UNKNOWN_SETTLEMENT, "id", id));
    }

    private static Bookings.Order order(Caller caller, Book.Stored settlement, String key, String reason) {
        return new Bookings.Order(settlement.id(), sender(caller), key, reason, Installation.who(caller));
    }

    /// To whom the keys of a caller's reversals are scoped; no institution's code begins like the bureau's.
    private static String sender(Caller caller) {
        return caller.role() == Role.INSTITUTION ? caller.scope() : "@" + caller.scope();
    }

    private Answer replace(Call call) {
        var request = call.body(ReplacementRequest.class);
        var old = settlement(call);
        var claim = claim(request, old);
        var order = order(call.caller(), old, request.key(), request.reason());
        if (needsTwo(old, claim, order)) {
            return ask(call.caller(), Kind.REPLACEMENT, order, claim);
        }
        return switch (bookings.replace(order, claim)) {
            case Book.Replaced.Done(var reversal, var stored, var repeated) -> {
                meters.reversed(repeated);
                meters.booked(repeated);
                yield Answer.json(repeated ? 200 : 201, both(old, reversal, stored));
            }
            case Book.Replaced.NotReversed(var why) -> throw outcomes.notReversed(why, Bookings.content(order));
            case Book.Replaced.NotBooked(var why) -> throw outcomes.notBooked(why, claim, Bookings.content(claim));
        };
    }

    /// The claim that takes the place of the first: what remains of it, or the one that is given whole.
    private SettlementRequest claim(ReplacementRequest request, Book.Stored old) {
        if ((request.settlement() == null) == request.returns().isEmpty()) {
            throw new Refused(Fault.of(request.settlement() == null ? ProblemCode.MISSING_FIELD
                    : ProblemCode.FIELDS_CONFLICT, "returns", "", "returns 与 settlement 二选一",
                    "either returns or settlement"));
        }
        var claim = request.settlement() == null ? remaining(request, old)
                : given(request.settlement(), request.key(), old);
        try {
            intake.check(claim, true);
        } catch (Refused wrong) {
            throw request.settlement() == null ? wrong : new Refused(wrong.faults().stream().map(
                    fault -> fault.at("settlement." + fault.field())).toList());
        }
        return claim;
    }

    private SettlementRequest remaining(ReplacementRequest request, Book.Stored old) {
        var first = here.book().papers().request(old.id()).orElseThrow();
        return Returns.of(RequestReader.body(first, SettlementRequest.class), request.returns(), request.key());
    }

    /// @throws Refused when it is another institution's or another member's
    private static SettlementRequest given(SettlementRequest claim, String key, Book.Stored old) {
        var faults = new ArrayList<Fault>();
        same(claim.key(), key, "settlement.key", faults);
        same(claim.member(), old.member(), "settlement.member", faults);
        same(claim.institution(), old.institution(), "settlement.institution", faults);
        if (!faults.isEmpty()) {
            throw new Refused(faults);
        }
        return new SettlementRequest(key, old.member(), claim.person(), old.institution(), claim.institutionFacts(),
                claim.encounter(), claim.totalFen(), claim.lines(), claim.account(), claim.knownOn(),
                claim.yearToDate(), claim.quote());
    }

    private static void same(@org.jspecify.annotations.Nullable String read, String expected, String field,
            List<Fault> faults) {
        if (read != null && !read.equals(expected)) {
            faults.add(Fault.of(ProblemCode.FIELDS_CONFLICT, field, read, "不填，或 " + expected,
                    "nothing, or " + expected));
        }
    }

    /// Both stored replies as they are, and what the patient gets back.
    private static byte[] both(Book.Stored old, Book.Reversal reversal, Book.Stored stored) {
        var refund = new StoredReply(old.reply()).amount("cash_fen")
                - new StoredReply(stored.reply()).amount("cash_fen");
        return ("{\"refund_fen\":" + refund + ",\"reversal\":" + text(reversal.reply()) + ",\"settlement\":"
                + text(stored.reply()) + "}").getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private Answer byKey(Call call) {
        var query = call.query(ReversalQuery.class);
        if (call.caller().role() == Role.INSTITUTION) {
            reach.requireInstitution(call.caller(), query.institution(), "institution");
        }
        var sender = Objects.requireNonNullElse(query.institution(), sender(call.caller()));
        var running = here.book().turns().isTaken("reversal " + sender, query.key());
        return here.book().reversal(sender, query.key()).filter(reversal -> sees(call.caller(), reversal))
                .map(reversal -> Answer.json(200, reversal.reply()))
                .orElseThrow(() -> running ? Bookings.running(query.key())
                : Outcomes.unknown(ProblemCode.UNKNOWN_REVERSAL, "key", query.key()));
    }

    private Answer byId(Call call) {
        call.query(NoQuery.class);
        var id = call.path("id");
        return here.book().reversal(id).filter(reversal -> sees(call.caller(), reversal))
                .map(reversal -> Answer.json(200, reversal.reply()))
                .orElseThrow(() -> Outcomes.unknown(ProblemCode.UNKNOWN_REVERSAL, "id", id));
    }

    /// Who may see a settlement may see its reversal.
    private boolean sees(Caller caller, Book.Reversal reversal) {
        return here.book().settlement(reversal.settlement()).filter(stored -> reach.sees(caller, stored)).isPresent();
    }
}
