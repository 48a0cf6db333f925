package tongchou.core.settlement;

import org.jspecify.annotations.Nullable;
import tongchou.core.money.Fen;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Payer;

/// What one layer pays (支付分项).
///
/// @param layer the layer that pays; null for the cash that remains
public record Posting(Payer payer, Fen amount, @Nullable Layer layer) {
}
