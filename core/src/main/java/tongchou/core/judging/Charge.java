package tongchou.core.judging;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.PayClass;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;

/// What an institution charges for one item (收费): the code and what was asked for it, not yet judged.
///
/// @param number the line's number on the bill, from one
/// @param item the code as it was sent: of the catalogue, of the institution, or a national drug code
/// @param quantity how many units; null where not said, then no limit can be worked out
/// @param unitPrice the price of one unit; null where not said
/// @param days how many days of a drug are supplied; null where not said
/// @param specification which specification was used, empty where not said
/// @param surcharges the surcharges that are asked for by name
/// @param payClass the class the sender gives; null to leave it to the catalogue
/// @param overLimit the part above a limit as the sender gives it; null to leave it to the catalogue
/// @param prePay the share borne first as the sender gives it; null to leave it to the catalogue
/// @param direct flat share at which the item is paid, see [tongchou.core.encounter.ChargeLine]
public record Charge(
        int number,
        String item,
        Fen amount,
        @Nullable BigDecimal quantity,
        @Nullable Fen unitPrice,
        @Nullable Integer days,
        String specification,
        List<String> surcharges,
        @Nullable PayClass payClass,
        @Nullable Fen overLimit,
        @Nullable Ratio prePay,
        @Nullable Ratio direct) {

    /// Copies the surcharges.
    public Charge {
        surcharges = List.copyOf(surcharges);
    }

    /// A charge for a quantity of an item, everything else left to the catalogue.
    public static Charge of(int number, String item, Fen amount, @Nullable BigDecimal quantity) {
        return new Charge(number, item, amount, quantity, null, null, "", List.of(), null, null, null, null);
    }
}
