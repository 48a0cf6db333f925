package tongchou.api.pack;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tongchou.core.alliance.Tier;
import tongchou.core.catalogue.Restriction;
import tongchou.core.policy.Axis;

/// Reads `restrictions.csv` (限定支付范围): rows of one item and first day are alternatives, the columns of a row hold
/// together.
final class RestrictionReader {

    private static final List<String> CONDITIONS = List.of("diagnoses", "tiers", "care", "specialties",
            "age_from_years", "age_to_years", "sex", "after", "evidence");

    private final FactRows rows;

    RestrictionReader(FactRows rows) {
        this.rows = rows;
    }

    void read(String file, byte[] bytes) {
        var optional = new ArrayList<>(CONDITIONS);
        optional.addAll(List.of("text_en", "from", "to", "issued", "article"));
        var read = rows.table().read(file, bytes, List.of("item", "text", "coded", "doc"), optional);
        rows.sorted(read, "item");
        Map<String, List<Section>> together = new LinkedHashMap<>();
        for (var row : read) {
            together.computeIfAbsent(row.text("item") + " " + row.text("from", "") + " " + row.text("issued", ""),
                    key -> new ArrayList<>()).add(row);
        }
        together.values().forEach(this::add);
    }

    private void add(List<Section> group) {
        var first = group.getFirst();
        var alternatives = new ArrayList<Restriction.Alternative>();
        for (var row : group) {
            if (CONDITIONS.stream().anyMatch(row::has)) {
                alternatives.add(alternative(row));
            }
        }
        var coded = first.choice("coded", Restriction.Coded.class);
        if ((coded == Restriction.Coded.NOT) != alternatives.isEmpty()) {
            first.complain("coded", alternatives.isEmpty() ? "没有编码条件时写 not" : "有编码条件时写 fully 或 partly",
                    alternatives.isEmpty() ? "not, where no condition is coded" : "fully or partly, where one is");
        }
        rows.add(first, "item", rows.target(first, "item"), rows.dating(first),
                new Restriction(first.text("text"), first.text("text_en", ""), coded, alternatives));
    }

    private static Restriction.Alternative alternative(Section row) {
        var tiers = EnumSet.noneOf(Tier.class);
        for (var word : CsvTable.parts(row, "tiers")) {
            switch (word) {
                case "primary" -> tiers.add(Tier.PRIMARY);
                case "secondary" -> tiers.add(Tier.SECONDARY);
                case "tertiary" -> tiers.add(Tier.TERTIARY);
                default -> row.complain("tiers", "primary、secondary、tertiary", "primary, secondary, tertiary");
            }
        }
        for (var word : CsvTable.parts(row, "care")) {
            if (!Axis.CARE.choices().contains(word)) {
                row.complain("care", "以下之一：" + String.join(", ", Axis.CARE.choices()),
                        "one of: " + String.join(", ", Axis.CARE.choices()));
            }
        }
        return new Restriction.Alternative(Set.copyOf(CsvTable.parts(row, "diagnoses")), tiers,
                Set.copyOf(CsvTable.parts(row, "care")), Set.copyOf(CsvTable.parts(row, "specialties")),
                row.has("age_from_years") ? row.number("age_from_years", 0) : null,
                row.has("age_to_years") ? row.number("age_to_years", 0) : null,
                row.has("sex") ? row.choice("sex", Restriction.Sex.class) : null,
                Set.copyOf(CsvTable.parts(row, "after")), Set.copyOf(CsvTable.parts(row, "evidence")));
    }
}
