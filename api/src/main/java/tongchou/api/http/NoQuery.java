package tongchou.api.http;

/// No parameters at all: whatever is given is refused (无参数).
public record NoQuery() {
}
