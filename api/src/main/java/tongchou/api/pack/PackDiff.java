package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.KnownOn;
import tongchou.core.calendar.Period;
import tongchou.core.money.Ratio;
import tongchou.core.policy.Amount;
import tongchou.core.policy.Bands;
import tongchou.core.policy.Benefit;
import tongchou.core.policy.Ceiling;
import tongchou.core.policy.DeductibleChange;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Policy;
import tongchou.core.policy.RatioChange;
import tongchou.core.policy.Row;
import tongchou.core.policy.Table;

/// What two packs, or two versions of one, state differently on a day (政策包对比), value by value with its clause.
public final class PackDiff {

    private final LocalDate day;
    private final boolean chinese;

    /// A value that differs.
    ///
    /// @param area name of the area in the pack
    /// @param benefit name of the benefit
    /// @param value layer, table and condition, for example `统筹基金 比例 [三级] 0.00 以上`
    /// @param before what the first pack states, with its clause; null where it states nothing
    /// @param after what the second pack states, with its clause; null where it states nothing
    public record Change(
            String area, String benefit, String value, @Nullable String before, @Nullable String after) {
    }

    /// What a pack states under one name.
    private record Stated(String area, String benefit, String value) {
    }

    private PackDiff(LocalDate day, boolean chinese) {
        this.day = day;
        this.chinese = chinese;
    }

    /// Compares what is in force on a day, as known at last.
    ///
    /// @return the values that differ, in the order of the second pack, then what only the first one states
    public static List<Change> of(Pack before, Pack after, LocalDate day, boolean chinese) {
        var diff = new PackDiff(day, chinese);
        var old = diff.stated(before);
        var now = diff.stated(after);
        var changes = new ArrayList<Change>();
        now.forEach((name, value) -> {
            var was = old.get(name);
            if (was == null || !withoutClause(was).equals(withoutClause(value))) {
                changes.add(new Change(name.area, name.benefit, name.value, was, value));
            }
        });
        old.forEach((name, value) -> {
            if (!now.containsKey(name)) {
                changes.add(new Change(name.area, name.benefit, name.value, value, null));
            }
        });
        return changes;
    }

    private static String withoutClause(String value) {
        return value.substring(0, value.indexOf('（'));
    }

    private Map<Stated, String> stated(Pack pack) {
        var stated = new LinkedHashMap<Stated, String>();
        for (var policy : pack.policies()) {
            for (var benefit : policy.benefits()) {
                benefit(policy, benefit, stated);
            }
        }
        for (var parameter : pack.parameters()) {
            if (parameter.row().inForce().covers(day)) {
                stated.put(new Stated(parameter.area(), say("参数", "parameter"), parameter.name() + " ("
                        + parameter.unit() + ")"), parameter.row().value() + clause(parameter.row()));
            }
        }
        return stated;
    }

    private void benefit(Policy policy, Benefit benefit, Map<Stated, String> stated) {
        var listing = new Listing(policy.area(), benefit.name(), stated);
        listing.add(say("乙类先行自付", "class-B pre-pay"), benefit.prePay(), Ratio::percent);
        listing.add(say("异地先行自付", "out-of-area pre-pay"), benefit.outOfAreaPrePay(), Ratio::percent);
        for (var layer : benefit.layers()) {
            layer(layer, (chinese ? layer.name() : layer.nameEn()) + " ", listing);
        }
    }

    private void layer(Layer layer, String name, Listing listing) {
        listing.add(name + say("参与", "applies"), layer.applies(), this::yesNo);
        listing.add(name + say("不予支付", "excluded"), layer.excluded(), this::yesNo);
        if (layer.deductible() != null) {
            listing.add(name + say("起付线", "deductible"), layer.deductible().rows(), this::amount);
            layer.deductible().changes().forEach(
                    change -> listing.add(name + say("起付线调整", "deductible change"), change, this::change));
        }
        if (layer.bands() != null) {
            listing.bands(name + say("比例", "ratio"), layer.bands().rows());
        }
        layer.changes().forEach(change -> listing.add(name + say("比例调整", "ratio change"), change, this::change));
        listing.add(name + say("保底", "guarantee"), layer.guarantee(), Ratio::percent);
        for (var ceiling : layer.ceilings()) {
            var limit = name + period(ceiling.per()) + say("封顶线", " ceiling")
                    + (ceiling.counter().isEmpty() ? "" : " “" + ceiling.counter() + "”");
            listing.add(limit, ceiling.rows(), this::amount);
            listing.add(limit + say(" 增加", " growth"), ceiling.growth(), this::growth);
        }
    }

    /// The values of one benefit by their names.
    private final class Listing {
        private final String area;
        private final String benefit;
        private final Map<Stated, String> stated;

        Listing(String area, String benefit, Map<Stated, String> stated) {
            this.area = area;
            this.benefit = benefit;
            this.stated = stated;
        }

