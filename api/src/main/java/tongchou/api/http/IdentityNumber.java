package tongchou.api.http;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tongchou.core.people.Digits;

/// Identity numbers (证件号码): their kinds, their one written form, and how they are masked.
///
/// Kinds are those of the national dictionary `psn_cert_type`. A citizen identity number (公民身份号码, GB 11643-1999) has
/// eighteen characters: division, birth date, sequence, and a check character by ISO 7064 MOD 11-2.
public final class IdentityNumber {

    /// The kind that is meant where none is given: the resident identity card (居民身份证).
    public static final String CITIZEN = "01";

    /// What stands where a number may not be shown at all.
    public static final String HIDDEN = "******";

    private static final Map<String, String> KINDS = Map.ofEntries(Map.entry(CITIZEN, "居民身份证（户口簿）"),
            Map.entry("02", "中国人民解放军军官证"), Map.entry("03", "中国人民武装警察警官证"),
            Map.entry("04", "香港特区护照/港澳居民来往内地通行证"), Map.entry("05", "澳门特区护照/港澳居民来往内地通行证"),
            Map.entry("06", "台湾居民来往大陆通行证"), Map.entry("07", "外国人永久居留证"), Map.entry("08", "外国人护照"),
            Map.entry("09", "残疾人证"), Map.entry("10", "军烈属证明"), Map.entry("11", "外国人就业证"),
            Map.entry("12", "外国专家证"), Map.entry("13", "外国人常驻记者证"), Map.entry("14", "台港澳人员就业证"),
            Map.entry("15", "回国（来华）定居专家证"), Map.entry("16", "中国护照"), Map.entry("17", "港澳台居民居住证"),
            Map.entry("90", "社会保障卡"), Map.entry("99", "其他身份证件"), Map.entry("990102", "扶贫人口编码"),
            Map.entry("990201", "医学出生证明"));

    private static final Pattern FORM = Pattern.compile("[0-9]{17}[0-9X]");
    private static final Pattern OLD_FORM = Pattern.compile("[0-9]{15}");
    private static final Pattern ANYWHERE = Pattern.compile(
            "(?<![0-9])[0-9]{6}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9])");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";
    private static final int LONG = 15;

    private IdentityNumber() {
    }

    /// Whether the national dictionary has this kind of document.
    public static boolean isKind(String code) {
        return KINDS.containsKey(code);
    }

    /// The one written form: half-width, upper case, without spaces.
    public static String normal(String number) {
        return Normalizer.normalize(number, Normalizer.Form.NFKC).replaceAll("\\s", "").toUpperCase(Locale.ROOT);
    }

    /// Whether it is a citizen identity number of the old fifteen digits, in its one written form.
    public static boolean isOldForm(String normal) {
        return OLD_FORM.matcher(normal).matches();
    }

    /// Whether it is a citizen identity number with a day of the calendar and the right check character.
    public static boolean isCitizen(String normal) {
        return FORM.matcher(normal).matches() && birth(normal).isPresent() && check(normal) == normal.charAt(17);
    }

    /// The birth date in a number of eighteen characters.
    public static Optional<LocalDate> birth(String normal) {
        try {
            return Optional.of(LocalDate.of(Integer.parseInt(normal.substring(6, 10)),
                    Integer.parseInt(normal.substring(10, 12)), Integer.parseInt(normal.substring(12, 14))));
        } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException noDay) {
            return Optional.empty();
        }
    }

    /// The check character of the first seventeen digits.
    public static char check(String digits) {
        var sum = 0;
        for (var i = 0; i < WEIGHTS.length; i++) {
            sum += (digits.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECKS.charAt(sum % 11);
    }

    /// A number as it is answered: of fifteen and more characters the first three and the last two, of shorter ones the
    /// last two.
    public static String masked(String number) {
        var shown = number.length() >= LONG ? 3 : 0;
        var end = Math.max(number.length() - 2, shown);
        return number.substring(0, shown) + "*".repeat(Math.max(end - shown, 4)) + number.substring(end);
    }

    /// A text in which everything that could be a citizen identity number is masked.
    public static String hiddenIn(String text) {
        return !Digits.isRun(text, 17) ? text : ANYWHERE.matcher(text).replaceAll(found -> masked(found.group()));
    }

    /// Whether a text holds a citizen identity number with the right check character.
    public static boolean isIn(String text) {
        return Digits.isRun(text, 17) && ANYWHERE.matcher(text).results()
                .anyMatch(found -> isCitizen(found.group().toUpperCase(Locale.ROOT)));
    }
}
