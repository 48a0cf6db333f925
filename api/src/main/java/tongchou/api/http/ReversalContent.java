package tongchou.api.http;

/// What a request to take a settlement back is recognised by when its key comes again (冲正申请内容): a [ReversalRequest]
/// with the settlement out of the path.
public record ReversalContent(String key, String reason, String settlement) {
}
