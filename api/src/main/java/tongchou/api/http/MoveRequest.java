package tongchou.api.http;

import org.jspecify.annotations.Nullable;

/// What somebody has to say about a decision (操作说明).
///
/// @param note why; it is kept in the audit log
public record MoveRequest(@Field(omissible = true) @Nullable String note) {
}
