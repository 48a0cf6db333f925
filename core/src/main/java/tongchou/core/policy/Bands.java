package tongchou.core.policy;

import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.Period;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;

/// The segments of a layer and their ratios (分段报销比例).
///
/// @param measuredOn what the bounds measure
/// @param over whether earlier encounters of the year count
/// @param counter name of the accumulated measure; empty when the segments have no memory
/// @param origin whether the deductible counts in the measure
public record Bands(Measure measuredOn, Period over, String counter, Origin origin, Table<Band> rows) {

    /// What the bounds are compared with.
    public enum Measure {
        /// Expense that enters the layer (费用).
        EXPENSE,
        /// What the layer has paid (基金支付).
        PAYMENT
    }

    /// Where the measure starts.
    public enum Origin {
        /// At the first yuan, so that the deductible fills the first segment (含起付线).
        ABSOLUTE,
        /// Above the deductible (起付线以上).
        ABOVE_DEDUCTIBLE
    }

    /// A segment: from a bound on, a ratio.
    ///
    /// @param above the bound above which the ratio holds, up to the next bound of the selected rows
    /// @param ratio null where the documents at hand do not say what holds above the bound: claims that reach it are
    ///         refused
    public record Band(Fen above, @Nullable Ratio ratio) {
    }
}
