package tongchou.api.http;

import java.util.List;

/// The manual adjustments of a member, in the order of booking (调账清单).
public record AdjustmentsReply(List<AdjustmentReply> adjustments) {
}
