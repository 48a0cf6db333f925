package tongchou.storage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import tongchou.core.catalogue.Names;

/// What an item is searched by (检索词), computed here so that both stores search the same.
final class SearchTerms {

    /// The fields in the order of their rank, as the table of terms names them.
    static final List<String> FIELDS = List.of("c", "a", "n", "i", "p");

    /// The rank of names.
    static final int NAMES = FIELDS.indexOf("n");

    /// The rank of initials: behind it come items that may begin with the question in a line of what they hold.
    static final int INITIALS = FIELDS.indexOf("i");

    /// The fields that may hold a question in their middle: names and initials.
    static final Set<String> HOLDING = Set.of("n", "i");

    /// The rank of what is only held somewhere in a text.
    static final int HELD = FIELDS.size();

    /// As many letters of a syllable's beginning as the stores keep; what goes on behind is compared here.
    private static final int SOUND = 6;

    private static final char SOUND_MARK = '~';

    private SearchTerms() {
    }

    /// A text without what is not a letter or a digit, in the form in which names are compared.
    static String plain(String text) {
        if (text.isEmpty()) {
            return text;
        }
        var compared = Names.plain(text);
        var plain = new StringBuilder(compared.length());
        for (int i = 0, point; i < compared.length(); i += Character.charCount(point)) {
            point = compared.codePointAt(i);
            if (Character.isLetterOrDigit(point)) {
                plain.appendCodePoint(point);
            }
        }
        return plain.length() == compared.length() ? compared : plain.toString();
    }

    /// The terms of a field.
    static List<String> of(Catalogue.Entry entry, String field) {
        return switch (field) {
            case "c" -> plain(List.of(entry.code()), entry.attribute(Catalogue.Entry.NATIONAL_CODE));
            case "a" -> plain(List.of(), entry.approval());
            case "n" -> plain(entry.names(), entry.generic());
            case "i" -> plain(entry.initials(), "");
            default -> plain(entry.spellings(), "");
        };
    }

    private static List<String> plain(List<String> texts, String further) {
        var terms = new ArrayList<String>(texts.size() + 1);
        texts.forEach(text -> add(terms, text));
        add(terms, further);
        return terms;
    }

    private static void add(List<String> terms, String text) {
        var term = plain(text);
        if (!term.isEmpty() && !terms.contains(term)) {
            terms.add(term);
        }
    }

    /// Whether a text may be pinyin: it is then looked for at the beginnings of syllables too.
    static boolean mayBeSound(String text) {
        return text.length() > 1 && letters(text, 0, text.length()) == text.length();
    }

    /// What the stores are asked for of a text that may be pinyin: its beginning, with the mark of [#sounds].
    static String sound(String text) {
        return SOUND_MARK + text.substring(0, Math.min(SOUND, text.length()));
    }

    /// What a longer text that may be pinyin must hold as well: one of these begins its second syllable. Empty where
    /// the stores keep the whole text.
    static List<String> furtherSounds(String text) {
        if (text.length() <= SOUND) {
            return List.of();
        }
        // No syllable is longer, and of that length are only chuang, shuang and zhuang.
        var longest = text.startsWith("huang", 1) ? SOUND : SOUND - 1;
        return text.length() - longest < 2 ? List.of() : IntStream.rangeClosed(1, longest)
                .mapToObj(from -> sound(text.substring(from))).toList();
    }

    /// The beginnings of syllables within full pinyin (拼音音节): from each syllable but the first one, which the
    /// spelling itself begins with, the next letters behind a mark.
    static Set<String> sounds(Catalogue.Entry entry) {
        var sounds = new LinkedHashSet<String>();
        for (var spelling : entry.spellings()) {
            var joined = spelling.replace(" ", "");
            var start = 0;
            for (var space = spelling.indexOf(' '); space >= 0; space = spelling.indexOf(' ', space + 1)) {
                var at = space - start++;
                var end = letters(joined, at, Math.min(joined.length(), at + SOUND));
                if (end - at > 1) {
                    sounds.add(SOUND_MARK + joined.substring(at, end));
                }
            }
        }
        return sounds;
    }

    /// The words under which sounds are indexed: every beginning of at least two letters.
    static Set<String> soundWords(Set<String> sounds) {
        var words = new LinkedHashSet<String>();
        for (var sound : sounds) {
            for (var end = 3; end <= sound.length(); end++) {
                words.add(soundWord(sound.substring(0, end)));
            }
        }
        return words;
    }

    /// A sound as a word of the index, which no pair of characters looks like.
    static String soundWord(String sound) {
        return "z" + sound.substring(1);
    }

    /// Up to where a text holds nothing but letters of pinyin and digits.
    private static int letters(String text, int from, int to) {
        for (var i = from; i < to; i++) {
            var letter = text.charAt(i);
            if ((letter < 'a' || letter > 'z') && (letter < '0' || letter > '9')) {
                return i;
            }
        }
        return to;
    }

    private static boolean sounds(Catalogue.Entry entry, String question) {
        if (!mayBeSound(question)) {
            return false;
        }
        for (var spelling : entry.spellings()) {
            for (var space = spelling.indexOf(' '); space >= 0; space = spelling.indexOf(' ', space + 1)) {
                if (spelling.substring(space).replace(" ", "").startsWith(question)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The pairs of neighbouring characters of lines, in letters that every store takes as they are.
    static Set<String> grams(String lines) {
        var grams = new LinkedHashSet<String>();
        var before = -1;
        var gram = new StringBuilder(12);
        for (int i = 0, point; i < lines.length(); i += Character.charCount(point)) {
            point = lines.codePointAt(i);
            if (point != '\n' && before >= 0) {
                gram.setLength(0);
                hex(gram, before);
                gram.append('x');
                hex(gram, point);
                grams.add(gram.toString());
            }
            before = point == '\n' ? -1 : point;
        }
        return grams;
    }

    private static void hex(StringBuilder to, int point) {
        for (var shift = (31 - Integer.numberOfLeadingZeros(point | 1)) & ~3; shift >= 0; shift -= 4) {
            to.append(Character.forDigit(point >> shift & 15, 16));
        }
    }

    /// Under which rank and term a question finds an item first.
    static Catalogue.Place best(Catalogue.Entry entry, long item, String question) {
        for (var rank = 0; rank < FIELDS.size(); rank++) {
            var at = rank;
            var best = of(entry, FIELDS.get(rank)).stream().filter(term -> term.startsWith(question))
                    .map(term -> new Catalogue.Place(at, term, item)).min(Comparator.naturalOrder());
            if (best.isPresent()) {
                return best.get();
            }
        }
        return new Catalogue.Place(HELD, "", item);
    }

    /// Where a question finds an item first, if it does.
    static Optional<Catalogue.Place> found(Catalogue.Entry entry, long item, String question) {
        var best = best(entry, item, question);
        return best.rank() < HELD || question.codePointCount(0, question.length()) > 1 && HOLDING.stream()
                .flatMap(field -> of(entry, field).stream()).anyMatch(term -> term.contains(question))
                || sounds(entry, question)
                ? Optional.of(best) : Optional.empty();
    }
}
