package tongchou.api.http;

/// Looks for a member by identity (按证件查找参保人).
public record SearchRequest(IdentityFacts identity) {
}
