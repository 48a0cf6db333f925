package tongchou.api.pack;

import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.InForce;
import tongchou.core.catalogue.PayClass;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.policy.Citation;

/// An item of a pack's catalogue in one version (目录条目).
///
/// @param area area the row is for, empty for the whole pack
/// @param code national or local item code
/// @param kind `drug`, `service` or `consumable`
/// @param prePayEmployee share employees bear first, null where the row states none
/// @param prePayResident share residents bear first, null where the row states none
/// @param primary price or limit price at the primary tier, null where none is stated
public record CatalogueRow(
        String area,
        String code,
        String name,
        String kind,
        String unit,
        PayClass payClass,
        @Nullable Ratio prePayEmployee,
        @Nullable Ratio prePayResident,
        @Nullable Fen primary,
        @Nullable Fen secondary,
        @Nullable Fen tertiary,
        InForce inForce,
        Citation citation) {

    /// The price or limit price at a tier; null where the row states none.
    public @Nullable Fen price(Tier tier) {
        return switch (tier) {
            case PRIMARY -> primary;
            case SECONDARY -> secondary;
            case TERTIARY -> tertiary;
        };
    }
}
