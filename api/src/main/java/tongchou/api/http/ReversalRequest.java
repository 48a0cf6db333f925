package tongchou.api.http;

/// A settlement to be taken back (退费、撤销申请).
///
/// @param key the caller's idempotency key; keys of reversals are others than those of settlements
/// @param reason why, for whoever reads it later
public record ReversalRequest(@Field(form = Field.Form.KEY) String key, String reason) {
}
