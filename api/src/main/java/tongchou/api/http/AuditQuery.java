package tongchou.api.http;

import org.jspecify.annotations.Nullable;

/// A page of the audit log (审计日志分页).
///
/// @param after number of the last row of the page before
/// @param limit rows at most, 1 to 500; 100 where nothing is said
public record AuditQuery(
        @Field(omissible = true) @Nullable Long after,
        @Field(omissible = true, least = 1, most = 500) @Nullable Integer limit) {
}
