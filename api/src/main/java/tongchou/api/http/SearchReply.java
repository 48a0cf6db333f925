package tongchou.api.http;

/// The member who was looked for (查找结果).
public record SearchReply(String token) {
}
