package tongchou.storage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.Names;
import tongchou.core.catalogue.Syllables;

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

    /// Of what syllables begin with, so many letters are a word, and twice and three times as many.
    private static final int SOUND = 2;

    private static final int LONGEST_SOUND = 6;

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

    /// The words under which full pinyin is indexed from each syllable but the first on, with which the spelling itself
    /// begins (拼音音节): what begins there, in a few lengths.
    static Set<String> sounds(Catalogue.Entry entry) {
        var sounds = new LinkedHashSet<String>();
        for (var spelling : entry.spellings()) {
            var joined = spelling.replace(" ", "");
            var before = 0;
            for (var space = spelling.indexOf(' '); space >= 0; space = spelling.indexOf(' ', space + 1)) {
                var at = space - before++;
                for (var end = at + SOUND; end <= Math.min(joined.length(), at + LONGEST_SOUND); end += SOUND) {
                    sounds.add(sound(joined.substring(at, end)));
                }
            }
        }
        return sounds;
    }

    /// The words that an item is indexed under which holds a text as syllables.
    static List<String> sounds(Syllables text) {
        return text.rests().stream().filter(rest -> rest.length() >= SOUND).map(rest -> sound(rest.substring(0,
                Math.min(LONGEST_SOUND, rest.length() / SOUND * SOUND)))).distinct().toList();
    }

    /// A word that no pair of characters looks like.
    private static String sound(String letters) {
        return "z" + letters;
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
                || isWithin(entry, Syllables.of(question))
                ? Optional.of(best) : Optional.empty();
    }

    private static boolean isWithin(Catalogue.Entry entry, @Nullable Syllables syllables) {
        return syllables != null && entry.spellings().stream().anyMatch(syllables::isWithin);
    }
}
