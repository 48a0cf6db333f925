package tongchou.api.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Items of an area's catalogue, the best first (目录条目检索结果).
///
/// @param next where the next page begins, to be sent as after; left out on the last
public record ItemsReply(List<FoundItemReply> items, @Nullable String next) {

    /// An item in short; the page of the item has everything.
    ///
    /// @param initials pinyin initials, several where a name is read in several ways
    public record FoundItemReply(
            String code, List<String> names, String kind, String form, String unit,
            @Field(name = "class") @Nullable String payClass, List<String> initials, String level) {
    }
}
