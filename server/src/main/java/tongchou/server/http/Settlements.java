package tongchou.server.http;

import java.util.List;
import tongchou.api.http.CorrectionsReply;
import tongchou.api.http.ExplanationReply;
import tongchou.api.http.Fault;
import tongchou.api.http.NoQuery;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.Role;
import tongchou.api.http.SettlementQuery;
import tongchou.api.http.SettlementRequest;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.Settlement;
import tongchou.server.access.Caller;
import tongchou.server.access.Reach;
import tongchou.server.alliance.Prescriptions;
import tongchou.server.intake.Intake;
import tongchou.server.intake.Quote;
import tongchou.server.intake.Records;
import tongchou.server.intake.Repetition;
import tongchou.server.intake.Replies;
import tongchou.server.intake.ReversalReplies;
import tongchou.server.intake.StoredReply;
import tongchou.storage.Book;

/// Settlements (结算): previewed, booked once, read, explained.
final class Settlements {

    private final Installation here;
    private final Intake intake;
    private final Records records;
    private final Meters meters;
    private final Reach reach;
    private final Bookings bookings;
    private final Outcomes outcomes;

    Settlements(Installation here, Bookings bookings, Meters meters) {
        this.bookings = bookings;
        this.outcomes = new Outcomes(here.book(), meters);
        this.here = here;
        this.intake = new Intake(here.packs(), here.packSwitch());
        this.records = Records.of(here.book());
        this.meters = meters;
        this.reach = new Reach(here.book(), here.packs());
    }

    List<Route> routes() {
        return List.of(Route.post("/v1/settlements/preview", this::preview).soon(),
                Route.post("/v1/settlements", this::book).soon(), Route.get("/v1/settlements", this::byKey).soon(),
                Route.get("/v1/settlements/{id}", this::byId).soon(),
                Route.get("/v1/settlements/{id}/explanation", this::explanation),
                Route.get("/v1/settlements/{id}/corrections", this::corrections));
    }

    private Answer preview(Call call) {
        var request = call.body(SettlementRequest.class);
        mayPreview(call.caller(), request);
        if (request.quote() != null) {
            throw new Refused(Fault.of(ProblemCode.FIELDS_CONFLICT, "quote", "…", "只用于入账", "only to book"));
        }
        Prescriptions.require(here.book(), request, "");
        var settled = intake.preview(request, records);
        return switch (settled.outcome()) {
            case Settlement settlement -> {
                meters.settled("preview", settlement.waterfall().policy().pack());
                var reply = settled.tell(Replies.of(settlement, "preview", null, request.member(), request.lines(),
                        here.version(), call.chinese()));
                yield Answer.ok(request.member() == null || request.institution() == null ? reply
                        : reply.quoted(Quote.of(settlement, request).text()));
            }
            case Refusal refusal -> {
                meters.refused(refusal.code().name());
                throw new Refused(Replies.fault(refusal));
            }
        };
    }

    private void mayPreview(Caller caller, SettlementRequest request) {
        var described = request.institutionFacts();
        reach.requireInstitution(caller, request.institution(), "institution");
        if (described != null && caller.role() == Role.INSTITUTION) {
            reach.requireInstitution(caller, described.code(), "institution_facts.code");
        } else if (described != null) {
            reach.requireArea(caller, described.division(), "institution_facts.division");
        }
        // An institution shows the member's token, wherever the member is insured; a bureau asks about its own people.
        if (request.member() != null && caller.role() != Role.INSTITUTION
                && records.person(request.member()).filter(person -> !reach.sees(caller, person)).isPresent()) {
            throw new Refused(Intake.unknownMember(request.member(), 422, "member"));
        }
    }