        <V> void add(String name, Table<V> table, Function<V, String> text) {
            table.on(day, KnownOn.LATEST).forEach(row -> put(name, row, "", text.apply(row.value())));
        }

        void bands(String name, Table<Bands.Band> table) {
            for (var row : table.on(day, KnownOn.LATEST, band -> band.above().value())) {
                var ratio = row.value().ratio();
                put(name, row, " " + row.value().above().yuan() + say(" 以上", " up"),
                        ratio == null ? say("不详", "not known") : ratio.percent());
            }
        }

        private void put(String name, Row<?> row, String bound, String value) {
            var label = row.label().isEmpty() ? "" : " [" + row.label() + "]";
            stated.put(new Stated(area, benefit, name + label + bound), value + clause(row));
        }
    }

    private String yesNo(boolean yes) {
        return yes ? say("是", "yes") : say("否", "no");
    }

    private String amount(Amount amount) {
        return switch (amount) {
            case Amount.Yuan(var fen) -> fen.yuan();
            case Amount.None() -> say("不设", "none");
            case Amount.Unknown() -> say("未找到", "unknown");
            case Amount.ShareOfBill(var share, var least, var most) ->
                share.percent() + say(" 总费用，", " of the bill, ") + least.yuan() + "–" + most.yuan();
            case Amount.ShareOfScope(var share, var least, var most) ->
                share.percent() + say(" 政策范围内，", " of the scope, ") + least.yuan() + "–" + most.yuan();
        };
    }

    private String change(DeductibleChange change) {
        return switch (change) {
            case DeductibleChange.Times(var factor) -> "× " + factor.percent();
            case DeductibleChange.Minus(var fen) -> "− " + fen.yuan();
            case DeductibleChange.MinusPerFurtherStay(var fen) -> say("每次住院 − ", "− per further stay ") + fen.yuan();
            case DeductibleChange.AtLeast(var fen) -> "≥ " + fen.yuan();
            case DeductibleChange.Waived() -> say("免", "waived");
            case DeductibleChange.Continuous() -> say("连续计算", "continuous");
            case DeductibleChange.AgainEvery(var days) -> say("每 %d 天再计", "again every %d days").formatted(days);
            case DeductibleChange.AtMostInYear(var fen) -> say("年度 ≤ ", "≤ a year ") + fen.yuan();
        };
    }

    private String change(RatioChange change) {
        return switch (change) {
            case RatioChange.Points(var points) -> points.percent() + say(" 百分点", " points");
            case RatioChange.PointsPerYearOfAge(var points, var from) ->
                say("%d 岁起每岁 ", "a year from %d on ").formatted(from) + points.percent();
            case RatioChange.Times(var factor) -> "× " + factor.percent();
            case RatioChange.PatientShareTimes(var factor) -> say("个人负担 × ", "patient's share × ") + factor.percent();
            case RatioChange.AtLeast(var ratio) -> "≥ " + ratio.percent();
            case RatioChange.AtMost(var ratio) -> "≤ " + ratio.percent();
        };
    }

    private String growth(Ceiling.Growth growth) {
        var most = switch (growth.atMost()) {
            case Ceiling.Growth.Limit.Sum(var fen) -> fen.yuan();
            case Ceiling.Growth.Limit.Share(var ratio) -> ratio.percent();
        };
        var free = growth.claimFree().isZero() ? ""
                : say("，零报销每年 ", ", for a claim-free year ") + growth.claimFree().yuan();
        return say("%d 年后每年 %s%s，累计 ≤ %s", "%s a year after %d years%s, together ≤ %s").formatted(
                chinese ? new Object[] {growth.afterYears(), growth.fen().yuan(), free, most}
                        : new Object[] {growth.fen().yuan(), growth.afterYears(), free, most});
    }

    private String period(Period period) {
        return switch (period) {
            case ENCOUNTER -> say("每次", "per encounter");
            case DAY -> say("每日", "per day");
            case DAY_AND_INSTITUTION -> say("每日每家", "per day and institution");
            case MONTH -> say("每月", "per month");
            case YEAR -> say("年度", "per year");
            case EPISODE -> say("每个疾病过程", "per episode");
        };
    }

    private static String clause(Row<?> row) {
        var document = row.citation().document();
        var name = document.number().isEmpty() ? document.title() : document.number();
        return "（" + (name + " " + row.citation().article()).strip() + "，" + row.inForce().from() + "）";
    }

    private String say(String zh, String en) {
        return chinese ? zh : en;
    }

    /// The changes as a table for people, grouped by area and benefit.
    public static String text(List<Change> changes) {
        return changes.stream().collect(Collectors.groupingBy(change -> change.area() + " " + change.benefit(),
                LinkedHashMap::new, Collectors.mapping(change -> "  " + change.value() + ": "
                        + (change.before() == null ? "—" : change.before()) + " -> "
                        + (change.after() == null ? "—" : change.after()), Collectors.joining("\n"))))
                .entrySet().stream().map(group -> group.getKey() + "\n" + group.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
