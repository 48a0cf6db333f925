package tongchou.api.http;

import org.jspecify.annotations.Nullable;

/// A reversal by the key of who sent it (按幂等键查询冲正).
///
/// @param institution the institution that sent it; the caller's own keys where nothing is said
public record ReversalQuery(
        @Field(form = Field.Form.KEY) String key,
        @Field(omissible = true, form = Field.Form.CODE) @Nullable String institution) {
}
