package tongchou.server.http;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tongchou.api.http.ActivationOrder;
import tongchou.api.http.ActivationRequest;
import tongchou.api.http.AdjustmentOrder;
import tongchou.api.http.AdjustmentReply;
import tongchou.api.http.AdjustmentRequest;
import tongchou.api.http.AdjustmentsReply;
import tongchou.api.http.Fault;
import tongchou.api.http.NoQuery;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.Words;
import tongchou.core.calendar.Period;
import tongchou.core.money.Fen;
import tongchou.core.settlement.Counter;
import tongchou.server.access.Reach;
import tongchou.server.intake.Intake;
import tongchou.server.packs.PackSwitch;
import tongchou.storage.Adjustments;
import tongchou.storage.Approvals.Kind;
import tongchou.storage.Person;

/// What always needs two persons (双人事项): manual adjustments and the activation of packs, asked for here.
final class AdjustmentRoutes {

    private final Installation here;
    private final Reach reach;
    private final Approver approver;

    AdjustmentRoutes(Installation here, Approver approver) {
        this.here = here;
        this.reach = new Reach(here.book(), here.packs());
        this.approver = approver;
    }

    List<Route> routes() {
        return List.of(Route.post("/v1/members/{token}/adjustments", this::adjust),
                Route.get("/v1/members/{token}/adjustments", this::list),
                Route.post("/v1/packs/{id}/activation", this::activate));
    }

    private Person person(Call call) {
        var token = call.path("token");
        return here.book().person(token).filter(person -> reach.sees(call.caller(), person))
                .orElseThrow(() -> new Refused(Intake.unknownMember(token, 404, "token")));
    }

    private Answer adjust(Call call) {
        var token = person(call).member().token();
        var request = call.body(AdjustmentRequest.class);
        check(request);
        var order = new AdjustmentOrder(token, call.caller().scope(), Installation.who(call.caller()), request);
        return approver.ask(Kind.ADJUSTMENT, call.caller(), "@" + call.caller().scope(), request.key(), token, order,
                request.reason());
    }

    /// Money, a sum, or another adjustment: one of them.
    private static void check(AdjustmentRequest request) {
        var faults = new ArrayList<Fault>();
        var money = request.currentYearChangeFen() != null || request.earlierYearsChangeFen() != null;
        var sum = request.counter() != null;
        if (Stream.of(money, sum, request.takesBack() != null).filter(given -> given).count() != 1) {
            faults.add(Fault.of(ProblemCode.FIELDS_CONFLICT, "takes_back", "", "账户变动、累计变动、takes_back 三选一",
                    "account money, a counter, or takes_back: one of them"));
        }
        if (sum != (request.period() != null) || sum != (request.periodKey() != null)
                || sum != (request.sumChange() != null)) {
            faults.add(Fault.of(ProblemCode.FIELDS_CONFLICT, "counter", "",
                    "counter、period、period_key、sum_change 同时给出",
                    "counter, period, period_key and sum_change together"));
        } else if (sum && period(request.period()) == null) {
            faults.add(Fault.of(ProblemCode.UNKNOWN_WORD, "period", request.period(), "year-to-date 中的 period",
                    "a period of year-to-date"));
        }
        if (money && amount(request.currentYearChangeFen()) == 0 && amount(request.earlierYearsChangeFen()) == 0
                || request.sumChange() != null && request.sumChange() == 0) {
            faults.add(Fault.of(ProblemCode.OUT_OF_RANGE, money ? "current_year_change_fen" : "sum_change", "0",
                    "不为零", "not zero"));
        }
        if (!faults.isEmpty()) {
            throw new Refused(faults);
        }
    }

    private static long amount(@org.jspecify.annotations.Nullable Long fen) {
        return Objects.requireNonNullElse(fen, 0L);
    }

    private static @org.jspecify.annotations.Nullable Period period(
            @org.jspecify.annotations.Nullable String word) {
        return Stream.of(Period.values()).filter(period -> Words.of(period).equals(word)).findFirst().orElse(null);
    }

    private static boolean isTime(String text) {
        try {
            return text.matches("20[0-9]{2}-.*") && Instant.parse(text) != null;
        } catch (DateTimeParseException noTime) {
            return false;
        }
    }

    /// An order as the book takes it.
    static Adjustments.Order order(String id, AdjustmentOrder order, Instant now) {
        var asked = order.change();
        var period = period(asked.period());
        var key = asked.counter() == null || period == null ? null
                : new Counter.Key(asked.counter(), period, Objects.requireNonNull(asked.periodKey()));
        return new Adjustments.Order(id, order.member(), order.area(), new Adjustments.Change(
                Fen.of(amount(asked.currentYearChangeFen())), Fen.of(amount(asked.earlierYearsChangeFen())), key,
                amount(asked.sumChange())), asked.takesBack(), asked.reason(), asked.document(), order.who(), now);
    }

    private Answer list(Call call) {
        call.query(NoQuery.class);
        return Answer.ok(new AdjustmentsReply(here.book().oversight().adjustments().of(person(call).member().token())
                .stream().map(AdjustmentRoutes::reply).toList()));
    }

    /// An adjustment as it is answered.
    static AdjustmentReply reply(Adjustments.Adjustment booked) {
        var change = booked.change();
        var counter = change.counter();
        return new AdjustmentReply(booked.id(), booked.member(), change.currentYear().value(),
                change.earlierYears().value(), counter == null ? null : counter.name(),
                counter == null ? null : Words.of(counter.period()), counter == null ? null : counter.periodKey(),
                change.more(), booked.takesBack(), booked.reason(), booked.document(), booked.bookedAt().toString());
    }

    private Answer activate(Call call) {
        var id = call.path("id");
        var request = call.body(ActivationRequest.class);
        var loaded = here.packs().version(id, request.version(), request.hash());
        if (loaded.isEmpty()) {
            throw new Refused(Fault.of(ProblemCode.UNKNOWN_PACK, "version", request.version(),
                    "/v1/packs 中已加载的版本与哈希", "a loaded version of /v1/packs with its hash"));
        }
        if (request.effectiveAt() != null) {
            if (!isTime(request.effectiveAt())) {
                throw new Refused(Fault.of(ProblemCode.NOT_A_DATE, "effective_at", request.effectiveAt(),
                        "UTC 时间，例如 2026-04-01T00:00:00Z", "a time in UTC such as 2026-04-01T00:00:00Z"));
            }
        }
        var present = here.packSwitch().inForce(id, here.clock().instant());
        if (!request.force() && present.filter(
                one -> PackSwitch.isLower(request.version(), one.version())).isPresent()) {
            throw new Refused(Fault.of(ProblemCode.LOWER_VERSION, "version", request.version(),
                    "不低于 " + present.get().version() + "，或 force", "not lower than " + present.get().version()
                    + ", or force"));
        }
        return approver.ask(Kind.ACTIVATION, call.caller(), "@" + call.caller().scope(), request.key(), id,
                new ActivationOrder(id, new ActivationRequest(request.key(), request.version(), loaded.get().hash(),
                        request.effectiveAt(), request.force(), request.reason())), request.reason());
    }
}
