package tongchou.api.pack;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Tier;
import tongchou.core.catalogue.Alias;
import tongchou.core.catalogue.Allowance;
import tongchou.core.catalogue.Continuation;
import tongchou.core.catalogue.PrePay;
import tongchou.core.catalogue.Price;
import tongchou.core.catalogue.Procurement;
import tongchou.core.catalogue.Standard;
import tongchou.core.catalogue.Surcharge;
import tongchou.core.money.Fen;
import tongchou.core.people.Scheme;

/// Reads the tables of facts about items (目录事实表): prices, shares, payment standards, surcharges, procurement,
/// allowances, foreign codes and what a referral carries along.
final class FactReader {

    private final FactRows rows;
    private final Map<String, BiConsumer<String, byte[]>> files = new LinkedHashMap<>();

    FactReader(FactRows rows) {
        this.rows = rows;
        files.put("prices.csv", this::prices);
        files.put("pre-pay.csv", this::prePays);
        files.put("standards.csv", this::standards);
        files.put("surcharges.csv", this::surcharges);
        files.put("procurements.csv", this::procurements);
        files.put("allowances.csv", this::allowances);
        files.put("codes.csv", this::codes);
        files.put("continuations.csv", this::continuations);
        files.put("restrictions.csv", (file, bytes) -> new RestrictionReader(rows).read(file, bytes));
    }

    /// The readers by name of file.
    Map<String, BiConsumer<String, byte[]>> files() {
        return files;
    }

    /// The rows of a table that begins with the target and ends with dates and source.
    private List<Section> table(String file, byte[] bytes, String... columns) {
        var required = List.of("item", "doc");
        var optional = new ArrayList<>(List.of(columns));
        optional.addAll(List.of("from", "to", "issued", "article"));
        var read = rows.table().read(file, bytes, required, optional);
        rows.sorted(read, "item");
        return read;
    }

    /// The same for a table that may be as long as the list of items, row by row.
    private void each(String file, byte[] bytes, Consumer<Section> reader, String... columns) {
        var optional = new ArrayList<>(List.of(columns));
        optional.addAll(List.of("from", "to", "issued", "article"));
        rows.table().each(file, bytes, List.of("item", "doc"), optional,
                rows.sorted("item").andThen(reader));
    }

    private void prices(String file, byte[] bytes) {
        for (var row : table(file, bytes, "basis", "unit", "age_from_years", "age_to_years", "every_tier_yuan",
                "primary_yuan", "secondary_yuan", "tertiary_yuan")) {
            var target = rows.target(row, "item");
            var dating = rows.dating(row);
            var basis = row.choice("basis", Price.Basis.class);
            var least = row.number("age_from_years", 0);
            var most = row.number("age_to_years", Price.ANY_AGE);
            var columns = new LinkedHashMap<String, @Nullable Tier>();
            columns.put("every_tier_yuan", null);
            columns.put("primary_yuan", Tier.PRIMARY);
            columns.put("secondary_yuan", Tier.SECONDARY);
            columns.put("tertiary_yuan", Tier.TERTIARY);
            if (columns.keySet().stream().noneMatch(row::has)) {
                row.complain("item", "至少一个价格", "at least one price");
            }
            columns.forEach((column, tier) -> {
                if (row.has(column)) {
                    rows.add(row, "item", target, dating,
                            new Price(basis, tier, row.text("unit", ""), least, most, row.yuan(column)));
                }
            });
        }
    }

    private void prePays(String file, byte[] bytes) {
        each(file, bytes, row -> {
            var target = rows.target(row, "item");
            var dating = rows.dating(row);
            if (row.has("employee_percent")) {
                rows.add(row, "item", target, dating,
                        new PrePay(Scheme.EMPLOYEE, CsvTable.share(row, "employee_percent")));
            }
            if (row.has("resident_percent")) {
                rows.add(row, "item", target, dating,
                        new PrePay(Scheme.RESIDENT, CsvTable.share(row, "resident_percent")));
            }
        }, "employee_percent", "resident_percent");
    }

