package tongchou.server.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.ExplanationReply;
import tongchou.api.http.Fault;
import tongchou.api.http.Json;
import tongchou.api.http.NoQuery;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.ReplyWriter;
import tongchou.api.http.Role;
import tongchou.api.http.SettlementQuery;
import tongchou.api.http.SettlementRequest;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.Settlement;
import tongchou.server.access.Caller;
import tongchou.server.access.Reach;
import tongchou.server.intake.Intake;
import tongchou.server.intake.Records;
import tongchou.server.intake.Replies;
import tongchou.storage.Book;

/// Settlements (结算): previewed, booked once, read, explained.
final class Settlements {

    private final Installation here;
    private final Intake intake;
    private final Records records;
    private final Meters meters;
    private final Reach reach;

    Settlements(Installation here, Meters meters) {
        this.here = here;
        this.intake = new Intake(here.packs());
        this.records = Records.of(here.book());
        this.meters = meters;
        this.reach = new Reach(here.book(), here.packs());
    }

    List<Route> routes() {
        return List.of(Route.post("/v1/settlements/preview", this::preview), Route.post("/v1/settlements", this::book),
                Route.get("/v1/settlements", this::byKey), Route.get("/v1/settlements/{id}", this::byId),
                Route.get("/v1/settlements/{id}/explanation", this::explanation));
    }

    private Answer preview(Call call) {
        var request = call.body(SettlementRequest.class);
        mayPreview(call.caller(), request);
        return switch (intake.preview(request, records)) {
            case Settlement settlement -> {
                meters.settled("preview", settlement.waterfall().policy().pack());
                yield Answer.ok(
                        Replies.of(settlement, "preview", null, request.member(), request.lines(), here.version()));
            }
            case Refusal refusal -> throw refused(refusal);
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
        var key = Objects.requireNonNull(request.key());
        var token = Objects.requireNonNull(request.member());
        var code = Objects.requireNonNull(request.institution());
        var day = Intake.lastDay(request);
        var now = here.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        var id = here.ids().get();
        var content = ReplyWriter.canonical(request);
        var booked = here.book().settle(new Book.Submission(id, code, key, content, token, day, now),
                situation -> decide(request, situation, id, now));
        return switch (booked) {
            case Book.Booked.Done(var stored, var repeated) -> {
                meters.booked(repeated);
                yield Answer.json(repeated ? 200 : 201, stored.reply());
            }
            case Book.Booked.Refused(var refusal) -> throw refused(refusal);
            case Book.Booked.KeyTaken(var first, var earlier) -> throw new Refused(taken(first, earlier, content));
            case Book.Booked.Parked(var parked, var reason) -> throw new Refused(Fault.of(ProblemCode.MEMBER_PARKED,
                    "member", parked, "已解除挂起的参保人", "a member that is not parked"));
            case Book.Booked.UnknownMember(var unknown) ->
                throw new Refused(Intake.unknownMember(unknown, 422, "member"));
            case Book.Booked.UnknownInstitution(var unknown) ->
                throw new Refused(Intake.unknownInstitution(unknown, day, records));
        };
    }

    private Book.Decision decide(SettlementRequest request, Book.Situation situation, String id, Instant now) {
        var key = Objects.requireNonNull(request.key());
        var institution = situation.institution().orElseThrow();
        var name = institution.code() + "/" + key;
        return switch (intake.settle(request, situation.person(), institution, name, situation.yearToDate())) {
            case Settlement settlement -> {
                var booking = new Replies.Booking(id, key, now.toString());
                yield new Book.Decision.Settle(settlement, ReplyWriter.bytes(Replies.of(settlement, "booked", booking,
                        request.member(), request.lines(), here.version())));
            }
            case Refusal refusal -> new Book.Decision.Refuse(refusal);
        };
    }

    private Refused refused(Refusal refusal) {
        meters.refused(refusal.code().name());
        return new Refused(Replies.fault(refusal));
    }

    private static Fault taken(Book.Stored first, byte[] earlier, byte[] content) {
        var difference = firstDifference("", Json.parse(earlier, new ArrayList<>()),
                Json.parse(content, new ArrayList<>()));
        var before = difference == null ? "" : difference.before();
        return Fault.of(ProblemCode.KEY_TAKEN, difference == null ? "key" : difference.field(),
                difference == null ? first.key() : difference.now(),
                "与首次请求相同：" + before + "（结算 " + first.id() + "）；新业务请用新的幂等键",
                "the same as at first: " + before + " (settlement " + first.id() + "); use a new key for new content");
    }

    private record Difference(String field, String before, String now) {
    }

    private static @Nullable Difference firstDifference(String path, Json before, Json now) {
        if (before.equals(now)) {
            return null;
        }
        if (before instanceof Json.Members(var left) && now instanceof Json.Members(var right)) {
            var names = new LinkedHashSet<>(left.keySet());
            names.addAll(right.keySet());
            for (var name : names) {
                var inner = path.isEmpty() ? name : path + "." + name;
                var difference = firstDifference(inner, left.getOrDefault(name, new Json.Nothing()),
                        right.getOrDefault(name, new Json.Nothing()));
                if (difference != null) {
                    return difference;
                }
            }
        }
        if (before instanceof Json.Items(var left) && now instanceof Json.Items(var right)) {
            for (var i = 0; i < Math.min(left.size(), right.size()); i++) {
                var difference = firstDifference(path + "[" + i + "]", left.get(i), right.get(i));
                if (difference != null) {
                    return difference;
                }
            }
            return new Difference(path, left.size() + " items", right.size() + " items");
        }
        return new Difference(path, before.shown(), now.shown());
    }

    private Answer byKey(Call call) {
        var query = call.query(SettlementQuery.class);
        if (call.caller().role() == Role.INSTITUTION) {
            reach.requireInstitution(call.caller(), query.institution(), "institution");
        }
        return here.book().settlement(query.institution(), query.key())
                .filter(stored -> reach.sees(call.caller(), stored))
                .map(stored -> Answer.json(200, stored.reply()))
                .orElseThrow(() -> unknown("key", query.key()));
    }

    private Answer byId(Call call) {
        call.query(NoQuery.class);
        return Answer.json(200, stored(call).reply());
    }

    private Book.Stored stored(Call call) {
        var id = call.path("id");
        return here.book().settlement(id).filter(stored -> reach.sees(call.caller(), stored))
                .orElseThrow(() -> unknown("id", id));
    }

    private static Refused unknown(String field, String read) {
        return new Refused(Fault.of(ProblemCode.UNKNOWN_SETTLEMENT, field, read, "一笔已入账的结算", "a booked settlement"));
    }

    /// The explanation that was stored with the settlement, as text or as JSON.
    private Answer explanation(Call call) {
        call.query(NoQuery.class);
        var stored = stored(call);
        var language = call.chinese() ? "zh" : "en";
        if (Json.parse(stored.reply(), new ArrayList<>()) instanceof Json.Members(var reply)
                && reply.get("explanation") instanceof Json.Members(var languages)
                && languages.get(language) instanceof Json.Items(var items)) {
            var sentences = items.stream().map(item -> ((Json.Text) item).text()).toList();
            return call.wantsJson()
                    ? Answer.ok(new ExplanationReply(stored.id(), language, sentences))
                    : Answer.text("text/plain", String.join("\n", sentences) + "\n");
        }
        throw new IllegalStateException("the stored reply of " + stored.id() + " holds no explanation");
    }
}
