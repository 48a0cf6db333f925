package tongchou.core.encounter;

import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.PayClass;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;

/// One line of a bill (费用明细), already classed by a catalogue.
///
/// @param number the line's number on the bill, unique in the encounter
/// @param item national or local item code
/// @param amount the whole amount of the line (`det_item_fee_sumamt`)
/// @param overLimit the part above the limit price (超限价, `overlmt_amt`), at most the amount
/// @param prePay share the patient bears first (先行自付比例); null leaves it to the area's rule for the class
/// @param direct flat share at which the item is paid without further co-payment (目录直接报销比例), such as
///         an implant; null for ordinary items
public record ChargeLine(
        int number,
        String item,
        Fen amount,
        PayClass payClass,
        Fen overLimit,
        @Nullable Ratio prePay,
        @Nullable Ratio direct) {

    /// A line without a limit price or a share of its own.
    public static ChargeLine of(int number, String item, Fen amount, PayClass payClass) {
        return new ChargeLine(number, item, amount, payClass, Fen.ZERO, null, null);
    }
}