    /// Rows of one item and first day belong together: one a specification, or one a step; `*` is confidential.
    private void standards(String file, byte[] bytes) {
        Map<String, List<Section>> together = new LinkedHashMap<>();
        for (var row : table(file, bytes, "specification", "unit", "price_yuan", "up_to", "share_percent")) {
            together.computeIfAbsent(row.text("item") + " " + row.text("from", "") + " " + row.text("issued", ""),
                    key -> new ArrayList<>()).add(row);
        }
        for (var group : together.values()) {
            var first = group.getFirst();
            rows.add(first, "item", rows.target(first, "item"), rows.dating(first), standard(group));
        }
    }

    private static Standard standard(List<Section> group) {
        var first = group.getFirst();
        if (first.text("price_yuan").equals("*")) {
            if (group.size() > 1) {
                group.get(1).complain("price_yuan", "保密的支付标准只写一行", "one row for a confidential standard");
            }
            return new Standard.Confidential();
        }
        if (!first.has("up_to")) {
            return new Standard.BySpecification(group.stream()
                    .map(row -> new Standard.Each(row.text("specification", ""), row.yuan("price_yuan"))).toList());
        }
        var steps = new ArrayList<Standard.Step>();
        var last = 0;
        for (var row : group) {
            var upTo = row.number("up_to", 0);
            if (upTo <= last) {
                row.complain("up_to", "逐级增大的整数", "whole numbers that rise");
            }
            last = upTo;
            steps.add(new Standard.Step(upTo, CsvTable.share(row, "share_percent")));
        }
        return new Standard.Steps(first.text("unit", ""), first.yuan("price_yuan"), steps);
    }

    private void surcharges(String file, byte[] bytes) {
        for (var row : table(file, bytes, "surcharge", "age_to_years", "times_percent", "plus_yuan")) {
            var times = row.has("times_percent") ? CsvTable.share(row, "times_percent") : null;
            Fen plus = row.has("plus_yuan") ? row.yuan("plus_yuan") : null;
            if ((times == null) == (plus == null)) {
                row.complain("surcharge", "times_percent 与 plus_yuan 填一个", "either times_percent or plus_yuan");
            } else {
                rows.add(row, "item", rows.target(row, "item"), rows.dating(row), new Surcharge(
                        row.text("surcharge"), row.has("age_to_years") ? row.number("age_to_years", 0) : null, times,
                        plus));
            }
        }
    }

    private void procurements(String file, byte[] bytes) {
        for (var row : table(file, bytes, "batch", "specification", "unit", "supplier", "price_yuan", "volume",
                "pays_for")) {
            var price = new Procurement.Milli(0);
            try {
                price = Procurement.Milli.ofYuan(row.text("price_yuan"));
            } catch (NumberFormatException | ArithmeticException wrong) {
                row.complain("price_yuan", "至多五位小数的元", "yuan with at most five decimals");
            }
            rows.add(row, "item", rows.target(row, "item"), rows.dating(row), new Procurement(row.text("batch"),
                    row.text("specification", ""), row.text("unit", ""), row.text("supplier", ""), price,
                    decimal(row, "volume"), row.flag("pays_for", false)));
        }
    }

    private void allowances(String file, byte[] bytes) {
        for (var row : table(file, bytes, "per_month", "days", "long_days")) {
            rows.add(row, "item", rows.target(row, "item"), rows.dating(row),
                    new Allowance(decimal(row, "per_month"), row.has("days") ? row.number("days", 0) : null,
                            row.has("long_days") ? row.number("long_days", 0) : null));
        }
    }

    private void codes(String file, byte[] bytes) {
        for (var row : table(file, bytes, "user", "means")) {
            rows.add(row, "item", rows.target(row, "item"), rows.dating(row),
                    new Alias(row.text("user", ""), row.text("means")));
        }
    }

    private void continuations(String file, byte[] bytes) {
        for (var row : table(file, bytes)) {
            rows.add(row, "item", rows.target(row, "item"), rows.dating(row), new Continuation());
        }
    }

    private static @Nullable BigDecimal decimal(Section row, String column) {
        if (!row.has(column)) {
            return null;
        }
        try {
            var number = new BigDecimal(row.text(column).replace(",", ""));
            if (number.signum() >= 0) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            // reported below with every other unusable number
        }
        row.complain(column, "不为负的数", "a number that is not negative");
        return null;
    }
}
