package tongchou.server.http;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.ConvergenceQuery;
import tongchou.api.http.ConvergenceReply;
import tongchou.api.http.Fault;
import tongchou.api.http.PathEffectsReply;
import tongchou.api.http.PathEffectsRequest;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.core.money.Ratio;
import tongchou.core.policy.Policy;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.RefusalCode;
import tongchou.core.settlement.Waterfalls;
import tongchou.server.access.Reach;
import tongchou.server.intake.Replies;
import tongchou.server.packs.Packs;
import tongchou.server.pricing.Converging;
import tongchou.server.pricing.Effect;
import tongchou.server.pricing.PathEffects;
import tongchou.server.pricing.VolumeEffects;
import tongchou.storage.Volumes.Span;

/// Prices that converge between tiers (价格趋同): the way, how far each item still is, and what it costs or saves.
final class ConvergenceRoutes {

    /// Members that one request settles again at most; the next one goes on behind them.
    static final int MOST_MEMBERS = 2_000;

    private static final int USUAL_LIMIT = 100;
    private static final int USUAL_AGE = 40;
    private static final int LONGEST_YEARS = 3;

    private final Installation here;
    private final Packs packs;
    private final Reach reach;

    ConvergenceRoutes(Installation here) {
        this.here = here;
        this.packs = here.packs();
        this.reach = new Reach(here.book(), here.packs());
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/convergence", this::list), Route.post("/v1/convergence/effects", this::effects));
    }

    private Answer list(Call call) {
        var query = call.query(ConvergenceQuery.class);
        var policy = policy(packs, query.area(), query.date(), "area");
        requireCover(policy, query.date(), "date");
        var catalogue = packs.catalogue(policy.pack(), policy.area());
        var limit = Objects.requireNonNullElse(query.limit(), USUAL_LIMIT);
        var after = Objects.requireNonNullElse(query.after(), "");
        var found = Converging.all(catalogue, Objects.requireNonNullElse(query.age(), USUAL_AGE), query.date()).stream()
                .filter(one -> one.item().code().compareTo(after) > 0).limit(limit + 1L).toList();
        var replies = new PriceReplies(packs.documents(policy.pack()));
        var page = found.subList(0, Math.min(found.size(), limit));
        return Answer.ok(new ConvergenceReply(Converging.days(catalogue),
                page.stream().map(replies::converging).toList(),
                found.size() > limit ? page.getLast().item().code() : null));
    }

    /// The rules of a division on a day.
    ///
    /// @throws Refused when no pack settles it
    static Policy policy(Packs packs, String division, LocalDate day, String field) {
        return packs.policy(division, day).or(() -> packs.policy(division))
                .map(Waterfalls::policy).orElseThrow(() -> new Refused(Replies.fault(new Refusal(
                RefusalCode.UNKNOWN_AREA, field, division, "已加载政策包的参保地：" + packs.divisions(),
                "an area of a loaded pack: " + packs.divisions()))));
    }

    /// Prices are answered for the days that the pack answers for, as settlements are.
    ///
    /// @throws Refused for any other day
    private static void requireCover(Policy policy, LocalDate day, String field) {
        if (!policy.cover().covers(day)) {
            throw new Refused(Replies.fault(new Refusal(RefusalCode.OUTSIDE_COVER, field, day.toString(),
                    policy.name() + "政策包覆盖 " + policy.cover(),
                    "the pack of " + policy.nameEn() + " covers " + policy.cover())));
        }
    }

