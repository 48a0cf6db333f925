package tongchou.core.settlement;

import org.jspecify.annotations.Nullable;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Row;

/// One step of the calculation as it happened (计算步骤), the stuff an explanation is made of.
///
/// Steps are written while the engine works; nothing is recomputed to explain. `amount`, `of` and `ratio` mean what
/// [Kind] says. Money is in fen; an amount that is not whole fen inside a layer is shown rounded half up.
///
/// @param layer the layer that worked, null for the judgement of the bill
/// @param row the rule that was applied, with its citation; null where none was needed
public record Step(Kind kind, @Nullable Layer layer, @Nullable Row<?> row, long amount, long of, long ratio) {

    /// What a step did.
    public enum Kind {
        /// The bill came to `amount` (总费用).
        TOTAL,
        /// `amount` lies outside the catalogue (全自费).
        FULL_SELF_PAY,
        /// `amount` lies above limit prices (超限价).
        OVER_LIMIT,
        /// `amount` of class-B lines worth `of` is borne first (先行自付).
        PRE_PAY,
        /// `amount` is borne first because care is out of area, at `ratio` (异地先行自付).
        OUT_OF_AREA_PRE_PAY,
        /// `amount` is in scope (政策范围内).
        IN_SCOPE,
        /// The layer does not pay: `of` stays with the patient (不予支付).
        EXCLUDED,
        /// The table gives a deductible of `amount` (起付标准).
        DEDUCTIBLE_STANDARD,
        /// A rule changes the deductible from `of` to `amount` (起付线调整).
        DEDUCTIBLE_CHANGE,
        /// `amount` was already borne in the period, so `of` is still due (已累计起付线).
        DEDUCTIBLE_BORNE,
        /// The deductible takes `amount` out of `of` (扣除起付线).
        DEDUCTIBLE,
        /// A rule changes the ratios; `ratio` is what the rule states (比例调整).
        RATIO_CHANGE,
        /// At `ratio`, `of` of expense gives `amount` before rounding (分段支付).
        BAND,
        /// The promise of at least `ratio` of the scope lifts the payment to `amount` (保底).
        GUARANTEE,
        /// A ceiling leaves room for `amount`; `of` was already used (封顶线).
        CEILING,
        /// The layer pays `amount` out of `of` (支付).
        PAYMENT,
        /// The patient pays `amount` in cash (现金支付).
        CASH
    }
}
