package tongchou.api.http;

/// Both halves of a replacement (部分退费结果), as each of them is stored.
///
/// @param refundFen what the patient gets back in cash: above zero, or below where the patient has to pay more
public record ReplacementReply(long refundFen, ReversalReply reversal, SettlementReply settlement) {
}
