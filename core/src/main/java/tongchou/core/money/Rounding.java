package tongchou.core.money;

/// How an exact amount becomes whole fen (舍入). A pack names the mode of every layer; none is assumed.
public enum Rounding {

    /// Half away from zero (四舍五入): 0.5 fen becomes 1, -0.5 fen becomes -1.
    HALF_UP,

    /// Towards zero (舍去尾数): 0.9 fen becomes 0.
    DOWN,

    /// Away from zero (见分进位): 0.1 fen becomes 1.
    UP;

    /// The quotient of two whole numbers, rounded to a whole number by this mode.
    ///
    /// @param divisor a positive number
    public long quotient(long dividend, long divisor) {
        var quotient = dividend / divisor;
        var rest = Math.abs(dividend - quotient * divisor);
        if (rest == 0) {
            return quotient;
        }
        var away = switch (this) {
            case HALF_UP -> rest >= divisor - rest;
            case DOWN -> false;
            case UP -> true;
        };
        if (!away) {
            return quotient;
        }
        return dividend < 0 ? quotient - 1 : quotient + 1;
    }

    /// An amount in millionths rounded to whole units by this mode; the same as [#quotient] by a million, but quicker.
    ///
    /// @param millionths not negative
    public long ofMillionths(long millionths) {
        return switch (this) {
            case HALF_UP -> (millionths + Ratio.ONE / 2) / Ratio.ONE;
            case DOWN -> millionths / Ratio.ONE;
            case UP -> (millionths + Ratio.ONE - 1) / Ratio.ONE;
        };
    }
}
