package tongchou.api.http;

/// Puts another identity in the place of the present one, or the first in the place of none (变更证件信息).
///
/// @param reason why; it is logged
public record IdentityChangeRequest(IdentityFacts identity, String reason) {
}
