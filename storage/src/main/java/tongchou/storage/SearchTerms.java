package tongchou.storage;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tongchou.core.catalogue.Names;

/// What an item is searched by (检索词), computed here so that both stores search the same.
final class SearchTerms {

    /// The fields in the order of their rank, as the table of terms names them.
    static final List<String> FIELDS = List.of("c", "a", "n", "i", "p");

    /// The rank of initials: behind it come items that may begin with the question in a line of what they hold.
    static final int INITIALS = FIELDS.indexOf("i");

    /// The fields that may hold a question in their middle: names and initials.
    static final Set<String> HOLDING = Set.of("n", "i");

    /// The rank of what is only held somewhere in a text.
    static final int HELD = FIELDS.size();

    private SearchTerms() {
    }

    /// A text without what is not a letter or a digit, in the form in which names are compared.
    static String plain(String text) {
        var plain = new StringBuilder();
        Names.plain(text).codePoints().filter(Character::isLetterOrDigit).forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /// The terms of a field.
    static List<String> of(Catalogue.Entry entry, String field) {
        var texts = switch (field) {
            case "c" -> Stream.of(entry.code(), entry.attribute(Catalogue.Entry.NATIONAL_CODE));
            case "a" -> Stream.of(entry.approval());
            case "n" -> Stream.concat(entry.names().stream(), Stream.of(entry.generic()));
            case "i" -> entry.initials().stream();
            default -> entry.spellings().stream();
        };
        return texts.map(SearchTerms::plain).filter(term -> !term.isEmpty()).distinct().toList();
    }

    /// The pairs of neighbouring characters of lines, in letters that every store takes as they are.
    static Set<String> grams(String lines) {
        Set<String> grams = new LinkedHashSet<>();
        for (var line : lines.split("\n")) {
            var points = line.codePoints().toArray();
            for (var i = 1; i < points.length; i++) {
                grams.add(Integer.toHexString(points[i - 1]) + "x" + Integer.toHexString(points[i]));
            }
        }
        return grams;
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
                ? Optional.of(best) : Optional.empty();
    }
}
