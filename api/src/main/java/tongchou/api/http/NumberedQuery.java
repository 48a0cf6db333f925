package tongchou.api.http;

import org.jspecify.annotations.Nullable;

/// A page of a numbered list (分页查询).
///
/// @param after `next` of the page before
/// @param limit how many at most, 100 where nothing is said
public record NumberedQuery(
        @Field(omissible = true, most = Long.MAX_VALUE) @Nullable Long after,
        @Field(omissible = true, least = 1, most = 500) @Nullable Integer limit) {
}
