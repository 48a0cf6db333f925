package tongchou.core.policy;

import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;

/// What a rule does to the deductible that the table gave (起付线调整). Rules work in the order the pack lists them.
public sealed interface DeductibleChange {

    /// Multiplies it (减半, 降低 20%), rounded half up to the fen.
    record Times(Ratio factor) implements DeductibleChange {
    }

    /// Takes a sum away, never below zero (降低 300 元).
    record Minus(Fen fen) implements DeductibleChange {
    }

    /// Takes a sum away for each further stay of the year (每增加一次住院递减).
    record MinusPerFurtherStay(Fen fen) implements DeductibleChange {
    }

    /// Never lets it fall below a floor (不低于).
    record AtLeast(Fen fen) implements DeductibleChange {
    }

    /// Removes it (免起付线).
    record Waived() implements DeductibleChange {
    }

    /// Counts what this episode has already borne (连续计算起付线): only the difference is due.
    record Continuous() implements DeductibleChange {
    }

    /// Charges it again for every further span of days in one stay (每满 90 天再计一次).
    record AgainEvery(int days) implements DeductibleChange {
    }

    /// Never lets all deductibles of the year exceed a sum (年度累计不超过).
    record AtMostInYear(Fen fen) implements DeductibleChange {
    }
}
