package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Items of the catalogues, the best first (目录检索结果). Every page of one answer has the same versions and day.
///
/// @param version number of the import after which the imports stood so, 0 before the first
/// @param pack the pack whose catalogue was searched; left out where only imports were
/// @param date the day on which the items are in force
/// @param next where the next page begins, to be sent as `after`; left out on the last
public record ItemsReply(long version, SettlementReply.@Nullable PackVersion pack, LocalDate date,
        List<ItemReply> items, @Nullable String next) {
}
