package tongchou.api.http;

import org.jspecify.annotations.Nullable;

/// A sum to start from (累计项): money or stays, exactly one of them.
///
/// @param counter the pack's name of the sum, as replies show it in `movements`
public record SumFacts(
        String counter,
        @Field(omissible = true) @Nullable Long sumFen,
        @Field(omissible = true, most = 1000) @Nullable Long stays) {
}
