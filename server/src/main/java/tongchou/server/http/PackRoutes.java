package tongchou.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Fault;
import tongchou.api.http.FindingsReply;
import tongchou.api.http.NoQuery;
import tongchou.api.http.PackReply;
import tongchou.api.http.PacksReply;
import tongchou.api.http.ParametersQuery;
import tongchou.api.http.ParametersReply;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.SettlementReply;
import tongchou.api.http.WaitingReply;
import tongchou.api.http.WaitingRequest;
import tongchou.api.http.Words;
import tongchou.api.pack.Finding;
import tongchou.api.pack.Pack;
import tongchou.api.pack.Takeover;
import tongchou.core.calendar.KnownOn;
import tongchou.core.policy.Benefit;
import tongchou.core.policy.Policy;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.RefusalCode;
import tongchou.server.intake.Replies;
import tongchou.server.packs.PackSwitch;
import tongchou.server.packs.Packs;
import tongchou.server.packs.PolicyRows;

/// Policy packs (政策包): which are loaded, what they state on a day, and what was found in them.
final class PackRoutes {

    private final Packs packs;
    private final PackSwitch packSwitch;

    PackRoutes(Installation here) {
        this.packs = here.packs();
        this.packSwitch = here.packSwitch();
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/packs", this::list), Route.get("/v1/packs/{id}", this::read),
                Route.get("/v1/packs/{id}/parameters", this::parameters),
                Route.get("/v1/packs/{id}/findings", this::findings), Route.post("/v1/waiting-periods", this::waiting));
    }

    private Answer list(Call call) {
        call.query(NoQuery.class);
        return Answer.ok(new PacksReply(packs.loaded().stream().map(one -> reply(one, false)).toList(),
                packs.left().stream().map(left -> new PacksReply.RefusedPackReply(left.id(), left.origin(),
                        count(left.findings(), Finding.Severity.ERROR),
                        count(left.findings(), Finding.Severity.WARNING))).toList()));
    }

    private static int count(List<Finding> findings, Finding.Severity severity) {
        return (int) findings.stream().filter(finding -> finding.severity() == severity).count();
    }

    private Answer read(Call call) {
        call.query(NoQuery.class);
        return Answer.ok(reply(loaded(call), true));
    }

    private Packs.Loaded loaded(Call call) {
        var id = call.path("id");
        return packs.pack(id).orElseThrow(() -> unknown(id, "id", 404));
    }

    private Refused unknown(String id, String field, int status) {
        var known = packs.loaded().stream().map(one -> one.pack().id()).toList();
        return new Refused(Fault.of(ProblemCode.UNKNOWN_PACK, status, field, id, "以下之一：" + String.join("、", known),
                "one of " + String.join(", ", known)));
    }

    private PackReply reply(Packs.Loaded loaded, boolean whole) {
        var pack = loaded.pack();
        var areas = pack.policies().stream().map(policy -> new PackReply.AreaReply(policy.area(), policy.name(),
                policy.nameEn(), policy.divisions(), policy.benefits().stream().map(Benefit::name).toList(),
                takeovers(one -> one.pack().equals(pack.id()) && one.area().equals(policy.area()),
                        one -> new PackReply.TakeoverReply(one.fromPack(), one.fromArea(), one.divisions(),
                                one.from())),
                takeovers(one -> one.fromPack().equals(pack.id()) && one.fromArea().equals(policy.area()),
                        one -> new PackReply.TakeoverReply(one.pack(), one.area(), one.divisions(),
                                one.from())))).toList();
        var sources = pack.documents().values().stream().sorted(java.util.Comparator.comparing(
                tongchou.core.policy.Document::id)).map(document -> new PackReply.DocumentReply(document.id(),
                        document.title(), document.number(), document.issuer(), document.issued(),
                        PolicyRows.first(document.inForce()), PolicyRows.last(document.inForce()),
                        Words.of(document.grade()), document.checked())).toList();
        var coverage = pack.coverage().stream().map(clause -> new PackReply.ClauseReply(
                clause.document(), clause.article(), clause.status(), clause.note())).toList();
        return new PackReply(pack.id(), pack.version(), pack.hash(), pack.name(), pack.nameEn(),
                pack.parent() == null ? null : pack.parent().id(), PolicyRows.first(pack.cover()),
                PolicyRows.last(pack.cover()), pack.demonstration(),
                packSwitch.isInForce(pack.id(), pack.version(), pack.hash()), pack.maintainers(), areas,
                pack.documents().size(), counts(pack), loaded.findings().size(), whole ? sources : null,
                whole ? coverage : null);
    }

    /// What passed to or from an area; null where nothing did.
    private @Nullable List<PackReply.TakeoverReply> takeovers(Predicate<Takeover> which,
            Function<Takeover, PackReply.TakeoverReply> told) {
        var found = packs.library().takeovers().stream().filter(which).map(told).toList();
        return found.isEmpty() ? null : found;
    }

    private static List<PackReply.CountReply> counts(Pack pack) {
        return pack.listings().stated().entrySet().stream()
                .map(one -> new PackReply.CountReply(one.getKey().word(), one.getValue().size())).toList();
    }

    private Answer parameters(Call call) {
        var query = call.query(ParametersQuery.class);
        var pack = loaded(call).pack();
        var known = query.knownOn() == null ? KnownOn.LATEST : new KnownOn(query.knownOn());
        var rows = new ArrayList<ParametersReply.ParameterReply>();
        var area = query.area() == null ? null : named(pack, query.area());
        for (var policy : pack.policies()) {
            if (area == null || policy.area().equals(area)) {
                rows.addAll(PolicyRows.of(policy, query.date(), known));
            }
        }
        if (area != null && pack.policies().stream().noneMatch(
                policy -> policy.area().equals(area))) {
            var areas = String.join(" ", pack.policies().stream().map(Policy::area).toList());
            throw new Refused(Fault.of(ProblemCode.UNKNOWN_WORD, "area", area, "以下之一：" + areas, "one of " + areas));
        }
        for (var parameter : pack.parameters()) {
            var row = parameter.row();
            if ((area == null || parameter.area().isEmpty() || parameter.area().equals(area))
                    && row.visible(query.date(), known) && row.inForce().covers(query.date())) {
                rows.add(PolicyRows.reply(parameter.area(), "", "", parameter.name(), row,
                        row.value() + " " + parameter.unit()));
            }
        }
        return Answer.ok(new ParametersReply(version(pack), query.date(), query.knownOn(), rows));
    }

    /// The area of a pack by its own name or by a division code that it settles.
    private String named(Pack pack, String area) {
        return packs.library().policyOf(pack.id(), area).map(rules -> rules.policy().area()).orElse(area);
    }

    private static SettlementReply.PackVersion version(Pack pack) {
        return new SettlementReply.PackVersion(pack.id(), pack.version(), pack.hash());
    }

    private Answer findings(Call call) {
        call.query(NoQuery.class);
        var id = call.path("id");
        var chinese = call.chinese();
        var loaded = packs.pack(id);
        if (loaded.isPresent()) {
            return Answer.ok(new FindingsReply(id, loaded.get().origin(), true,
                    findings(loaded.get().findings(), chinese)));
        }
        return packs.left().stream().filter(left -> left.id().equals(id)).findFirst()
                .map(left -> Answer.ok(new FindingsReply(id, left.origin(), false, findings(left.findings(), chinese))))
                .orElseThrow(() -> unknown(id, "id", 404));
    }

    private static List<FindingsReply.FindingReply> findings(List<Finding> findings, boolean chinese) {
        return findings.stream().map(finding -> new FindingsReply.FindingReply(Words.of(finding.severity()),
                finding.file(), finding.line(), finding.key(), finding.read(),
                chinese ? finding.expected() : finding.expectedEn())).toList();
    }

    private Answer waiting(Call call) {
        var request = call.body(WaitingRequest.class);
        var pack = packs.pack(request.pack()).orElseThrow(() -> unknown(request.pack(), "pack", 422)).pack();
        if (request.repairedYears() > request.missedYears()) {
            throw new Refused(Fault.of(ProblemCode.FIELDS_CONFLICT, "repaired_years", "" + request.repairedYears(),
                    "不多于断缴年数 " + request.missedYears(),
                    "not more than the " + request.missedYears() + " missed years"));
        }
        var rows = pack.waiting().on(request.rejoined(), KnownOn.LATEST);
        if (rows.isEmpty()) {
            throw new Refused(Replies.fault(new Refusal(RefusalCode.NO_RULE_IN_FORCE, "rejoined",
                    request.rejoined().toString(), "政策包在该日有待遇等待期规则",
                    "a day on which the pack has a waiting-period rule")));
        }
        var row = rows.getFirst();
        var rule = Objects.requireNonNull(row.value());
        return Answer.ok(new WaitingReply(version(pack), rule.months(request.missedYears(), request.repairedYears()),
                rule.firstDay(request.rejoined(), request.missedYears(), request.repairedYears()), Replies.rule(row)));
    }
}
