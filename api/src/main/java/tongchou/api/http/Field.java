package tongchou.api.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.IntPredicate;

/// What a field of a request may hold (字段约束), beyond what its type says.
///
/// Without it a field is required; amounts (`..._fen`) lie between 0 and 100 million yuan, ratios (`..._bp`) between 0
/// and 10,000, and texts hold 1 to 200 visible characters.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {

    /// The name in JSON where it is not the component's name in snake case.
    String name() default "";

    /// Whether the field may be left out (or be null).
    boolean omissible() default false;

    /// The least number, or the least count of a list.
    long least() default 0;

    /// The greatest number, or the greatest count of a list.
    long most() default 10_000_000_000L;

    /// The form of a text.
    Form form() default Form.TEXT;

    /// The forms a text can have.
    enum Form {
        /// Any visible characters, 1 to 200.
        TEXT("(?s).{1,200}", "1 至 200 个可见字符", "1 to 200 visible characters"),
        /// A code or token that can stand in a path.
        CODE("[A-Za-z0-9][A-Za-z0-9._~-]{0,63}", "1 至 64 个字母、数字或 . _ ~ -，以字母或数字开头",
                "1 to 64 letters, digits or . _ ~ -, beginning with a letter or digit"),
        /// An idempotency key.
        KEY("[\\x21-\\x7e]{1,100}", "1 至 100 个可见 ASCII 字符", "1 to 100 visible ASCII characters"),
        /// A quote as a preview gave it.
        QUOTE("q1\\.[A-Za-z0-9_-]{1,9000}", "预结算给出的 quote 原文", "a quote exactly as a preview gave it"),
        /// Where a page of items begins, as the page before gave it.
        CURSOR("[A-Za-z0-9_.-]{1,500}", "上一页 next 的原文", "next of the page before, exactly"),
        /// Sums so far, as the reply before gave them.
        SUMS("[A-Za-z0-9_-]{1,900000}", "上一次 next 的原文", "next of the reply before, exactly"),
        /// The code of an item as its list writes it, with marks such as those of `A18.001+M49.0*`.
        ITEM("[^\\s/?#]{1,64}", "1 至 64 个可见字符的目录编码", "a code of 1 to 64 visible characters"),
        /// A division code.
        DIVISION("[0-9]{6}", "六位区划代码", "a six-digit division code"),
        /// The national code of a kind of identity document.
        DOCUMENT("[0-9]{2}|[0-9]{6}", "人员证件类型代码（psn_cert_type），例如 01", "a code of psn_cert_type, such as 01"),
        /// The number of an identity document; never shown again as it was read.
        IDENTITY("[\\p{L}\\p{N}() （）./-]{4,50}", "4 至 50 个字母、数字或 ( ) . / -",
                "4 to 50 letters, digits or ( ) . / -"),
        /// A decimal number written as text, above zero, at most four decimals.
        DECIMAL("(?=.*[1-9])[0-9]{1,9}(\\.[0-9]{1,4})?", "大于 0 的十进制数，至多四位小数，写成字符串",
                "a decimal number above 0 with at most four decimals, as a string");

        private final java.util.regex.Pattern pattern;
        private final String expected;
        private final String expectedEn;

        Form(String pattern, String expected, String expectedEn) {
            this.pattern = java.util.regex.Pattern.compile(pattern);
            this.expected = expected;
            this.expectedEn = expectedEn;
        }

        /// Whether the text has the form.
        public boolean fits(String text) {
            return isPlain(text) || pattern.matcher(text).matches();
        }

        /// Whether a text has one of the commonest forms at first sight; of every other the pattern says it.
        private boolean isPlain(String text) {
            if (this == TEXT) {
                return !text.isEmpty() && text.length() <= 200;
            }
            return this == KEY ? isOf(text, 100, letter -> letter > ' ' && letter < 0x7f)
                    : this == CODE && isOf(text, 64, letter -> isAlphanumeric(letter) || "._~-".indexOf(letter) >= 0)
                    && isAlphanumeric(text.charAt(0));
        }

        private static boolean isOf(String text, int most, IntPredicate fits) {
            for (var i = 0; i < text.length(); i++) {
                if (!fits.test(text.charAt(i))) {
                    return false;
                }
            }
            return !text.isEmpty() && text.length() <= most;
        }

        private static boolean isAlphanumeric(int letter) {
            return letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z' || letter >= '0' && letter <= '9';
        }

        /// What would fit.
        public String expected(boolean chinese) {
            return chinese ? expected : expectedEn;
        }
    }
}
