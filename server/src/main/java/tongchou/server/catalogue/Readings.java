package tongchou.server.catalogue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import net.sourceforge.pinyin4j.PinyinHelper;
import net.sourceforge.pinyin4j.format.HanyuPinyinOutputFormat;
import net.sourceforge.pinyin4j.format.HanyuPinyinToneType;
import net.sourceforge.pinyin4j.format.HanyuPinyinVCharType;
import net.sourceforge.pinyin4j.format.exception.BadHanyuPinyinOutputFormatCombination;
import tongchou.core.catalogue.Names;

/// How a name is read (拼音): full pinyin without tones, and initials; several where it is read in several ways.
///
/// Words that libraries read wrongly stand in `readings.properties`; what the library alone would say comes last, so
/// that who types what a common input method gives finds the item too.
public final class Readings {

    private static final HanyuPinyinOutputFormat FORMAT = format();
    private static final int MOST = 4;
    private static final int LONGEST_WORD = 6;
    private static final int MOST_LATELY = 20_000;

    private final Map<String, List<String>> words;
    private final Set<Character> beginnings;
    private final Map<Integer, String> syllables = new ConcurrentHashMap<>();
    private final Map<String, Reading> lately = new ConcurrentHashMap<>();

    /// Readings with the words of this Tongchou.
    public Readings() {
        var properties = new Properties();
        try (var in = new InputStreamReader(Objects.requireNonNull(
                Readings.class.getResourceAsStream("readings.properties")), StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        this.words = properties.stringPropertyNames().stream().collect(Collectors.toUnmodifiableMap(
                word -> word, word -> List.of(properties.getProperty(word).split("\\|"))));
        this.beginnings = words.keySet().stream().map(word -> word.charAt(0)).collect(Collectors.toUnmodifiableSet());
    }

    /// The readings of a name.
    ///
    /// @param spellings full pinyin, a space between syllables
    /// @param initials the first letters
    public record Reading(List<String> spellings, List<String> initials) {
    }

    /// Reads names; the readings of the leading one come first.
    public Reading of(List<String> names) {
        if (names.size() == 1) {
            return of(names.getFirst());
        }
        var spellings = new LinkedHashSet<String>();
        var initials = new LinkedHashSet<String>();
        for (var name : names) {
            var read = of(name);
            spellings.addAll(read.spellings);
            initials.addAll(read.initials);
        }
        return new Reading(spellings.stream().limit(MOST).toList(), initials.stream().limit(MOST).toList());
    }

    /// Lists name the same variety over and over, so what was read lately is kept.
    private Reading of(String name) {
        var known = lately.get(name);
        if (known == null) {
            known = read(Names.plain(name));
            if (lately.size() >= MOST_LATELY) {
                lately.clear();
            }
            lately.put(name, known);
        }
        return known;
    }

    private Reading read(String plain) {
        var spellings = new ArrayList<String>(1);
        var initials = new ArrayList<String>(1);
        for (var syllables : ways(plain)) {
            var first = new StringBuilder(syllables.size());
            syllables.forEach(syllable -> first.append(syllable, 0, Math.min(syllable.length(),
                    syllable.isEmpty() ? 0 : syllable.offsetByCodePoints(0, 1))));
            add(spellings, syllables.stream().filter(syllable -> !syllable.isEmpty()).collect(Collectors.joining(" ")));
            add(initials, first.toString());
        }
        return new Reading(List.copyOf(spellings), List.copyOf(initials));
    }

    private static void add(List<String> texts, String text) {
        if (!text.isEmpty() && texts.size() < MOST && !texts.contains(text)) {
            texts.add(text);
        }
    }

    /// The ways to read a name, each a list of syllables.
    private List<List<String>> ways(String name) {
        List<List<String>> ways = List.of(List.of());
        var run = new StringBuilder();
        var overridden = false;
        for (var at = 0; at < name.length();) {
            var word = word(name, at);
            if (word.isEmpty()) {
                var point = name.codePointAt(at);
                run.appendCodePoint(point);
                at += Character.charCount(point);
            } else {
                ways = extended(ways, List.of(library(run.toString())));
                run.setLength(0);
                ways = extended(ways, words.get(word).stream().map(reading -> List.of(reading.split(" "))).toList());
                overridden = true;
                at += word.length();
            }
        }
        if (!overridden) {
            return List.of(library(name));
        }
        ways = extended(ways, List.of(library(run.toString())));
        ways.add(library(name));
        return ways;
    }

    private static List<List<String>> extended(List<List<String>> ways, List<List<String>> further) {
        var both = new ArrayList<List<String>>();
        for (var way : ways) {
            for (var more : further) {
                var longer = new ArrayList<>(way);
                longer.addAll(more);
                if (both.size() < MOST) {
                    both.add(longer);
                }
            }
        }
        return both;
    }

    private String word(String name, int at) {
        if (!beginnings.contains(name.charAt(at))) {
            return "";
        }
        for (var length = Math.min(LONGEST_WORD, name.length() - at); length > 0; length--) {
            var word = name.substring(at, at + length);
            if (words.containsKey(word)) {
                return word;
            }
        }
        return "";
    }

    /// The syllables of a text by the library; letters and digits stay as they are, everything else goes.
    private List<String> library(String text) {
        var read = new ArrayList<String>();
        for (var point : text.codePoints().filter(Character::isLetterOrDigit).toArray()) {
            read.add(syllables.computeIfAbsent(point, Readings::syllable));
        }
        return read;
    }

    private static String syllable(int point) {
        try {
            var read = Character.isBmpCodePoint(point)
                    ? PinyinHelper.toHanyuPinyinStringArray((char) point, FORMAT) : null;
            return read == null || read.length == 0 ? Character.toString(point) : read[0];
        } catch (BadHanyuPinyinOutputFormatCombination impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Without tones, ü as v.
    private static HanyuPinyinOutputFormat format() {
        var format = new HanyuPinyinOutputFormat();
        format.setToneType(HanyuPinyinToneType.WITHOUT_TONE);
        format.setVCharType(HanyuPinyinVCharType.WITH_V);
        return format;
    }
}
