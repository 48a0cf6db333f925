package tongchou.core.policy;

import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;

/// How much a deductible or a ceiling row states (金额).
public sealed interface Amount {

    /// A sum of money.
    record Yuan(Fen fen) implements Amount {
    }

    /// A share of the whole bill between a floor and a ceiling (按总费用比例): Anhui's 20%, at least 2,000, at most 10,000.
    record ShareOfBill(Ratio share, Fen atLeast, Fen atMost) implements Amount {
    }

    /// A share of the in-scope amount between a floor and a ceiling (按政策范围内费用比例).
    record ShareOfScope(Ratio share, Fen atLeast, Fen atMost) implements Amount {
    }

    /// It exists, and the documents at hand do not say how much (未找到): claims that reach it are refused.
    record Unknown() implements Amount {
    }

    /// Explicitly none: no deductible, or no ceiling (不设). Different from a table that says nothing.
    record None() implements Amount {
    }
}
