package tongchou.server.http;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.AllotmentOrder;
import tongchou.api.http.AllotmentReply;
import tongchou.api.http.AllotmentRequest;
import tongchou.api.http.BudgetReply;
import tongchou.api.http.BudgetReply.PaidAtReply;
import tongchou.api.http.BudgetReply.PaidReply;
import tongchou.api.http.BudgetRequest;
import tongchou.api.http.BudgetRequest.Fund;
import tongchou.api.http.BudgetsQuery;
import tongchou.api.http.BudgetsReply;
import tongchou.api.http.Fault;
import tongchou.api.http.NoQuery;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.core.fund.Budget;
import tongchou.core.fund.Budget.Holder;
import tongchou.core.fund.BudgetPosition;
import tongchou.core.ledger.Account;
import tongchou.core.money.Fen;
import tongchou.server.access.Caller;
import tongchou.server.access.Reach;
import tongchou.server.intake.Intake;
import tongchou.storage.Approvals.Kind;
import tongchou.storage.Budgets;

/// Budgets of alliances and institutions (总额预算): allotted by two persons, and read with what the funds paid.
final class BudgetRoutes {

    private final Installation here;
    private final Budgets budgets;
    private final Reach reach;
    private final Approver approver;

    BudgetRoutes(Installation here, Approver approver) {
        this.here = here;
        this.budgets = here.book().oversight().budgets();
        this.reach = new Reach(here.book(), here.packs());
        this.approver = approver;
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/budgets", this::list), Route.post("/v1/budgets", this::open),
                Route.get("/v1/budgets/{code}", this::read),
                Route.post("/v1/budgets/{code}/allotments", this::allot));
    }

    private Answer open(Call call) {
        var request = call.body(BudgetRequest.class);
        if ((request.alliance() == null) == (request.institution() == null)) {
            throw new Refused(Fault.of(ProblemCode.FIELDS_CONFLICT, "alliance", "", "alliance、institution 二选一",
                    "an alliance or an institution, one of them"));
        }
        if (EnumSet.copyOf(request.funds()).size() != request.funds().size()) {
            throw new Refused(Fault.of(ProblemCode.FIELDS_CONFLICT, "funds", request.funds().toString(), "基金不重复",
                    "each fund once"));
        }
        var area = request.area() == null ? call.caller().scope() : request.area();
        reach.requireArea(call.caller(), area, "area");
        requireHolder(call.caller(), request);
        var order = new AllotmentOrder(true, request.code(), request.alliance(), request.institution(), area,
                request.year(), request.funds().stream().sorted().toList(), request.amountFen(), request.document(),
                request.reason(), Installation.who(call.caller()));
        budgets.allotments(request.code()).stream().findFirst().ifPresent(first -> requireSame(first.id(), order));
        return ask(call.caller(), request.key(), order);
    }

    /// An open budget is opened again only by whoever repeats the request that opened it.
    private void requireSame(String id, AllotmentOrder order) {
        var opened = here.book().oversight().approvals().find(id)
                .map(before -> Approver.read(before, AllotmentOrder.class));
        if (opened.filter(order::equals).isEmpty()) {
            throw new Refused(Fault.of(ProblemCode.ALREADY_REGISTERED, "code", order.code(),
                    "新的编码，或 POST /v1/budgets/" + order.code() + "/allotments",
                    "a new code, or POST /v1/budgets/" + order.code() + "/allotments"));
        }
    }

    private void requireHolder(Caller caller, BudgetRequest request) {
        if (request.institution() != null) {
            if (here.book().versions(request.institution()).isEmpty()) {
                throw new Refused(Intake.unknownInstitution(request.institution(), 422, "institution"));
            }
            reach.requireWhole(caller, request.institution(), "institution");
            return;
        }
        var alliance = here.book().alliances().stream().filter(one -> one.code().equals(request.alliance()))
                .findFirst().orElseThrow(() -> new Refused(Fault.of(ProblemCode.UNKNOWN_ALLIANCE, "alliance",
                        request.alliance(), "已登记的医联体编码", "the code of a registered alliance")));
        alliance.memberships().forEach(one -> reach.requireWhole(caller, one.institution(), "alliance"));
    }

    private Answer allot(Call call) {
        var request = call.body(AllotmentRequest.class);
        var budget = budget(call);
        if (request.amountFen() == 0) {
            throw new Refused(Fault.of(ProblemCode.OUT_OF_RANGE, "amount_fen", "0", "不为零", "not zero"));
        }
        reach.requireArea(call.caller(), budget.area(), "code");
        return ask(call.caller(), request.key(), new AllotmentOrder(false, budget.code(), alliance(budget),
                institution(budget), budget.area(), budget.year(), funds(budget), request.amountFen(),
                request.document(), request.reason(), Installation.who(call.caller())));
    }

    private Answer ask(Caller caller, String key, AllotmentOrder order) {
        return approver.ask(Kind.ALLOTMENT, caller, "@" + caller.scope(), key, order.code(), order, order.reason());
    }

    /// An order as the book takes it.
    static Budgets.Order order(String id, AllotmentOrder order, String confirmedBy, Instant now) {
        var funds = EnumSet.noneOf(Account.Kind.class);
        order.funds().forEach(fund -> funds.add(Account.Kind.valueOf(fund.name())));
        var holder = order.alliance() != null ? new Holder.OfAlliance(order.alliance())
                : new Holder.OfInstitution(String.valueOf(order.institution()));
        return new Budgets.Order(id, new Budget(order.code(), holder, order.area(), order.year(), funds),
                order.opens(), Fen.of(order.amountFen()), order.document(), order.reason(), order.who(), confirmedBy,
                now);
    }

    /// The budget of a path.
    ///
    /// @throws Refused when there is none, or when it is out of reach
    private Budget budget(Call call) {
        var code = call.path("code");
        return budgets.find(code).filter(one -> sees(call.caller(), one)).orElseThrow(() -> new Refused(Fault.of(
                ProblemCode.UNKNOWN_BUDGET, "code", code, "/v1/budgets 中的预算", "a budget of /v1/budgets")));
    }

    private static boolean sees(Caller caller, Budget budget) {
        return switch (caller.role()) {
            case INSTITUTION -> budget.holder().equals(new Holder.OfInstitution(caller.scope()));
            case ALLIANCE_LEAD -> budget.holder().equals(new Holder.OfAlliance(caller.scope()));
            case BUREAU_CLERK, BUREAU_SUPERVISOR, AUDITOR -> sees(caller, budget.area());
            case ADMINISTRATOR -> false;
        };
    }

    /// Whether a bureau sees what concerns the funds of an area.
    static boolean sees(Caller caller, String area) {
        return area.startsWith(Reach.beginning(caller.scope()));
    }

    private Answer list(Call call) {
        var query = call.query(BudgetsQuery.class);
        return Answer.ok(new BudgetsReply(budgets.all().stream().filter(one -> sees(call.caller(), one)
                && (query.year() == null || query.year() == one.year())
                && (query.alliance() == null || one.holder().equals(new Holder.OfAlliance(query.alliance())))
                && (query.institution() == null || one.holder().equals(new Holder.OfInstitution(query.institution()))))
                .map(one -> reply(position(one), null)).toList()));
    }

    private Answer read(Call call) {
        call.query(NoQuery.class);
        var budget = budget(call);
        return Answer.ok(reply(position(budget), budgets.allotments(budget.code()).stream()
                .map(BudgetRoutes::reply).toList()));
    }

    private BudgetPosition position(Budget budget) {
        return budgets.position(budget.code()).orElseThrow();
    }

    /// @param allotments null where nothing in detail is asked for
    private static BudgetReply reply(BudgetPosition position, @Nullable List<AllotmentReply> allotments) {
        var budget = position.budget();
        Map<String, Map<Fund, Long>> places = new TreeMap<>();
        Map<Fund, Long> funds = new EnumMap<>(Fund.class);
        for (var spent : position.spent()) {
            var fund = Fund.valueOf(spent.fund().name());
            places.computeIfAbsent(spent.institution(), code -> new EnumMap<>(Fund.class))
                    .merge(fund, spent.amount().value(), Long::sum);
            funds.merge(fund, spent.amount().value(), Long::sum);
        }
        return new BudgetReply(budget.code(), alliance(budget), institution(budget), budget.area(), budget.year(),
                funds(budget), position.allotted().value(), position.paid().value(), position.left().value(),
                position.isOverspent(), allotments == null ? null : places.entrySet().stream().map(
                        place -> new PaidAtReply(place.getKey(), place.getValue().values().stream()
                                .mapToLong(Long::longValue).sum(), paid(place.getValue()))).toList(),
                allotments == null ? null : paid(funds), allotments);
    }

    private static List<PaidReply> paid(Map<Fund, Long> funds) {
        return funds.entrySet().stream().map(one -> new PaidReply(one.getKey(), one.getValue())).toList();
    }

    /// An allotment as it is answered.
    static AllotmentReply reply(Budgets.Allotment one) {
        return new AllotmentReply(one.id(), one.amount().value(), one.document(), one.reason(), one.askedBy(),
                one.confirmedBy(), one.at().toString());
    }

    private static @Nullable String alliance(Budget budget) {
        return budget.holder() instanceof Holder.OfAlliance(var code) ? code : null;
    }

    private static @Nullable String institution(Budget budget) {
        return budget.holder() instanceof Holder.OfInstitution(var code) ? code : null;
    }

    private static List<Fund> funds(Budget budget) {
        return budget.funds().stream().map(fund -> Fund.valueOf(fund.name())).toList();
    }
}
