package tongchou.api.http;

import org.jspecify.annotations.Nullable;

/// A page of a long list (分页).
///
/// @param after the last code of the page before
/// @param limit entries at most, 1 to 500; 100 where nothing is said
public record PageQuery(
        @Field(omissible = true, form = Field.Form.CODE) @Nullable String after,
        @Field(omissible = true, least = 1, most = 500) @Nullable Integer limit) {
}
