package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Tier;
import tongchou.core.catalogue.Convergence;
import tongchou.core.catalogue.Target;
import tongchou.core.money.Ratio;

/// Reads `convergence.yaml` (价格趋同): by which rules the prices of items move between tiers.
final class ConvergenceReader {

    private static final String[] KEYS = {"rule", "items", "one-price", "price-of", "gap-at-most", "shares", "of",
        "stages", "rounding", "from", "to", "issued", "doc", "article"};

    private final FactRows rows;

    ConvergenceReader(FactRows rows) {
        this.rows = rows;
    }

    void read(Tree.Mapping tree) {
        for (var item : Section.of(tree, rows.findings(), "convergence").list("convergence")) {
            var row = Section.of(item, rows.findings(), KEYS);
            var goal = goal(row);
            var dating = rows.dating(row);
            if (row.words("items").isEmpty()) {
                row.complain("items", "编码或 group:组名 的列表", "a list of codes or group:NAME");
            }
            if (goal != null && dating != null) {
                var rule = new Convergence(row.text("rule"), goal, stages(row, dating.inForce().from()),
                        row.choice("rounding", Convergence.Step.class, Convergence.Step.FEN));
                for (var target : row.words("items")) {
                    rows.add(row, "items", Target.of(target), dating, rule);
                }
            }
        }
    }

    private Convergence.@Nullable Goal goal(Section row) {
        if (row.has("one-price") && row.text("one-price").equals("unknown")) {
            return new Convergence.OnePrice(null, null);
        }
        if (row.has("one-price")) {
            return new Convergence.OnePrice(row.yuan("one-price"), null);
        }
        if (row.has("price-of")) {
            return new Convergence.OnePrice(null, row.choice("price-of", Tier.class));
        }
        if (row.has("gap-at-most")) {
            return new Convergence.Gap(row.ratio("gap-at-most"));
        }
        if (row.has("shares")) {
            Map<Tier, Ratio> shares = new EnumMap<>(Tier.class);
            var section = Section.of(row.at("shares").orElseThrow(), rows.findings(), "primary", "secondary",
                    "tertiary");
            for (var tier : Tier.values()) {
                if (section.has(Section.word(tier))) {
                    shares.put(tier, section.ratio(Section.word(tier)));
                }
            }
            return new Convergence.Shares(row.choice("of", Tier.class), shares);
        }
        row.complain("rule", "one-price、price-of、gap-at-most 或 shares 之一",
                "one of one-price, price-of, gap-at-most, shares");
        return null;
    }

    private List<Convergence.Stage> stages(Section row, LocalDate from) {
        var stages = new ArrayList<Convergence.Stage>();
        var last = Ratio.ZERO;
        var day = from.minusDays(1);
        for (var item : row.list("stages")) {
            var stage = Section.of(item, rows.findings(), "on", "done");
            var read = new Convergence.Stage(stage.day("on"), stage.ratio("done"));
            if (!read.on().isAfter(day) || read.done().compareTo(last) <= 0
                    || read.done().compareTo(Ratio.WHOLE) > 0) {
                stage.complain("on", "从首日起日期与比例逐级增大，至多 100%", "days from the first and shares that rise, up to 100%");
            }
            day = read.on();
            last = read.done();
            stages.add(read);
        }
        if (!stages.isEmpty() && !last.equals(Ratio.WHOLE)) {
            row.complain("stages", "最后一级 100%", "a last stage of 100%");
        }
        return stages;
    }
}
