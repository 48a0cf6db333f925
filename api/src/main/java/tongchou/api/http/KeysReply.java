package tongchou.api.http;

import java.util.List;

/// Every key, the oldest first (密钥清单).
public record KeysReply(List<KeyReply> keys) {
}
