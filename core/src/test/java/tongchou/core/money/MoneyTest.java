package tongchou.core.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Amounts, shares and rounding are exact or refused.
class MoneyTest {

    @ParameterizedTest
    @CsvSource({"200.00, 20000", "'1,800', 180000", "0, 0", "0.01, 1", "8450.5, 845050", "-3379.26, -337926"})
    void yuan_as_documents_print_it(String yuan, long fen) {
        assertEquals(Fen.of(fen), Fen.ofYuan(yuan));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.001", "1e-3", "92233720368547758.08"})
    void a_fraction_of_a_fen_and_an_amount_beyond_all_books_are_refused(String yuan) {
        assertThrows(ArithmeticException.class, () -> Fen.ofYuan(yuan));
    }

    @Test
    void sums_never_wrap() {
        assertThrows(ArithmeticException.class, () -> Fen.of(Long.MAX_VALUE).plus(Fen.of(1)));
        assertThrows(ArithmeticException.class, () -> Fen.of(Long.MIN_VALUE).negated());
    }

    @ParameterizedTest
    @CsvSource({"85%, 850000, 85%", "96.1%, 961000, 96.1%", "1.10, 1100000, 110%", "0%, 0, 0%", "100%, 1000000, 100%",
        "0.0001%, 1, 0.0001%"})
    void ratios_as_documents_print_them(String text, long millionths, String percent) {
        assertEquals(millionths, Ratio.of(text).millionths());
        assertEquals(percent, Ratio.of(text).percent());
    }

    @Test
    void a_product_of_ratios_is_exact_or_refused() {
        // a retired person bears 70% of the active share: 1 - (1 - 85%) x 70% = 89.5%
        assertEquals(Ratio.of("89.5%"), Ratio.of("85%").complement().times(Ratio.of("70%")).complement());
        assertThrows(ArithmeticException.class, () -> Ratio.of("0.0001%").times(Ratio.of("50%")));
    }

    @ParameterizedTest
    @CsvSource({
        // dividend, divisor -> half up, down, up
        " 226, 1000,  0, 0,  1",   //  4.52 yuan x 5% = 22.6 fen
        " 500, 1000,  1, 0,  1",   //  0.5
        " 499, 1000,  0, 0,  1",
        "-500, 1000, -1, 0, -1",
        "-499, 1000,  0, 0, -1",
        "1500, 1000,  2, 1,  2",
        "2000, 1000,  2, 2,  2",
        "   2,    3,  1, 0,  1",
        "   1,    3,  0, 0,  1",
    })
    void rounding_by_name(long dividend, long divisor, long halfUp, long down, long up) {
        assertEquals(halfUp, Rounding.HALF_UP.quotient(dividend, divisor));
        assertEquals(down, Rounding.DOWN.quotient(dividend, divisor));
        assertEquals(up, Rounding.UP.quotient(dividend, divisor));
    }

    @Test
    void the_quick_way_by_a_million_agrees_with_exact_integers() {
        var seed = System.nanoTime();
        System.out.println("rounding seed " + seed);
        var random = new Random(seed);
        for (var i = 0; i < 100_000; i++) {
            var millionths = random.nextLong(1L << random.nextInt(2, 62));
            var parts = BigInteger.valueOf(millionths).divideAndRemainder(BigInteger.valueOf(1_000_000));
            var rest = parts[1].longValueExact();
            var whole = parts[0].longValueExact();
            assertEquals(rest * 2 >= 1_000_000 ? whole + 1 : whole, Rounding.HALF_UP.ofMillionths(millionths));
            assertEquals(whole, Rounding.DOWN.ofMillionths(millionths));
            assertEquals(rest > 0 ? whole + 1 : whole, Rounding.UP.ofMillionths(millionths));
            assertEquals(Rounding.HALF_UP.quotient(millionths, 1_000_000), Rounding.HALF_UP.ofMillionths(millionths));
        }
    }
}