    private Answer book(Call call) {
        var request = call.body(SettlementRequest.class);
        reach.requireInstitution(call.caller(), request.institution(), "institution");
        intake.check(request, true);
        return switch (bookings.book(request, Installation.who(call.caller()))) {
            case Book.Booked.Done(var stored, var repeated) -> {
                meters.booked(repeated);
                yield Answer.json(repeated ? 200 : 201, stored.reply());
            }
            case Book.Booked other -> throw outcomes.notBooked(other, request, Bookings.content(request));
        };
    }

    private Answer byKey(Call call) {
        var query = call.query(SettlementQuery.class);
        if (call.caller().role() == Role.INSTITUTION) {
            reach.requireInstitution(call.caller(), query.institution(), "institution");
        }
        var running = here.book().turns().isTaken("settlement " + query.institution(), query.key());
        return here.book().settlement(query.institution(), query.key())
                .filter(stored -> reach.sees(call.caller(), stored))
                .map(stored -> Answer.json(200, asItStands(stored)))
                .orElseThrow(() -> running ? Bookings.running(query.key())
                : Outcomes.unknown(ProblemCode.UNKNOWN_SETTLEMENT, "key", query.key()));
    }

    /// The stored reply, marked when the settlement was taken back.
    private byte[] asItStands(Book.Stored stored) {
        return here.book().reversalOf(stored.id())
                .map(reversal -> new StoredReply(stored.reply()).marked(ReversalReplies.mark(reversal)))
                .orElseGet(stored::reply);
    }

    /// The stored bytes; those of a corrected settlement end with its corrections.
    private Answer byId(Call call) {
        call.query(NoQuery.class);
        var stored = stored(call);
        var corrections = correctionsOf(stored);
        var reply = asItStands(stored);
        return Answer.json(200, corrections.corrections().isEmpty() ? reply
                : new StoredReply(reply).corrected(corrections));
    }

    private Answer corrections(Call call) {
        call.query(NoQuery.class);
        return Answer.ok(correctionsOf(stored(call)));
    }

    private CorrectionsReply correctionsOf(Book.Stored stored) {
        return new CorrectionsReply(stored.id(), here.book().resettlements().corrections(stored.id()).stream()
                .map(ResettlementReplies::of).toList());
    }

    private Book.Stored stored(Call call) {
        var id = call.path("id");
        return here.book().settlement(id).filter(stored -> reach.sees(call.caller(), stored))
                .orElseThrow(() -> Outcomes.unknown(ProblemCode.UNKNOWN_SETTLEMENT, "id", id));
    }

    /// The explanation as text or as JSON: in Chinese as it was stored, in English on request.
    private Answer explanation(Call call) {
        call.query(NoQuery.class);
        var stored = stored(call);
        var chinese = call.chinese();
        var reply = new StoredReply(stored.reply());
        var sentences = reply.told(chinese).orElseGet(() -> english(stored, reply.told(true).orElseThrow()));
        return call.wantsJson()
                ? Answer.ok(new ExplanationReply(stored.id(), chinese ? "zh" : "en", sentences))
                : Answer.text("text/plain", String.join("\n", sentences) + "\n");
    }

    /// Tells it in English by settling it again.
    ///
    /// @param chinese what was stored; it must come out the same
    private List<String> english(Book.Stored stored, List<String> chinese) {
        var inputs = here.book().papers().inputs(stored.id()).orElseThrow();
        return switch (new Repetition(here.packs()).of(inputs)) {
            case Repetition.Result.Again again when again.told(true).equals(chinese) -> again.told(false);
            case Repetition.Result.Again changed -> throw onlyChinese("it comes out otherwise now");
            case Repetition.Result.Missing(var pack) -> throw onlyChinese(pack);
            case Repetition.Result.Not(var why) -> throw onlyChinese(why);
        };
    }

    private static Refused onlyChinese(String why) {
        return new Refused(Fault.of(ProblemCode.ONLY_IN_CHINESE, "Accept-Language", why,
                "zh；英文明白纸须由当时的政策包版本重演得出（serve --former-packs）",
                "zh; English is told by the version of the pack that settled it (serve --former-packs)"));
    }
}
