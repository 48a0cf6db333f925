package tongchou.api.http;

/// Asks for an identity in clear (查看完整证件号).
///
/// @param reason why; it is logged
public record UnmaskRequest(String reason) {
}
