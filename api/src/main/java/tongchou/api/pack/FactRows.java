package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.InForce;
import tongchou.core.catalogue.Alias;
import tongchou.core.catalogue.Fact;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.Origin;
import tongchou.core.catalogue.Standard;
import tongchou.core.catalogue.Stated;
import tongchou.core.catalogue.Target;
import tongchou.core.policy.Document;

/// The dated, cited rows of one level's catalogue tables (目录行), collected while its files are read.
final class FactRows {

    private final ParsedFiles parsed;
    private final Findings findings;
    private final boolean demonstration;
    private final Scope scope;
    private final Set<String> known;
    private final List<Fact<?>> facts = new ArrayList<>();
    private final List<Placed> placed = new ArrayList<>();
    private final Set<List<Object>> slots = new HashSet<>();
    private final Map<List<String>, Dating> datings = new HashMap<>();

    /// @param known codes of items that were read, to which it adds
    FactRows(ParsedFiles parsed, Findings findings, boolean demonstration, Scope scope, Set<String> known) {
        this.parsed = parsed;
        this.known = known;
        this.findings = findings;
        this.demonstration = demonstration;
        this.scope = scope;
    }

    /// A fact and the row it was read from.
    record Placed(Fact<?> fact, Section row, String column) {
    }

    List<Fact<?>> facts() {
        return facts;
    }

    /// What concerns items that were not known when it was read, with its place, for checks that need every file.
    List<Placed> placed() {
        return placed;
    }

    /// What a row says about when and from where.
    record Dating(InForce inForce, LocalDate issued, Origin origin) {
    }

    /// When and from where; null, with a finding, where the row cites no document. Rows that say the same share one.
    @Nullable Dating dating(Section row) {
        var key = List.of(row.text("doc"), row.text("from", ""), row.text("to", ""), row.text("issued", ""),
                row.text("article", ""));
        var known = datings.get(key);
        if (known != null) {
            return known;
        }
        var document = cited(row, "doc");
        if (document == null) {
            return null;
        }
        var from = row.day("from", document.inForce().from());
        var dating = new Dating(row.inForce(from, row.day("to", LocalDate.MAX)),
                row.day("issued", document.issued()),
                new Origin(document.id(), row.text("article", ""), scope.name()));
        if (!findings.hasErrors()) {
            datings.put(key, dating);
        }
        return dating;
    }

    /// The days of a whole document, for what an edition takes over unchanged.
    @Nullable Dating edition(Section row, String column) {
        var document = cited(row, column);
        return document == null ? null : new Dating(document.inForce(), document.issued(),
                new Origin(document.id(), "", scope.name()));
    }

    private @Nullable Document cited(Section row, String column) {
        var document = scope.document(row.text(column)).orElse(null);
        if (document == null) {
            row.complain(column, "sources.yaml 中的文件编号", "the id of a document in sources.yaml");
        } else if (document.grade() == Document.Grade.DEMONSTRATION && !demonstration) {
            row.complain(column, "演示值只能用于 demonstration: true 的政策包",
                    "demonstration values only in a pack marked demonstration: true");
        }
        return document;
    }

    /// The target that a cell names.
    Target target(Section row, String column) {
        try {
            return Target.of(row.text(column));
        } catch (IllegalArgumentException wrong) {
            row.complain(column, "编码、group:组名 或 numbers:版本/部分/起-止",
                    "a code, group:NAME or numbers:EDITION/SECTION/FIRST-LAST");
            return new Target.Code(row.text(column));
        }
    }

    /// Keeps a fact; the same slot of the same target may begin only once on a day.
    ///
    /// @param column where the target stands in the row
    <V extends Stated> void add(Section row, String column, Target target, @Nullable Dating dating, V value) {
        if (dating == null) {
            return;
        }
        var fact = new Fact<>(target, value, dating.inForce, dating.issued, dating.origin);
        if (!slots.add(List.of(target, kind(value), value.slot(), dating.inForce.from(), dating.issued))) {
            row.complain(column, "同一对象同一首日只写一次", "one row for the same thing and first day");
        }
        facts.add(fact);
        if (value instanceof Item item) {
            known.add(item.code());
        } else if (value instanceof Alias alias ? !known.contains(alias.code())
                : target instanceof Target.Code(var code) && !known.contains(code)) {
            placed.add(new Placed(fact, row, column));
        }
    }

    private static Class<?> kind(Stated value) {
        return value instanceof Standard ? Standard.class : value.getClass();
    }

    /// Complains where rows are not sorted by a column and then by first day.
    void sorted(List<Section> rows, String column) {
        rows.forEach(sorted(column));
    }

    /// The same for rows that come one by one.
    Consumer<Section> sorted(String column) {
        return new Consumer<>() {
            private String last = "";

            @Override
            public void accept(Section row) {
                var key = row.text(column) + " " + (row.has("from") ? row.text("from") : "");
                if (key.compareTo(last) < 0) {
                    row.complain(column, "按 " + column + "、from 升序", "rows sorted by " + column + " and from");
                }
                last = key;
            }
        };
    }

    /// What reads a table of the pack.
    CsvTable table() {
        return new CsvTable(findings, parsed);
    }

    Findings findings() {
        return findings;
    }
}
