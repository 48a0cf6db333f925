package tongchou.api.http;

/// A key to be revoked at once (吊销密钥).
///
/// @param reason why, for whoever reads it later
public record RevokeRequest(String reason) {
}
