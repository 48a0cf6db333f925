package tongchou.core.policy;

import tongchou.core.calendar.Period;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;

/// The most a layer pays or lets in (最高支付限额, 封顶线).
///
/// @param on whether payment or expense is limited
/// @param per how long it remembers
/// @param counter name of what was already used; ceilings that share the name share the limit
/// @param timesMonths whether a long prescription multiplies it by its months (长期处方按月累计)
/// @param growth additions for unbroken enrolment; empty where there are none
public record Ceiling(
        On on, Period per, String counter, boolean timesMonths, Table<Amount> rows, Table<Growth> growth) {

    /// What is limited.
    public enum On {
        /// What the layer pays (支付额).
        PAYMENT,
        /// The expense above the deductible that enters the layer (费用额).
        EXPENSE,
        /// The expense that enters the layer, the deductible included (含起付线的费用额).
        EXPENSE_WITH_DEDUCTIBLE
    }

    /// An addition for each year of unbroken enrolment after a number of years, and for each claim-free year (连续参保激励,
    /// 零报销激励).
    ///
    /// @param fen added for each year
    /// @param afterYears years that must have passed first
    /// @param claimFree added for each claim-free year
    /// @param atMost the most that all additions together may reach: a sum, or a share of the ceiling itself
    public record Growth(Fen fen, int afterYears, Fen claimFree, Limit atMost) {

        /// The most that additions may reach.
        public sealed interface Limit {
            /// A sum of money.
            record Sum(Fen fen) implements Limit {
            }

            /// A share of the ceiling before any addition (原限额的比例).
            record Share(Ratio ratio) implements Limit {
            }
        }
    }
}
