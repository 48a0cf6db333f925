package tongchou.api.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.InForce;
import tongchou.core.catalogue.Fact;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.Origin;
import tongchou.core.catalogue.PayClass;
import tongchou.core.catalogue.PrePay;
import tongchou.core.catalogue.Price;
import tongchou.core.catalogue.Stated;
import tongchou.core.catalogue.Target;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.people.Scheme;
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

    /// The row as the facts it states: the item, the shares of both schemes, a limit price for each tier.
    List<Fact<?>> facts() {
        var facts = new ArrayList<Fact<?>>();
        var itemKind = switch (kind) {
            case "service" -> ItemKind.SERVICE;
            case "consumable" -> ItemKind.CONSUMABLE;
            default -> ItemKind.DRUG;
        };
        facts.add(fact(new Item(itemKind, code, List.of(name), "", unit, payClass, null, List.of(), List.of(),
                new TreeMap<>())));
        if (prePayEmployee != null) {
            facts.add(fact(new PrePay(Scheme.EMPLOYEE, prePayEmployee)));
        }
        if (prePayResident != null) {
            facts.add(fact(new PrePay(Scheme.RESIDENT, prePayResident)));
        }
        for (var tier : Tier.values()) {
            var price = price(tier);
            if (price != null) {
                facts.add(fact(Price.of(Price.Basis.LIMIT, tier, unit, price)));
            }
        }
        return facts;
    }

    private <V extends Stated> Fact<V> fact(V value) {
        return new Fact<>(new Target.Code(code), value, inForce, citation.document().issued(),
                new Origin(citation.document().id(), citation.article(), citation.level()));
    }
}
