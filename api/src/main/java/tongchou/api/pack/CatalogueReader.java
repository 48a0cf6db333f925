package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.PayClass;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.policy.Citation;
import tongchou.core.policy.Document;

/// Reads `catalogue.csv` (目录简表): one item version a row with its class, shares and prices, sorted by code and first
/// day.
final class CatalogueReader {

    private static final List<String> COLUMNS = List.of("code", "name", "kind", "unit", "class",
            "prepay_employee_percent", "prepay_resident_percent", "price_primary_yuan", "price_secondary_yuan",
            "price_tertiary_yuan", "from", "to", "doc", "article");

    private final Findings findings;
    private final boolean demonstration;

    CatalogueReader(Findings findings, boolean demonstration) {
        this.findings = findings;
        this.demonstration = demonstration;
    }

    List<CatalogueRow> read(String file, byte[] bytes, String area, Scope scope) {
        var items = new ArrayList<CatalogueRow>();
        var last = "";
        for (var section : new CsvTable(findings).read(file, bytes, COLUMNS, List.of())) {
            var item = item(section, area, scope);
            if (item != null) {
                var key = item.code() + " " + item.inForce().from();
                if (key.compareTo(last) <= 0) {
                    section.complain("code", "按 code、from 升序且不重复", "rows sorted by code and from, none twice");
                }
                last = key;
                items.add(item);
            }
        }
        return items;
    }

    private @Nullable CatalogueRow item(Section row, String area, Scope scope) {
        var document = scope.document(row.text("doc")).orElse(null);
        if (document == null) {
            row.complain("doc", "sources.yaml 中的文件编号", "the id of a document in sources.yaml");
            return null;
        }
        if (document.grade() == Document.Grade.DEMONSTRATION && !demonstration) {
            row.complain("doc", "演示值只能用于 demonstration: true 的政策包",
                    "demonstration values only in a pack marked demonstration: true");
        }
        var kind = row.text("kind");
        if (!List.of("drug", "service", "consumable").contains(kind)) {
            row.complain("kind", "drug、service 或 consumable", "drug, service or consumable");
        }
        var payClass = CsvTable.payClass(row, PayClass.C);
        return new CatalogueRow(area, row.text("code"), row.text("name"), kind, row.text("unit", ""), payClass,
                share(row, "prepay_employee_percent"), share(row, "prepay_resident_percent"),
                price(row, "price_primary_yuan"), price(row, "price_secondary_yuan"), price(row, "price_tertiary_yuan"),
                row.inForce(row.day("from"), row.day("to", LocalDate.MAX)),
                new Citation(document, row.text("article", ""), scope.name(), ""));
    }

    private static @Nullable Ratio share(Section row, String column) {
        return row.has(column) ? CsvTable.share(row, column) : null;
    }

    private static @Nullable Fen price(Section row, String column) {
        return row.has(column) ? row.yuan(column) : null;
    }
}
