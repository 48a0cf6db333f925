package tongchou.api.pack;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.PayClass;
import tongchou.core.catalogue.Restriction;
import tongchou.core.encounter.ChargeLine;
import tongchou.core.judging.Charge;
import tongchou.core.judging.Clinical;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;

/// Reads the bill of a worked example (算例费用): its parts as a document states them, or charges for the catalogue to
/// judge as it judges those of a claim.
final class ChargeReader {

    private static final String QUANTITY = "[0-9]{1,9}(\\.[0-9]{1,6})?";

    private final Findings findings;

    ChargeReader(Findings findings) {
        this.findings = findings;
    }

    /// The parts of a bill, each a line.
    List<ChargeLine> bill(Tree tree) {
        var bill = Section.of(tree, findings, "in-scope", "pre-pay", "full-self-pay", "over-limit");
        var lines = new ArrayList<ChargeLine>();
        lines.add(ChargeLine.of(1, "in-scope", yuan(bill, "in-scope"), PayClass.A));
        var prePay = yuan(bill, "pre-pay");
        if (!prePay.isZero()) {
            lines.add(new ChargeLine(2, "pre-pay", prePay, PayClass.B, Fen.ZERO, Ratio.WHOLE, null));
        }
        var self = yuan(bill, "full-self-pay");
        if (!self.isZero()) {
            lines.add(ChargeLine.of(3, "full-self-pay", self, PayClass.C));
        }
        var over = yuan(bill, "over-limit");
        if (!over.isZero()) {
            lines.add(new ChargeLine(4, "over-limit", over, PayClass.A, over, null, null));
        }
        return lines;
    }

    private static Fen yuan(Section section, String key) {
        return section.has(key) ? section.yuan(key) : Fen.ZERO;
    }

    /// The lines of an encounter.
    List<Charge> charges(Section encounter) {
        var charges = new ArrayList<Charge>();
        for (var tree : encounter.list("lines")) {
            charges.add(charge(charges.size() + 1, Section.of(tree, findings, "item", "yuan", "quantity", "unit-price",
                    "days", "specification", "surcharges", "class", "over-limit", "pre-pay", "direct")));
        }
        if (charges.isEmpty()) {
            encounter.complain("lines", "bill 或至少一条 lines", "a bill or at least one line");
        }
        return charges;
    }

    private static Charge charge(int number, Section line) {
        if (!line.has("item") && !line.has("class")) {
            line.complain("item", "目录中的编码 item，或类别 class", "a code of the catalogue as item, or a class");
        }
        return new Charge(number, line.text("item", "line-" + number), line.yuan("yuan"), quantity(line),
                line.has("unit-price") ? line.yuan("unit-price") : null,
                line.has("days") ? Integer.valueOf(line.number("days", 1)) : null, line.text("specification", ""),
                line.words("surcharges"), line.has("class") ? CsvTable.payClass(line, PayClass.C) : null,
                line.has("over-limit") ? line.yuan("over-limit") : null,
                line.has("pre-pay") ? line.ratio("pre-pay") : null, line.has("direct") ? line.ratio("direct") : null);
    }

    private static @Nullable BigDecimal quantity(Section line) {
        if (!line.has("quantity")) {
            return null;
        }
        var text = line.text("quantity");
        if (text.matches(QUANTITY)) {
            return new BigDecimal(text);
        }
        line.complain("quantity", "数量，如 \"2\" 或 \"0.5\"", "a quantity such as \"2\" or \"0.5\"");
        return BigDecimal.ONE;
    }

    /// What restrictions ask about the patient; null where the encounter says nothing of it.
    @Nullable Clinical clinical(Section encounter) {
        if (!encounter.has("clinical")) {
            return null;
        }
        var facts = Section.of(encounter.at("clinical").orElseThrow(), findings, "diagnoses", "department", "sex",
                "used-before", "evidence");
        return new Clinical(facts.has("sex") ? facts.choice("sex", Restriction.Sex.class) : null,
                Set.copyOf(facts.words("diagnoses")), facts.has("department") ? facts.text("department") : null,
                Set.copyOf(facts.words("used-before")), Set.copyOf(facts.words("evidence")));
    }
}
