package tongchou.core.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyllablesTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "amoxilin,        a|mo|xi|lin",           // 阿莫西林: the last may be lin, or li and n to come
        "toubaokex,       tou|bao|ke|x",          // 头孢克肟: bao, or ba and o; x is begun only
        "suan,            suan",                  // 酸, or 素 and an
        "xiansu,          xian|su",               // 腺素, or 西安素
        "xiananji,        xianan|ji",             // 酰氨基: xian an, xia nan, xi an an
        "fangan,          fangan",                // 方案 is fang an, or fan gan
        "weishengsub1pia, wei|sheng|su|b|1|pia",  // 维生素B1片: b and 1 are no syllables
        "sucpian,         su|c|pian",             // 维生素C片
        "lvhuana,         lv|huana",              // 氯化钠: ü is v; hua na, or huan a
        "zhusheye,        zhu|she|ye",            // 注射液
    })
    void aTextIsSureWhereAllWaysToDivideItBegin(String text, String parts) {
        var rests = Objects.requireNonNull(Syllables.of(text)).rests();
        var begins = rests.stream().map(rest -> text.length() - rest.length()).toList();
        assertEquals(parts, IntStream.range(0, begins.size()).mapToObj(i -> text.substring(begins.get(i),
                i + 1 < begins.size() ? begins.get(i + 1) : text.length())).collect(Collectors.joining("|")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"''", "s", "1", "阿莫", "amo西林", "a-mo", "AMO"})
    void whatIsNoPinyinIsNotDivided(String text) {
        assertNull(Syllables.of(text));
    }

    @ParameterizedTest(name = "{0} within {1}: {2}")
    @CsvSource({
        "kelafei,  tou bao ke la fei,     true",
        "kelaf,    tou bao ke la fei,     true",
        "aokela,   tou bao ke la fei,     false",  // not from the beginning of a syllable on
        "toubao,   tou bao ke la fei,     false",  // the whole spelling begins with it, which is another rank
        "xiansu,   shen shang xian su,    true",
        "xiansu,   guo xi an su,          true",
        "xiansu,   guo xi ba an su,       false",
        "sub1pian, wei sheng su b 1 pian, true",   // letters and digits of a name stand by themselves
    })
    void aTextIsWithinASpellingFromASyllableOn(String text, String spelling, boolean within) {
        assertEquals(within, Objects.requireNonNull(Syllables.of(text)).isWithin(spelling));
    }

    /// A text of many syllables that are all two or one divides in more ways than could be counted.
    @Test
    void aLongTextIsDividedAtOnce() {
        var text = "xian".repeat(60);
        assertTrue(Objects.requireNonNull(Syllables.of(text)).isWithin("guo" + " xi an xian".repeat(30)));
    }
}
