package tongchou.server.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.Names;
import tongchou.core.catalogue.Syllables;

/// An item of a pack with what it is found by (检索词), in one text, because a pack may hold hundreds of thousands.
///
/// @param text the terms of each rank, parted by line feeds, the ranks by form feeds: codes, approval numbers, names,
///         initials, spellings with a space between syllables
public record Spelled(Item item, String text) {

    static final int CODES = 0;
    static final int APPROVALS = 1;
    static final int NAMES = 2;
    static final int INITIALS = 3;
    static final int SPELLINGS = 4;

    /// The rank of what holds a question in its middle, behind all ranks of terms.
    static final int WITHIN = 5;

    private static final char TERM = '\n';
    private static final char RANK = '\f';

    /// An item that is read in a way.
    static Spelled of(Item item, List<String> codes, Readings.Reading read) {
        var ranks = new ArrayList<String>();
        ranks.add(joined(codes));
        for (var terms : List.of(List.of(item.attribute("approval")), item.names(), read.initials())) {
            ranks.add(joined(terms));
        }
        ranks.add(read.spellings().stream().filter(spelling -> !spelling.isEmpty()).distinct()
                .collect(Collectors.joining(String.valueOf(TERM))));
        return new Spelled(item, String.join(String.valueOf(RANK), ranks));
    }

    /// The same item under these codes: this, where it has them already.
    Spelled under(List<String> codes) {
        var first = joined(codes);
        var end = text.indexOf(RANK);
        return end == first.length() && text.startsWith(first) ? this : new Spelled(item, first + text.substring(end));
    }

    private static String joined(List<String> terms) {
        return terms.stream().map(Spelled::plain).filter(term -> !term.isEmpty()).distinct()
                .collect(Collectors.joining(String.valueOf(TERM)));
    }

    /// What counts of a text that somebody types or a list holds: letters and digits, in one shape.
    static String plain(String text) {
        var plain = new StringBuilder();
        Names.plain(text).codePoints().filter(Character::isLetterOrDigit).forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /// The first letters of its names.
    public List<String> initials() {
        return terms(INITIALS);
    }

    /// Where the terms begin, rank by rank.
    List<Integer> begins(int rank) {
        var begins = new ArrayList<Integer>(2);
        var end = end(rank);
        for (var at = begin(rank); at < end; at = next(at, end)) {
            begins.add(at);
        }
        return begins;
    }

    private List<String> terms(int rank) {
        return begins(rank).stream().map(at -> term(at, rank)).toList();
    }

    /// The term that begins at a place.
    String term(int begin, int rank) {
        var end = end(rank);
        var next = text.indexOf(TERM, begin, end);
        var term = text.substring(begin, next < 0 ? end : next);
        return rank == SPELLINGS ? term.replace(" ", "") : term;
    }

    private int begin(int rank) {
        var at = 0;
        for (var left = rank; left > 0; left--) {
            at = text.indexOf(RANK, at) + 1;
        }
        return at;
    }

    private int end(int rank) {
        var end = text.indexOf(RANK, begin(rank));
        return end < 0 ? text.length() : end;
    }

    private int next(int at, int end) {
        var next = text.indexOf(TERM, at, end);
        return next < 0 ? end : next + 1;
    }

    /// Whether what stands at a place begins with a text, spaces between syllables left out.
    boolean begins(int at, String asked) {
        var place = at;
        for (var i = 0; i < asked.length(); i++, place++) {
            while (place < text.length() && text.charAt(place) == ' ') {
                place++;
            }
            if (place >= text.length() || text.charAt(place) != asked.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Where it stands in the order of what a plain text finds.
    ///
    /// @param syllables of the text; null where it is no pinyin
    Optional<FoundAt> place(String asked, @Nullable Syllables syllables) {
        var begin = 0;
        for (var rank = CODES; rank <= SPELLINGS; rank++) {
            var end = text.indexOf(RANK, begin);
            end = end < 0 ? text.length() : end;
            for (var at = begin; at < end; at = next(at, end)) {
                if (begins(at, asked)) {
                    return Optional.of(FoundAt.stated(rank, best(rank, asked), item.code()));
                }
            }
            begin = end + 1;
        }
        return holds(asked, syllables) ? Optional.of(FoundAt.stated(WITHIN, "", item.code())) : Optional.empty();
    }

    private String best(int rank, String asked) {
        return terms(rank).stream().filter(term -> term.startsWith(asked)).min(FoundAt::byCodePoints).orElseThrow();
    }

    /// Whether a name or its initials hold a text of several signs, or it begins at a syllable.
    private boolean holds(String asked, @Nullable Syllables syllables) {
        return asked.codePointCount(0, asked.length()) > 1
                && (text.indexOf(asked, begin(NAMES), end(NAMES)) >= 0
                || text.indexOf(asked, begin(INITIALS), end(INITIALS)) >= 0
                || syllables != null && begins(SPELLINGS).stream().anyMatch(at -> syllables.isWithin(spelling(at))));
    }

    private String spelling(int begin) {
        var end = text.indexOf(TERM, begin);
        return text.substring(begin, end < 0 ? text.length() : end);
    }
}