    private Answer effects(Call call) {
        var request = call.body(PathEffectsRequest.class);
        reach.requireArea(call.caller(), request.area(), "area");
        if (request.to().isBefore(request.from())
                || request.to().isAfter(request.from().plusYears(LONGEST_YEARS))) {
            throw new Refused(Fault.of(ProblemCode.DATES_OUT_OF_ORDER, "to", request.to().toString(),
                    "不早于 from，至多三年", "not before from, at most three years on"));
        }
        var policy = policy(packs, request.area(), request.from(), "area");
        for (var i = 0; i < request.days().size(); i++) {
            requireCover(policy, request.days().get(i), "days[" + i + "]");
        }
        var catalogue = packs.catalogue(policy.pack(), policy.area());
        var days = request.days().isEmpty() ? Converging.days(catalogue)
                : request.days().stream().distinct().sorted().toList();
        if (!request.volumes().isEmpty()) {
            if (request.after() != null) {
                throw new Refused(Fault.of(ProblemCode.FIELDS_CONFLICT, "after", request.after(),
                        "给出 volumes 时没有续页", "nothing, where volumes are given"));
            }
            requireCover(policy, request.from(), "from");
            var rows = rows(request.volumes());
            var effects = new VolumeEffects(catalogue, request.from());
            refuseUnknown(rows, effects, days);
            return Answer.ok(reply(request, effects.of(rows, days), null, null));
        }
        var question = new PathEffects.Question(policy.pack(), policy.area(), request.area(),
                new Span(request.from(), request.to()), days);
        var before = request.after() == null ? EffectsSoFar.nothing(request, policy.hash(), days)
                : EffectsSoFar.of(request.after(), request, policy.hash(), days);
        var part = new PathEffects(here.book().volumes(), packs, here.version()).of(question, before.member(),
                Objects.requireNonNullElse(request.limit(), MOST_MEMBERS), members -> { });
        var soFar = before.plus(part);
        return Answer.ok(reply(request, part, soFar, request.after() == null && part.next() == null ? null
                : new PathEffectsReply.PartReply(part.members(), steps(part.effects()))));
    }

    private static List<VolumeEffects.Row> rows(List<PathEffectsRequest.VolumeFacts> volumes) {
        return volumes.stream().map(row -> new VolumeEffects.Row(row.item(), row.institution(), row.tier(),
                new BigDecimal(row.quantity()), new Ratio(Math.multiplyExact(row.fundBp(), 100L)))).toList();
    }

    private static void refuseUnknown(List<VolumeEffects.Row> rows, VolumeEffects effects,
            List<LocalDate> days) {
        var faults = new ArrayList<Fault>();
        for (var i = 0; i < rows.size(); i++) {
            if (!effects.knows(rows.get(i))) {
                faults.add(Fault.of(ProblemCode.UNKNOWN_ITEM, 422, "volumes[" + i + "].item", rows.get(i).item(),
                        "该地区目录中的编码", "a code of the area's catalogue"));
                continue;
            }
            var place = i;
            effects.unknownOn(rows.get(i), days).ifPresent(day -> faults.add(Replies.fault(new Refusal(
                    RefusalCode.NO_RULE_IN_FORCE, "volumes[" + place + "].item", rows.get(place).item(),
                    "目录写明该级前后价格及同一单位；" + day + " 有规则而金额没有写", "a stated price at the tier before and on "
                    + day + ", in one unit: the rule holds, the amount is not stated"))));
        }
        if (!faults.isEmpty()) {
            throw new Refused(faults);
        }
    }

    /// @param soFar null for given volumes
    /// @param part null where it is the whole
    private static PathEffectsReply reply(PathEffectsRequest request, Effect.Series series,
            @Nullable EffectsSoFar soFar, PathEffectsReply.@Nullable PartReply part) {
        LocalDate from = request.from();
        return new PathEffectsReply(request.area(), from, request.to(),
                series.resettled() ? "resettled" : "apportioned", soFar == null ? null : (Long) soFar.members(),
                soFar == null ? null : (Long) soFar.leftOut(),
                steps(soFar == null ? series.effects() : soFar.effects()), part, series.leftOut().stream()
                .map(one -> new PathEffectsReply.LeftOutReply(one.member(), one.why())).toList(),
                soFar == null || series.next() == null ? null : soFar.text());
    }

    private static List<PathEffectsReply.PathStepReply> steps(List<Effect> effects) {
        return effects.stream().map(PriceReplies::step).toList();
    }
}
