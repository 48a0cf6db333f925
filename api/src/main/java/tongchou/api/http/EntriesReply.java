package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Imported items, the best first (目录检索结果).
///
/// @param version number of the import after which the catalogue stood so; every page of one answer has the same
/// @param next where the next page begins, to be sent as `after`; left out on the last
public record EntriesReply(long version, List<EntryReply> entries, @Nullable String next) {

    /// An item.
    ///
    /// @param names the leading one first
    /// @param payClass a, b or c; left out where the list has none
    public record EntryReply(String code, List<String> names, String generic, String approval,
            @Field(name = "class") @Nullable String payClass, String procurement, LocalDate firstDay,
            @Nullable LocalDate lastDay, String edition, String source, List<String> initials,
            List<AttributeReply> attributes) {
    }

    /// Something else that the list states about an item.
    public record AttributeReply(String name, String value) {
    }
}
