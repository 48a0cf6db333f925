package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What is to be computed again (重算申请).
///
/// @param hash of the version of the pack that is to be applied; needed for `rules`, as GET /v1/packs shows it
/// @param from settlements of earlier days keep their rules; the first day of the pack where nothing is said
/// @param knownOn as of when the rules of the version are read; the latest knowledge where nothing is said
/// @param member token of the member; needed for `member`
/// @param reason why
public record ResettlementRequest(
        Cause cause,
        @Field(omissible = true, form = Field.Form.CODE) @Nullable String hash,
        @Field(omissible = true) @Nullable LocalDate from,
        @Field(omissible = true) @Nullable LocalDate knownOn,
        @Field(omissible = true, form = Field.Form.CODE) @Nullable String member,
        String reason) {

    /// What makes settlements doubtful (重算起因).
    public enum Cause {
        /// They met sums that changed behind them (累计已变).
        STALE,
        /// Another version of their pack is to be applied (政策追溯).
        RULES,
        /// A person asks for one member (指定参保人).
        MEMBER
    }
}
