package tongchou.core.catalogue;

import java.util.List;

/// The facts that one level states about items (一级目录): the national list, a province's supplement, an area, an
/// alliance, a private overlay, or a list that was imported into the book.
///
/// A listing answers by target, so that a large one need not be in memory.
public interface Listing {

    /// The fewest characters by which the beginning of a drug code means an item.
    int SHORTEST_BEGINNING = 10;

    /// The level as explanations show it.
    String level();

    /// Every version of every fact of a kind about a target, in any order.
    ///
    /// @param type the kind of fact, for example [Price]
    <V extends Stated> List<Fact<V>> facts(Class<V> type, Target target);

    /// The ranges of list numbers about which it states something of a kind.
    List<Target.Numbers> ranges(Class<? extends Stated> type);

    /// The codes of the items that bear a name, in any version; names are compared without spaces and with half-width
    /// brackets, see [Names].
    List<String> named(String name);

    /// The codes of items that a longer national drug code begins with, the longest first.
    default List<String> beginning(String code) {
        if (code.length() <= SHORTEST_BEGINNING) {
            return List.of();
        }
        return java.util.stream.IntStream.iterate(code.length() - 1, length -> length >= SHORTEST_BEGINNING,
                length -> length - 1)
                .mapToObj(length -> code.substring(0, length))
                .filter(start -> !facts(Alias.class, new Target.Code(start)).isEmpty()
                        || !facts(Item.class, new Target.Code(start)).isEmpty())
                .toList();
    }
}
