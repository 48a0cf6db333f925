package tongchou.core.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.core.money.Ratio;
import tongchou.core.money.Rounding;

/// The one shape of everything that pays (支付层次): a payer works on burdens that earlier layers left, takes off a
/// deductible, pays the rest by segments, up to ceilings, and rounds once.
///
/// A layer whose base is the in-scope amount, directly paid items or over-ceiling expense sorts what it does not pay
/// into deductible, co-payment and over-ceiling. Every other layer takes its payment out of the burdens in the
/// order in which its base names them, and leaves the rest what it was. Accounts and the hospital never sort.
///
/// @param name the layer in Chinese, as the patient reads it
/// @param nameEn the layer in English
/// @param applies when the layer takes part; dated, so that a layer can begin or end. Empty means always
/// @param base the burdens it works on, in the order in which it relieves them
/// @param excluded conditions under which it pays nothing, such as care without the required referral
/// @param deductible null when the layer has none
/// @param bands null for accounts and the hospital, which pay the whole of their base
/// @param changes rules applied to the ratios in their order
/// @param guarantee least share of the in-scope amount that the layer pays (保底比例); empty where none is promised
/// @param ceilings every limit, each with its own memory
public record Layer(
        String name,
        String nameEn,
        Payer payer,
        Table<Boolean> applies,
        List<Burden> base,
        Table<Boolean> excluded,
        @Nullable Deductible deductible,
        @Nullable Bands bands,
        List<Table<RatioChange>> changes,
        Table<Ratio> guarantee,
        List<Ceiling> ceilings,
        Rounding rounding) {

    /// Copies the lists.
    public Layer {
        base = List.copyOf(base);
        changes = List.copyOf(changes);
        ceilings = List.copyOf(ceilings);
    }

    /// Whether the layer sorts what it does not pay.
    public boolean sorts() {
        return payer.isFund() && base.stream().allMatch(
                burden -> burden == Burden.IN_SCOPE || burden == Burden.OVER_CEILING || burden == Burden.DIRECT);
    }
}
