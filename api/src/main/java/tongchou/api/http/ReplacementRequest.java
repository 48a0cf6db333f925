package tongchou.api.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A settlement to be taken back and settled anew in one step (部分退费): either the lines that are returned, or the
/// whole new claim.
///
/// @param key the caller's idempotency key, for the reversal and for the new settlement
/// @param reason why, for whoever reads it later
/// @param returns what is returned of the first claim; everything else is settled as it was sent
/// @param settlement the new claim, without a key of its own
public record ReplacementRequest(
        @Field(form = Field.Form.KEY) String key,
        String reason,
        @Field(omissible = true, most = 1000) List<ReturnFacts> returns,
        @Field(omissible = true) @Nullable SettlementRequest settlement) {
}
