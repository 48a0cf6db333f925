package tongchou.api.http;

/// A version of a pack that is to book, as two persons decide on it (启用指令).
public record ActivationOrder(String pack, ActivationRequest version) {
}
