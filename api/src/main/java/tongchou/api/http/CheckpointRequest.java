package tongchou.api.http;

/// An order to sign the audit log now (立即存证); it says nothing more.
public record CheckpointRequest() {
}
