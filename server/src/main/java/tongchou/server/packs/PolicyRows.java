package tongchou.server.packs;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tongchou.api.http.CitationReply;
import tongchou.api.http.ParametersReply.ParameterReply;
import tongchou.api.http.Words;
import tongchou.core.calendar.InForce;
import tongchou.core.calendar.KnownOn;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.policy.Amount;
import tongchou.core.policy.Bands;
import tongchou.core.policy.Benefit;
import tongchou.core.policy.Ceiling;
import tongchou.core.policy.Citation;
import tongchou.core.policy.DeductibleChange;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Policy;
import tongchou.core.policy.RatioChange;
import tongchou.core.policy.Row;
import tongchou.core.policy.Table;

/// The rules of an area written out row by row (政策参数): everything that is in force on a day, with its source.
public final class PolicyRows {

    private final LocalDate day;
    private final KnownOn known;
    private final String area;
    private final List<ParameterReply> rows = new ArrayList<>();

    private PolicyRows(LocalDate day, KnownOn known, String area) {
        this.day = day;
        this.known = known;
        this.area = area;
    }

    /// Every row of a policy in force on a day, in the order of benefits and layers.
    public static List<ParameterReply> of(Policy policy, LocalDate day, KnownOn known) {
        var all = new PolicyRows(day, known, policy.area());
        policy.benefits().forEach(all::add);
        return all.rows;
    }

    /// A row as it is answered.
    public static ParameterReply reply(
            String area, String benefit, String layer, String table, Row<?> row, String value) {
        return new ParameterReply(area, benefit, layer, table, row.label(), value, first(row.inForce()),
                last(row.inForce()), row.issued(), citation(row.citation()));
    }

    /// A source as it is answered.
    public static CitationReply citation(Citation citation) {
        var document = citation.document();
        return new CitationReply(document.id(), document.title(), document.number(), citation.article(),
                document.issuer(), Words.of(document.grade()), citation.level(), citation.overrides());
    }

    /// The first day, null when there is none.
    public static @org.jspecify.annotations.Nullable LocalDate first(InForce inForce) {
        return inForce.from().equals(LocalDate.MIN) ? null : inForce.from();
    }

    /// The last day, null when none is known.
    public static @org.jspecify.annotations.Nullable LocalDate last(InForce inForce) {
        return inForce.isOpen() ? null : inForce.to();
    }

    private void add(Benefit benefit) {
        var name = benefit.name();
        add(name, "", "pre-pay", benefit.prePay(), Ratio::percent);
        add(name, "", "out-of-area-pre-pay", benefit.outOfAreaPrePay(), Ratio::percent);
        for (var layer : benefit.layers()) {
            add(name, layer);
        }
    }

    private void add(String benefit, Layer layer) {
        var name = layer.name();
        add(benefit, name, "applies", layer.applies(), PolicyRows::truth);
        add(benefit, name, "excluded", layer.excluded(), PolicyRows::truth);
        if (layer.deductible() != null) {
            add(benefit, name, "deductible", layer.deductible().rows(), PolicyRows::amount);
            layer.deductible().changes().forEach(
                    change -> add(benefit, name, "deductible-change", change, PolicyRows::change));
        }
        if (layer.bands() != null) {
            for (var row : layer.bands().rows().on(day, known, band -> band.above().value())) {
                rows.add(reply(area, benefit, name, "band", row, band(row.value())));
            }
        }
        layer.changes().forEach(change -> add(benefit, name, "ratio-change", change, PolicyRows::change));
        add(benefit, name, "guarantee", layer.guarantee(), Ratio::percent);
        for (var ceiling : layer.ceilings()) {
            var on = "ceiling-on-" + Words.of(ceiling.on());
            add(benefit, name, on, ceiling.rows(), PolicyRows::amount);
            add(benefit, name, on + "-growth", ceiling.growth(), PolicyRows::growth);
        }
    }

    private <V> void add(String benefit, String layer, String table, Table<V> rules, Function<V, String> value) {
        for (var row : rules.on(day, known)) {
            rows.add(reply(area, benefit, layer, table, row, value.apply(row.value())));
        }
    }

    private static String growth(Ceiling.Growth growth) {
        var most = switch (growth.atMost()) {
            case Ceiling.Growth.Limit.Sum(var fen) -> fen.yuan() + " 元";
            case Ceiling.Growth.Limit.Share(var ratio) -> "原限额的 " + ratio.percent();
        };
        var free = growth.claimFree().isZero() ? "" : "，零报销每年 +" + growth.claimFree().yuan() + " 元";
        return "+" + growth.fen().yuan() + " 元/年（满 " + growth.afterYears() + " 年后" + free + "，至多 " + most + "）";
    }

    private static String truth(boolean value) {
        return value ? "true" : "false";
    }

    private static String band(Bands.Band band) {
        return band.ratio().percent() + "（" + band.above().yuan() + " 元以上）";
    }

    private static String amount(Amount amount) {
        return switch (amount) {
            case Amount.Yuan(var fen) -> fen.yuan() + " 元";
            case Amount.ShareOfBill(var share, var least, var most) ->
                share("总费用", share, least, most);
            case Amount.ShareOfScope(var share, var least, var most) -> share("政策范围内费用", share, least, most);
            case Amount.None() -> "不设";
            case Amount.Unknown() -> "未找到";
        };
    }

    private static String share(String of, Ratio share, Fen least, Fen most) {
        return of + " × " + share.percent() + "，不低于 " + least.yuan() + " 元，不高于 " + most.yuan() + " 元";
    }

    private static String change(DeductibleChange change) {
        return switch (change) {
            case DeductibleChange.Times(var factor) -> "× " + factor.percent();
            case DeductibleChange.Minus(var fen) -> "− " + fen.yuan() + " 元";
            case DeductibleChange.MinusPerFurtherStay(var fen) -> "每多住院一次 − " + fen.yuan() + " 元";
            case DeductibleChange.AtLeast(var fen) -> "不低于 " + fen.yuan() + " 元";
            case DeductibleChange.Waived() -> "免";
            case DeductibleChange.Continuous() -> "连续计算";
            case DeductibleChange.AgainEvery(var days) -> "每满 " + days + " 天再计一次";
            case DeductibleChange.AtMostInYear(var fen) -> "年度累计不超过 " + fen.yuan() + " 元";
        };
    }

    private static String change(RatioChange change) {
        return switch (change) {
            case RatioChange.Points(var points) -> (points.millionths() < 0 ? "" : "+") + points.percent() + "（百分点）";
            case RatioChange.PointsPerYearOfAge(var points, var from) ->
                from + " 周岁起每岁 +" + points.percent() + "（百分点）";
            case RatioChange.Times(var factor) -> "× " + factor.percent();
            case RatioChange.PatientShareTimes(var factor) -> "个人负担 × " + factor.percent();
            case RatioChange.AtLeast(var ratio) -> "不低于 " + ratio.percent();
            case RatioChange.AtMost(var ratio) -> "不超过 " + ratio.percent();
        };
    }
}
