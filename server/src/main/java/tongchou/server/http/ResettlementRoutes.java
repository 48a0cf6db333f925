package tongchou.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.ConfirmRequest;
import tongchou.api.http.DifferencesReply;
import tongchou.api.http.Fault;
import tongchou.api.http.MoveRequest;
import tongchou.api.http.NoQuery;
import tongchou.api.http.NumberedQuery;
import tongchou.api.http.ObstaclesReply;
import tongchou.api.http.PageQuery;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.ResettlementRequest;
import tongchou.api.http.ResettlementsReply;
import tongchou.api.http.Words;
import tongchou.core.settlement.Waterfalls;
import tongchou.server.access.Caller;
import tongchou.server.access.Reach;
import tongchou.server.intake.Intake;
import tongchou.server.resettlement.Resettler;
import tongchou.storage.Book;
import tongchou.storage.Resettlements;
import tongchou.storage.Resettlements.Cause;
import tongchou.storage.Resettlements.Move;
import tongchou.storage.Resettlements.Order;
import tongchou.storage.Resettlements.Request;
import tongchou.storage.Resettlements.Resettlement;

/// Re-settlements (重算): started, looked at, confirmed, stopped; what is to be computed goes on in the background.
final class ResettlementRoutes {

    private static final int USUAL_LIMIT = 100;

    private final Installation here;
    private final Resettlements work;
    private final Resettler resettler;
    private final Reach reach;
    private final Confirmations confirmations;
    private final Approver approver;

    ResettlementRoutes(Installation here, Resettler resettler, Confirmations confirmations, Approver approver) {
        this.confirmations = confirmations;
        this.approver = approver;
        this.here = here;
        this.work = here.book().resettlements();
        this.resettler = resettler;
        this.reach = new Reach(here.book(), here.packs());
    }

    List<Route> routes() {
        return List.of(Route.post("/v1/resettlements", this::start), Route.get("/v1/resettlements", this::list),
                Route.get("/v1/resettlements/{id}", this::read),
                Route.get("/v1/resettlements/{id}/differences", this::differences),
                Route.get("/v1/resettlements/{id}/differences/{settlement}", this::reply),
                Route.get("/v1/resettlements/{id}/obstacles", this::obstacles),
                Route.post("/v1/resettlements/{id}/stop", call -> move(call, Move.STOP)),
                Route.post("/v1/resettlements/{id}/resume", call -> move(call, Move.RESUME)),
                Route.post("/v1/resettlements/{id}/confirm", this::confirm),
                Route.post("/v1/resettlements/{id}/dismiss", call -> move(call, Move.DISMISS)));
    }

    /// The first members are computed before it is answered, so that a small one is ready at once.
    private Answer start(Call call) {
        var request = call.body(ResettlementRequest.class);
        check(request);
        var cause = switch (request.cause()) {
            case STALE -> new Cause.StaleSums();
            case RULES -> rules(request);
            case MEMBER -> member(call.caller(), Objects.requireNonNull(request.member()));
        };
        var started = work.start(new Request(here.ids().get(), cause, Reach.beginning(call.caller().scope()),
                request.reason(), Installation.who(call.caller()), here.clock().instant()));
        return Answer.created(ResettlementReplies.of(resettler.goOn(started)));
    }

    private static void check(ResettlementRequest request) {
        var faults = new ArrayList<Fault>();
        var cause = Words.of(request.cause());
        belongs(request.hash(), "hash", request.cause() == ResettlementRequest.Cause.RULES, true, cause, faults);
        belongs(request.from(), "from", request.cause() == ResettlementRequest.Cause.RULES, false, cause, faults);
        belongs(request.knownOn(), "known_on", request.cause() == ResettlementRequest.Cause.RULES, false, cause,
                faults);
        belongs(request.member(), "member", request.cause() == ResettlementRequest.Cause.MEMBER, true, cause, faults);
        if (!faults.isEmpty()) {
            throw new Refused(faults);
        }
    }

    private static void belongs(@Nullable Object value, String field, boolean fits, boolean needed, String cause,
            List<Fault> faults) {
        if (value == null && fits && needed) {
            faults.add(Fault.of(ProblemCode.MISSING_FIELD, field, "", "起因为 " + cause + " 时必须给出 " + field,
                    field + " with the cause " + cause));
        } else if (value != null && !fits) {
            faults.add(Fault.of(ProblemCode.FIELDS_CONFLICT, field, value.toString(), "起因为 " + cause + " 时不填",
                    "nothing with the cause " + cause));
        }
    }

    private Cause rules(ResettlementRequest request) {
        var hash = Objects.requireNonNull(request.hash());
        var policies = here.packs().library().policies().stream().map(Waterfalls::policy);
        var policy = policies.filter(one -> one.hash().equals(hash)).findFirst().orElseThrow(() -> new Refused(Fault.of(
                ProblemCode.UNKNOWN_PACK_VERSION, "hash", hash, "已加载的政策包之一：" + hashes("、"),
                "the hash of a loaded pack: " + hashes(", "))));
        return new Cause.NewRules(policy.pack(), policy.version(), hash, request.knownOn(),
                Objects.requireNonNullElse(request.from(), policy.cover().from()));
    }

