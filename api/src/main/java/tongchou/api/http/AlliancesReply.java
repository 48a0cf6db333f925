package tongchou.api.http;

import java.util.List;

/// Every alliance in the order of its code (医联体列表).
public record AlliancesReply(List<AllianceFacts> alliances) {
}
