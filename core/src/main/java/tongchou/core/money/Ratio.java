package tongchou.core.money;

import java.math.BigDecimal;

/// An exact share or factor (比例), kept in millionths: 85% is 850,000 and a factor of 1.10 is 1,100,000.
///
/// A millionth is fine enough for every published ratio (at most two decimals of a percent) times one
/// published factor (at most two decimals). Products that would need more are refused with an
/// [ArithmeticException], so a ratio is never rounded.
///
/// @param millionths the share in parts per million; negative only for points that are taken away
public record Ratio(long millionths) implements Comparable<Ratio> {

    /// The number of millionths in one whole.
    public static final long ONE = 1_000_000;

    private static final long ONE_PERCENT = 10_000;

    /// The whole: 100%.
    public static final Ratio WHOLE = new Ratio(ONE);

    /// Nothing: 0%.
    public static final Ratio ZERO = new Ratio(0);

    /// Reads `"85%"`, `"96.1%"` or a bare factor such as `"1.10"`.
    ///
    /// @throws NumberFormatException when the text is neither a percentage nor a decimal number
    /// @throws ArithmeticException when the text is finer than a millionth
    public static Ratio of(String text) {
        var stripped = text.strip();
        var percent = stripped.endsWith("%");
        var number = new BigDecimal(percent ? stripped.substring(0, stripped.length() - 1) : stripped);
        return new Ratio(number.movePointRight(percent ? 4 : 6).longValueExact());
    }

    /// The product of both, when it is a whole number of millionths.
    ///
    /// @throws ArithmeticException when the product is finer than a millionth
    public Ratio times(Ratio factor) {
        var product = Math.multiplyExact(millionths, factor.millionths);
        if (product % ONE != 0) {
            throw new ArithmeticException(this + " x " + factor + " is finer than a millionth");
        }
        return new Ratio(product / ONE);
    }

    /// What is left of the whole: 15% for 85%.
    public Ratio complement() {
        return new Ratio(ONE - millionths);
    }

    /// The share of an amount, rounded to the fen by the named mode.
    public Fen of(Fen amount, Rounding rounding) {
        return Fen.of(rounding.quotient(Math.multiplyExact(amount.value(), millionths), ONE));
    }

    /// The ratio in basis points (万分之一), when it is a whole number of them.
    ///
    /// @throws ArithmeticException when the ratio is finer than a basis point
    public long basisPoints() {
        if (millionths % 100 != 0) {
            throw new ArithmeticException(this + " is finer than a basis point");
        }
        return millionths / 100;
    }

    /// The ratio as a percentage without trailing zeros, for example `96.1%`.
    public String percent() {
        var text = new StringBuilder(millionths < 0 ? "-" : "").append(Math.abs(millionths / ONE_PERCENT));
        var rest = Math.abs(millionths % ONE_PERCENT);
        if (rest != 0) {
            text.append('.');
            for (var place = ONE_PERCENT / 10; rest != 0; rest %= place, place /= 10) {
                text.append(rest / place);
            }
        }
        return text.append('%').toString();
    }

    @Override
    public int compareTo(Ratio other) {
        return Long.compare(millionths, other.millionths);
    }

    @Override
    public String toString() {
        return percent();
    }
}
