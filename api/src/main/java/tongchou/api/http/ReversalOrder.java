package tongchou.api.http;

import org.jspecify.annotations.Nullable;

/// A reversal as two persons decide on it (冲正指令).
///
/// @param sender to whom the key is scoped
/// @param who who asked
/// @param claim the settlement booked in its place; left out where there is none
public record ReversalOrder(String settlement, String sender, @Field(form = Field.Form.KEY) String key, String reason,
        String who, @Field(omissible = true) @Nullable SettlementRequest claim) {
}
