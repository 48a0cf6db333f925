package tongchou.api.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of re-settlements, the newest first (重算任务清单).
///
/// @param next what `after` of the next page is; left out at the end
public record ResettlementsReply(List<ResettlementReply> resettlements, @Nullable Long next) {
}
