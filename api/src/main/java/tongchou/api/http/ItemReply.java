package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An item as one list states it (目录条目).
///
/// @param names the leading one first
/// @param form dosage form; left out where the list states none, as is every other text
/// @param payClass a, b or c; left out where the list has none
/// @param procurement batch of a centralised procurement
/// @param in `packs` or `imports`
/// @param level which level of the packs states it, for example the province; left out for imports
/// @param source document of the pack, or name of the imported list
/// @param edition edition of the list
/// @param initials pinyin initials, several where a name is read in several ways
public record ItemReply(
        String code, List<String> names, String kind, @Nullable String form, @Nullable String unit,
        @Field(name = "class") @Nullable String payClass, @Nullable String generic, @Nullable String approval,
        @Nullable String procurement, @Nullable LocalDate firstDay, @Nullable LocalDate lastDay, String in,
        @Nullable String level, String source, @Nullable String edition, List<String> initials,
        List<AttributeReply> attributes) {

    /// Something else that the list states about an item.
    public record AttributeReply(String name, String value) {
    }
}