    private String hashes(String between) {
        return here.packs().library().policies().stream().map(Waterfalls::policy)
                .map(policy -> policy.pack() + " " + policy.version() + " " + policy.hash()).distinct()
                .collect(Collectors.joining(between));
    }

    private Cause member(Caller caller, String token) {
        here.book().person(token).filter(person -> reach.sees(caller, person))
                .orElseThrow(() -> new Refused(Intake.unknownMember(token, 422, "member")));
        return new Cause.OneMember(token);
    }

    private Answer list(Call call) {
        var query = call.query(NumberedQuery.class);
        var limit = limit(query.limit());
        var found = new ArrayList<Resettlement>();
        var before = query.after() == null ? Long.MAX_VALUE : query.after();
        while (found.size() <= limit) {
            var page = work.page(before, limit + 1);
            page.stream().filter(one -> sees(call.caller(), one)).forEach(found::add);
            if (page.size() <= limit) {
                break;
            }
            before = page.getLast().number();
        }
        var shown = found.subList(0, Math.min(limit, found.size()));
        return Answer.ok(new ResettlementsReply(shown.stream().map(ResettlementReplies::of).toList(),
                found.size() > limit ? shown.getLast().number() : null));
    }

    private static int limit(@Nullable Integer asked) {
        return asked == null ? USUAL_LIMIT : asked;
    }

    private static boolean sees(Caller caller, Resettlement one) {
        return one.area().startsWith(Reach.beginning(caller.scope()));
    }

    private Resettlement found(Call call) {
        var id = call.path("id");
        return work.find(id).filter(one -> sees(call.caller(), one)).orElseThrow(() -> unknown("id", id));
    }

    static Refused unknown(String field, String read) {
        return new Refused(Fault.of(ProblemCode.UNKNOWN_RESETTLEMENT, field, read, "/v1/resettlements 中的重算任务及其差额",
                "a re-settlement of /v1/resettlements, and what it found"));
    }

    private Answer read(Call call) {
        call.query(NoQuery.class);
        return Answer.ok(ResettlementReplies.of(found(call)));
    }

    private Answer differences(Call call) {
        var query = call.query(NumberedQuery.class);
        var limit = limit(query.limit());
        var id = found(call).id();
        var after = Objects.requireNonNullElse(query.after(), 0L);
        var all = work.differences(id, after, limit + 1);
        var page = all.subList(0, Math.min(limit, all.size()));
        return Answer.ok(new DifferencesReply(page.stream().map(ResettlementReplies::of).toList(),
                after == 0 ? work.sums(id).stream().map(ResettlementReplies::of).toList() : null,
                all.size() > limit ? page.getLast().number() : null));
    }

    /// The reply by what was found, or the stored one where nothing comes out otherwise.
    private Answer reply(Call call) {
        call.query(NoQuery.class);
        var id = found(call).id();
        var settlement = call.path("settlement");
        return Answer.json(200, work.reply(id, settlement).or(() -> here.book().settlement(settlement)
                .filter(stored -> reach.sees(call.caller(), stored)).map(Book.Stored::reply))
                .orElseThrow(() -> unknown("settlement", settlement)));
    }

    private Answer obstacles(Call call) {
        var query = call.query(PageQuery.class);
        var limit = limit(query.limit());
        var all = work.obstacles(found(call).id(), Objects.requireNonNullElse(query.after(), ""), limit + 1);
        var page = all.subList(0, Math.min(limit, all.size()));
        return Answer.ok(new ObstaclesReply(page.stream().map(ResettlementReplies::of).toList(),
                all.size() > limit ? page.getLast().member() : null));
    }

    /// What moves more fund money than one person may confirm waits for a second one.
    private Answer confirm(Call call) {
        var request = call.body(ConfirmRequest.class);
        var present = found(call);
        confirmations.requireActivated(present);
        if (present.state() == Resettlements.State.READY && present.revision() == request.revision()
                && approver.isOver(work.fundsMoved(present.id()).value())) {
            return approver.ask(call.caller(), present, request);
        }
        return order(call, Move.CONFIRM, request.revision(), request.note());
    }

    private Answer move(Call call, Move move) {
        return order(call, move, 0, call.body(MoveRequest.class).note());
    }

    private Answer order(Call call, Move move, long revision, @Nullable String note) {
        var present = found(call);
        return Answer.ok(ResettlementReplies.of(confirmations.carryOut(present.id(), new Order(move, revision,
                Installation.who(call.caller()), Objects.requireNonNullElse(note, ""), here.clock().instant()))));
    }
}
