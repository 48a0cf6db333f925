package tongchou.api.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.ListPlace;
import tongchou.core.catalogue.PayClass;
import tongchou.core.catalogue.Target;

/// Reads the files of items (目录条目文件): `drugs.csv`, `service-items.csv` and so on, one version of an item a row.
final class ItemReader {

    /// The kind of the items in each file.
    static final Map<String, ItemKind> FILES = Map.of("drugs.csv", ItemKind.DRUG, "herbal-pieces.csv",
            ItemKind.HERBAL_PIECE, "service-items.csv", ItemKind.SERVICE, "consumables.csv", ItemKind.CONSUMABLE,
            "diagnoses.csv", ItemKind.DIAGNOSIS, "operations.csv", ItemKind.OPERATION, "chronic-diseases.csv",
            ItemKind.CHRONIC_DISEASE);

    private static final List<String> REQUIRED = List.of("code", "names", "from", "doc");
    private static final List<String> OPTIONAL = List.of("form", "unit", "class", "list", "groups", "marks", "to",
            "issued", "article", "continued_by");
    /// Columns that become attributes of the item, with hyphens for underscores.
    private static final List<String> ATTRIBUTES = List.of("class_code", "approval", "specification", "maker",
            "content", "excludes", "linked", "agreement_from", "agreement_to", "english", "code_system",
            "national_code", "note");

    private final FactRows rows;

    ItemReader(FactRows rows) {
        this.rows = rows;
    }

    void read(String file, byte[] bytes, ItemKind kind) {
        var optional = new ArrayList<>(OPTIONAL);
        optional.addAll(ATTRIBUTES);
        rows.table().each(file, bytes, REQUIRED, optional, rows.sorted("code").andThen(row -> {
            var item = item(row, kind);
            if (item != null) {
                var target = new Target.Code(item.code());
                rows.add(row, "code", target, rows.dating(row), item);
                if (row.has("continued_by")) {
                    rows.add(row, "continued_by", target, rows.edition(row, "continued_by"), withoutPlace(item));
                }
            }
        }));
    }

    /// The same item in an edition whose numbers are not stated.
    private static Item withoutPlace(Item item) {
        return item.place() == null ? item : new Item(item.kind(), item.code(), item.names(), item.form(), item.unit(),
                item.payClass(), null, item.groups(), item.marks(), item.attributes());
    }

    private @Nullable Item item(Section row, ItemKind kind) {
        var names = CsvTable.parts(row, "names");
        if (!row.has("code") || names.isEmpty()) {
            row.text("code");
            row.text("names");
            return null;
        }
        var marks = new ArrayList<Item.Mark>();
        for (var word : CsvTable.parts(row, "marks")) {
            mark(row, word, marks);
        }
        var attributes = new TreeMap<String, String>();
        for (var column : ATTRIBUTES) {
            if (row.has(column)) {
                attributes.put(column.replace('_', '-'), row.text(column));
            }
        }
        PayClass payClass = null;
        if (row.has("class")) {
            payClass = CsvTable.payClass(row, PayClass.C);
        } else if (kind == ItemKind.DRUG) {
            row.complain("code", "药品必须有 class", "a drug needs its class");
        }
        return new Item(kind, row.text("code"), names, row.text("form", ""), row.text("unit", ""), payClass,
                place(row), CsvTable.parts(row, "groups"), marks, attributes);
    }

    private static void mark(Section row, String word, List<Item.Mark> marks) {
        for (var mark : Item.Mark.values()) {
            if (Section.word(mark).equals(word)) {
                marks.add(mark);
                return;
            }
        }
        var choices = String.join(", ", java.util.Arrays.stream(Item.Mark.values()).map(Section::word).toList());
        row.complain("marks", "以下之一：" + choices, "one of: " + choices);
    }

    /// `2024/west/8` or, for a repetition with another form, `2024/west/8.1`.
    private static @Nullable ListPlace place(Section row) {
        if (!row.has("list")) {
            return null;
        }
        try {
            var parts = row.text("list").split("/");
            var number = parts[2].split("\\.");
            return new ListPlace(parts[0], ListPlace.Section.of(parts[1]), Integer.parseInt(number[0]),
                    number.length > 1 ? Integer.parseInt(number[1]) : 0);
        } catch (IllegalArgumentException | IndexOutOfBoundsException wrong) {
            row.complain("list", "版本/部分/编号，如 2024/west/8.1", "EDITION/SECTION/NUMBER such as 2024/west/8.1");
            return null;
        }
    }
}
