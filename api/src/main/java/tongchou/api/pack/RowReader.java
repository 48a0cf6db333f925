package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.InForce;
import tongchou.core.policy.Citation;
import tongchou.core.policy.Condition;
import tongchou.core.policy.Document;
import tongchou.core.policy.Row;
import tongchou.core.policy.Table;

/// Reads dated, cited rows (规则行); what a row leaves out it inherits from what stands around it.
final class RowReader {

    private static final List<String> COMMON = List.of("when", "from", "to", "issued", "source");

    /// Stands for a document that a source names and sources.yaml does not hold; a pack with it is not read to its end.
    private static final Document NOT_FOUND = new Document("", "", "", "", LocalDate.EPOCH, InForce.ALWAYS,
            Document.Grade.OFFICIAL, null);

    private final Findings findings;
    private final boolean demonstration;
    private final Map<Row<?>, Tree> places = new IdentityHashMap<>();

    RowReader(Findings findings, boolean demonstration) {
        this.findings = findings;
        this.demonstration = demonstration;
    }

    /// Dates and source that rows inherit, and the names that hold for them.
    ///
    /// @param overrides name of the level whose definition these rows replace, empty for none
    record Setting(@Nullable LocalDate from, LocalDate to, @Nullable LocalDate issued, @Nullable Document document,
            String article, Scope scope, String overrides) {

        static Setting of(Scope scope) {
            return new Setting(null, LocalDate.MAX, null, null, "", scope, "");
        }

        Setting replacing(String level) {
            return new Setting(from, to, issued, document, article, scope, level);
        }
    }

    /// The setting inside a section that may restate parts of it.
    Setting within(Section section, Setting outer) {
        var from = section.has("from") ? section.day("from") : outer.from;
        var to = section.day("to", outer.to);
        var issued = section.has("issued") ? section.day("issued") : outer.issued;
        var document = outer.document;
        var article = outer.article;
        if (section.has("source")) {
            var source = Section.of(section.at("source").orElseThrow(), findings, "doc", "article");
            var id = source.text("doc");
            article = source.text("article", "");
            document = outer.scope.document(id).orElse(null);
            if (document == null) {
                source.complain("doc", "sources.yaml 中的文件编号", "the id of a document in sources.yaml");
                // Said once here, not again of every row inside.
                document = NOT_FOUND;
            }
            if (!section.has("issued")) {
                issued = null;
            }
        }
        return new Setting(from, to, issued, document, article, outer.scope, outer.overrides);
    }

    /// Reads every row of a list.
    ///
    /// @param keys what a row may state beside condition, dates and source
    <V> Table<V> table(List<Tree> rows, Setting outer, Function<Section, V> value, String... keys) {
        var read = new ArrayList<Row<V>>();
        for (var tree : rows) {
            read.add(row(tree, outer, value, keys));
        }
        return new Table<>(read);
    }

    <V> Row<V> row(Tree tree, Setting outer, Function<Section, V> value, String... keys) {
        var section = Section.of(tree, findings, Stream.concat(COMMON.stream(), Stream.of(keys))
                .toArray(String[]::new));
        var setting = within(section, outer);
        var words = section.words("when");
        var when = conditions(section, words, setting.scope);
        var from = setting.from;
        if (from == null) {
            findings.error(tree, "from：首日", "from: the first day");
            from = LocalDate.EPOCH;
        }
        var document = setting.document;
        if (document == null) {
            findings.error(tree, "source: {doc, article}", "source: {doc, article}");
            document = new Document("", "", "", "", from, InForce.from(from), Document.Grade.OFFICIAL, null);
        } else if (document.grade() == Document.Grade.DEMONSTRATION && !demonstration) {
            findings.error(tree, "演示值只能用于 demonstration: true 的政策包",
                    "demonstration values only in a pack marked demonstration: true");
        }
        var issued = setting.issued == null ? document.issued() : setting.issued;
        var row = new Row<>(when, value.apply(section), section.inForce(from, setting.to), issued,
                new Citation(document, setting.article, setting.scope.name(), setting.overrides),
                String.join(" ", words));
        places.put(row, tree);
        return row;
    }

    /// Rows that were made of what stands at a place.
    <V> List<Row<V>> stand(Tree at, List<Row<V>> made) {
        made.forEach(row -> places.put(row, at));
        return made;
    }

    /// Where a row that was read stands.
    Tree place(Row<?> row) {
        return places.getOrDefault(row, new Tree.Text("", 0, "", ""));
    }

    Condition conditions(Section section, List<String> words, Scope scope) {
        var conditions = new ArrayList<Condition>();
        for (var word : words) {
            scope.group(word).ifPresentOrElse(conditions::add,
                    () -> section.complain("when", "groups.yaml 中的名称（未找到“" + word + "”）",
                            "a name of groups.yaml (no \"" + word + "\")"));
        }
        return Condition.all(conditions).orElseGet(() -> {
            section.complain("when", "能同时成立的条件", "conditions that can hold together");
            return Condition.ALWAYS;
        });
    }
}
