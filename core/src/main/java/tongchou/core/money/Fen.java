package tongchou.core.money;

import java.math.BigDecimal;

/// An exact amount of money in whole fen (分, one hundredth of a yuan).
///
/// `Fen` never holds a fraction: whatever is finer than a fen exists only inside a layer and is
/// rounded there, once, by a named [Rounding]. Sums that leave the range of a `long` throw
/// [ArithmeticException] instead of wrapping.
///
/// @param value the amount in fen; negative only for reversals and differences
public record Fen(long value) implements Comparable<Fen> {

    /// Nothing: 0 fen.
    public static final Fen ZERO = new Fen(0);

    /// The amount of `value` fen.
    public static Fen of(long value) {
        return value == 0 ? ZERO : new Fen(value);
    }

    /// Reads an amount as a Chinese document prints it, for example `"200.00"` or `"1,800"` yuan.
    ///
    /// @throws NumberFormatException when the text is not a plain decimal number
    /// @throws ArithmeticException when the text has a fraction of a fen
    public static Fen ofYuan(String yuan) {
        return of(new BigDecimal(yuan.strip().replace(",", "")).movePointRight(2).longValueExact());
    }

    /// The sum of both amounts.
    public Fen plus(Fen other) {
        return of(Math.addExact(value, other.value));
    }

    /// This amount less the other.
    public Fen minus(Fen other) {
        return of(Math.subtractExact(value, other.value));
    }

    /// The amount with its sign turned, as a reversal books it.
    public Fen negated() {
        return of(Math.negateExact(value));
    }

    /// Whether the amount is below zero.
    public boolean isNegative() {
        return value < 0;
    }

    /// Whether the amount is exactly zero.
    public boolean isZero() {
        return value == 0;
    }

    /// The amount in yuan with two decimals and no grouping, for example `1800.00`.
    public String yuan() {
        var fen = Math.abs(value % 100);
        return (value < 0 ? "-" : "") + Math.abs(value / 100) + (fen < 10 ? ".0" : ".") + fen;
    }

    @Override
    public int compareTo(Fen other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return yuan() + " 元";
    }
}
