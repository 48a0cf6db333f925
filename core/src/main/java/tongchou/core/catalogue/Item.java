package tongchou.core.catalogue;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An item of a catalogue (目录条目): what it is and is called. Its dates and source stand in the [Fact] around it;
/// prices, shares and restrictions are facts of their own, because they come from other documents on other days.
///
/// @param code the code under which the catalogue knows it; for a drug of the national list, which has no national
///         codes, the code that the pack gave it when it was first listed
/// @param names its names, the leading one first; several names of a list may share one number
/// @param form dosage form or group of forms as the list prints it; empty where the name holds the form
/// @param unit what one of it is, for example 片 or 次; empty where the list states none
/// @param payClass payment class; null where the list does not class (diagnoses, operations, prices alone)
/// @param place where it stands in an edition of the drug list; null for everything else
/// @param groups the groups it belongs to, by which facts may address it
/// @param marks what is special about it
/// @param attributes everything else its source states, under the names of the national interface in lower case, for
///         example `approval` (批准文号), `specification`, `maker`, `class-code`, `excludes`, `linked`, `content`
public record Item(
        ItemKind kind,
        String code,
        List<String> names,
        String form,
        String unit,
        @Nullable PayClass payClass,
        @Nullable ListPlace place,
        List<String> groups,
        List<Mark> marks,
        SortedMap<String, String> attributes) implements Stated {

    /// Copies the collections.
    ///
    /// @throws IllegalArgumentException when it has no name
    public Item {
        names = List.copyOf(names);
        groups = List.copyOf(groups);
        marks = List.copyOf(marks);
        attributes = attributes.isEmpty() ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        if (names.isEmpty()) {
            throw new IllegalArgumentException("item " + code + " has no name");
        }
    }

    /// An item with a code, a name and a class, and nothing else.
    public static Item of(ItemKind kind, String code, String name, @Nullable PayClass payClass) {
        return new Item(kind, code, List.of(name), "", "", payClass, null, List.of(), List.of(), new TreeMap<>());
    }

    /// What is special about an item (特别标记).
    public enum Mark {
        /// Paid by work injury insurance only (限工伤保险).
        INJURY_ONLY,
        /// Paid by maternity insurance, and by residents' insurance for maternity costs (限生育保险).
        MATERNITY_ONLY,
        /// A herbal piece that is not paid when used alone or only with others of its kind (单味不予支付, □).
        NOT_ALONE,
        /// Listed by negotiation: paid as class B at a payment standard (谈判药品).
        NEGOTIATED,
        /// Dispensed by hospitals and designated pharmacies alike (双通道).
        TWO_CHANNELS,
        /// A code that may not stand as the main diagnosis or operation (灰码).
        NOT_PRINCIPAL,
        /// Not a code to fill in but the name of a group (类目).
        HEADING
    }

    /// The leading name.
    public String name() {
        return names.getFirst();
    }

    /// Whether it bears a mark.
    public boolean is(Mark mark) {
        return marks.contains(mark);
    }

    /// An attribute, empty where the source states none.
    public String attribute(String name) {
        return attributes.getOrDefault(name, "");
    }

    @Override
    public String slot() {
        return "";
    }
}
