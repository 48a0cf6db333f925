package tongchou.core.calendar;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/// A day as packs and messages write it (书面日期): `2026-03-01`.
///
/// Long tables hold thousands of them, and the formatter of the JDK takes many times as long for each.
public final class WrittenDay {

    private static final int LENGTH = "2026-03-01".length();

    private WrittenDay() {
    }

    /// The day that a text names; nothing when it is written otherwise or the calendar has no such day.
    public static Optional<LocalDate> read(String text) {
        if (text.length() != LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return Optional.empty();
        }
        var year = digits(text, 0, 4);
        var month = digits(text, 5, 7);
        var day = digits(text, 8, 10);
        return year < 0 || month < 1 || month > 12 || day < 1 || day > YearMonth.of(year, month).lengthOfMonth()
                ? Optional.empty() : Optional.of(LocalDate.of(year, month, day));
    }

    /// The number that digits make; -1 where there are others.
    private static int digits(String text, int from, int to) {
        var number = 0;
        for (var i = from; i < to; i++) {
            var digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
