package tongchou.api.http;

import org.jspecify.annotations.Nullable;

/// The decision of the second person (复核意见).
///
/// @param digest of the content that was looked at; where it is given, only that content is decided on
public record DecisionRequest(
        @Field(omissible = true) @Nullable String remark,
        @Field(omissible = true) @Nullable String digest) {
}
