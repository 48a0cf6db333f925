package tongchou.server.catalogue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.api.pack.ColumnMapping;
import tongchou.core.catalogue.DrugCode;
import tongchou.core.catalogue.Forms;
import tongchou.core.catalogue.Names;
import tongchou.core.catalogue.PayClass;
import tongchou.storage.Catalogue.Entry;

/// The classes of a list that has no column for them (类别来源): one for all, or those of another list.
///
/// @param rows the rows of the other list by what they have in common with an item
/// @param otherwise the class where no row fits; null where that is a fault
public record Classes(Common common, Map<String, List<Row>> rows, Forms forms, @Nullable PayClass otherwise) {

    /// What an item and a row of the other list have in common.
    enum Common {
        CODE, VARIETY, NAME_AND_FORM
    }

    /// A row of the other list.
    record Row(String form, PayClass payClass) {
    }

    /// The class of an item, or why none can be said.
    ///
    /// @param payClass null where none is said
    /// @param reason in Chinese, empty where there is a class
    record Said(@Nullable PayClass payClass, String reason, String reasonEn) {
    }

    /// The class that a word means, as lists write it: 甲, 乙, 丙, A, 01 and the like.
    static Optional<PayClass> word(String word) {
        return switch (word) {
            case "甲", "甲类", "A", "a", "01", "1" -> Optional.of(PayClass.A);
            case "乙", "乙类", "B", "b", "02", "2" -> Optional.of(PayClass.B);
            case "丙", "丙类", "C", "c", "03", "3", "自费" -> Optional.of(PayClass.C);
            default -> Optional.empty();
        };
    }

    /// The classes that a mapping speaks of.
    ///
    /// @param folder where the other list lies that it names
    /// @param forms which dosage forms that list groups
    /// @throws IllegalArgumentException when a word is no class, or the list lacks a column
    /// @throws Cells.Unreadable when the list is no table
    public static Classes of(ColumnMapping.Classes said, Path folder, Forms forms) {
        var otherwise = said.every() + said.otherwise();
        if (!otherwise.isEmpty() && word(otherwise).isEmpty()) {
            throw new IllegalArgumentException("class: " + otherwise + "；甲、乙、丙 / A, B, C");
        }
        var common = switch (said.same()) {
            case "variety" -> Common.VARIETY;
            case "name-and-form" -> Common.NAME_AND_FORM;
            default -> Common.CODE;
        };
        return new Classes(common, said.list().isEmpty() ? Map.of() : read(folder.resolve(said.list()), common), forms,
                word(otherwise).orElse(null));
    }

    private static Map<String, List<Row>> read(Path list, Common common) {
        Map<String, List<Row>> rows = new HashMap<>();
        var needed = Set.of(common == Common.NAME_AND_FORM ? "name" : "code", "class");
        try (var cells = CellFile.open(list)) {
            Map<String, Integer> places = Map.of();
            for (var row = cells.next(); row != null; row = cells.next()) {
                if (places.isEmpty()) {
                    var header = places(row.cells());
                    places = header.keySet().containsAll(needed) ? header : places;
                    continue;
                }
                var payClass = word(cell(row, places, "class"));
                if (payClass.isPresent()) {
                    var said = new Row(cell(row, places, "form"), payClass.get());
                    for (var name : common == Common.NAME_AND_FORM ? cell(row, places, "name").split("[;；\n]")
                            : new String[] {cell(row, places, "code")}) {
                        rows.computeIfAbsent(key(common, name), key -> new ArrayList<>(1)).add(said);
                    }
                }
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(list.getFileName() + "：" + needed.stream().sorted()
                    .collect(Collectors.joining(", ")));
        }
        return rows;
    }

    private static Map<String, Integer> places(List<String> header) {
        var named = Layout.usual(header).attributes();
        var places = new HashMap<String, Integer>();
        for (var i = 0; i < header.size(); i++) {
            places.putIfAbsent(named.getOrDefault(header.get(i), ""), i);
        }
        return places;
    }

    private static String cell(Cells.Row row, Map<String, Integer> places, String attribute) {
        var place = places.get(attribute);
        return place == null ? "" : row.cell(place).strip();
    }

    private static String key(Common common, String text) {
        return switch (common) {
            case CODE -> text.strip();
            case VARIETY -> DrugCode.of(text.strip()).map(DrugCode::variety).orElse(text.strip());
            case NAME_AND_FORM -> Names.plain(text);
        };
    }

    /// The class of an item of which its own list says none.
    Said of(Entry entry) {
        var form = entry.attribute("form").strip();
        var named = keys(entry, form).stream().flatMap(key -> rows.getOrDefault(key, List.of()).stream())
                .filter(row -> common == Common.CODE || form.isEmpty() || forms.fits(form, row.form)).toList();
        // A row with the very form says more than one that names a group or nothing.
        var exact = named.stream().filter(row -> !form.isEmpty() && row.form.equals(form)).toList();
        var found = classes(exact.isEmpty() ? named : exact);
        if (found.size() == 1) {
            return new Said(found.iterator().next(), "", "");
        }
        if (found.isEmpty() && otherwise != null) {
            return new Said(otherwise, "", "");
        }
        return found.isEmpty() ? new Said(null, "类别对照表中没有相同的条目（" + words() + "）；mapping 的 class 可加 otherwise: 丙",
                "the list of classes has nothing with the same " + words()
                + "; class of the mapping may have otherwise: 丙")
                : new Said(null, "类别对照表中相同的条目既有" + found + "；写明剂型，或改用其他对照",
                "the list of classes says " + found + " for the same " + words()
                + "; state the form, or compare otherwise");
    }

    private String words() {
        return common.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private static Collection<PayClass> classes(List<Row> rows) {
        var classes = EnumSet.noneOf(PayClass.class);
        rows.forEach(row -> classes.add(row.payClass));
        return classes;
    }

    /// A product is often called by variety and form together, such as 阿莫西林胶囊, where a list says 阿莫西林.
    private Set<String> keys(Entry entry, String form) {
        if (common != Common.NAME_AND_FORM) {
            return Set.of(key(common, entry.code()));
        }
        var bare = form.endsWith("剂") ? form.substring(0, form.length() - 1) : form;
        return Stream.concat(entry.names().stream(), Stream.of(entry.generic())).map(String::strip)
                .filter(name -> !name.isEmpty()).flatMap(name -> Stream.of(form, bare)
                        .filter(ending -> !ending.isEmpty() && name.length() > ending.length() && name.endsWith(ending))
                        .map(ending -> name.substring(0, name.length() - ending.length()))
                        .collect(Collectors.collectingAndThen(Collectors.toList(), shorter ->
                                Stream.concat(Stream.of(name), shorter.stream()))))
                .map(Names::plain).collect(Collectors.toSet());
    }
}
