package tongchou.api.http;

/// A manual adjustment as two persons decide on it (调账指令).
///
/// @param area division of the bureau
/// @param who who asked
public record AdjustmentOrder(String member, String area, String who, AdjustmentRequest change) {
}
