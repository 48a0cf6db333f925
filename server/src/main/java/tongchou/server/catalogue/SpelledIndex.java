package tongchou.server.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.Syllables;

/// An index over many items of a pack (检索索引): a page of what a text finds, in its order, without looking at all.
///
/// Terms lie sorted, rank by rank, as places in the texts of their items. What a question may stand in the middle of is
/// found by the pairs of signs in names and initials, and by the first three letters from each syllable on.
final class SpelledIndex {

    private static final int THREE = 3;
    private static final int SIGN = 21;

    private final List<Spelled> items;
    private final long[][] terms = new long[Spelled.WITHIN][];
    private final Map<Long, Places> pairs;
    private final NavigableMap<Long, Places> sounds = new TreeMap<>();

    /// @param items by their codes
    SpelledIndex(List<Spelled> items) {
        this.items = items;
        var pairs = new HashMap<Long, Places>();
        for (var rank = Spelled.CODES; rank <= Spelled.SPELLINGS; rank++) {
            terms[rank] = sorted(rank);
        }
        for (var item = 0; item < items.size(); item++) {
            var one = items.get(item);
            for (var rank : List.of(Spelled.NAMES, Spelled.INITIALS)) {
                for (var at : one.begins(rank)) {
                    for (var pair : pairs(one.term(at, rank))) {
                        pairs.computeIfAbsent(pair, key -> new Places()).add(item);
                    }
                }
            }
            for (var at : one.begins(Spelled.SPELLINGS)) {
                sound(one.text(), at, item);
            }
        }
        this.pairs = Map.copyOf(pairs);
        pairs.values().forEach(Places::trim);
        sounds.values().forEach(Places::trim);
    }

    private record Term(String text, int item, int at) {
    }

    private long[] sorted(int rank) {
        var all = new ArrayList<Term>(items.size());
        for (var item = 0; item < items.size(); item++) {
            for (var at : items.get(item).begins(rank)) {
                all.add(new Term(items.get(item).term(at, rank), item, at));
            }
        }
        all.sort((one, other) -> {
            var byText = FoundAt.byCodePoints(one.text, other.text);
            return byText != 0 ? byText : Integer.compare(one.item, other.item);
        });
        return all.stream().mapToLong(term -> (long) term.item << Integer.SIZE | term.at).toArray();
    }

    private static List<Long> pairs(String term) {
        var points = term.codePoints().toArray();
        var pairs = new ArrayList<Long>(points.length);
        for (var i = 1; i < points.length; i++) {
            pairs.add((long) points[i - 1] << SIGN | points[i]);
        }
        return pairs;
    }

    private void sound(String text, int begin, int item) {
        var end = text.indexOf('\n', begin);
        end = end < 0 ? text.length() : end;
        for (var at = text.indexOf(' ', begin, end); at >= 0; at = text.indexOf(' ', at + 1, end)) {
            sounds.computeIfAbsent(letters(text.substring(at + 1, Math.min(end, at + 2 * THREE)).replace(" ", "")),
                    key -> new Places()).add(item);
        }
    }

    /// The first three signs of a text as a number, in their order.
    private static long letters(String text) {
        var key = 0L;
        for (var i = 0; i < THREE; i++) {
            key = key << Character.SIZE | (i < text.length() ? text.charAt(i) : 0);
        }
        return key;
    }

    /// The first of what a plain text finds behind a place.
    ///
    /// @param worth whether an item may be wanted at all, by its number
    /// @param taken what becomes of an item at its place; nothing where it is not wanted
    <H> List<H> find(Asked what, @Nullable FoundAt after, int most, IntPredicate worth,
            Function<At, Optional<H>> taken) {
        var asked = what.text();
        var found = new ArrayList<H>();
        for (var rank = after == null ? 0 : after.rank(); rank < Spelled.WITHIN && found.size() < most; rank++) {
            beginning(rank, what, after, most, worth, taken, found);
        }
        if (found.size() < most && asked.codePointCount(0, asked.length()) > 1) {
            var held = held(what);
            for (var item = held.nextSetBit(0); item >= 0 && found.size() < most;
                    item = held.nextSetBit(item + 1)) {
                var one = items.get(item);
                var at = FoundAt.stated(Spelled.WITHIN, "", one.item().code());
                take(one, item, at, what, after, worth, taken).ifPresent(found::add);
            }
        }
        return found;
    }

    /// What is asked.
    ///
    /// @param text as [Spelled#plain] has it
    /// @param syllables of the text; null where it is no pinyin
    record Asked(String text, @Nullable Syllables syllables) {

        /// A text as somebody types it.
        static Asked of(String text) {
            var plain = Spelled.plain(text);
            return new Asked(plain, Syllables.of(plain));
        }
    }

    /// An item at its place.
    record At(Spelled spelled, FoundAt place) {
    }

    private <H> void beginning(int rank, Asked what, @Nullable FoundAt after, int most, IntPredicate worth,
            Function<At, Optional<H>> taken, List<H> found) {
        var sorted = terms[rank];
        var asked = what.text();
        var from = after != null && after.rank() == rank && FoundAt.byCodePoints(after.term(), asked) > 0
                ? after.term() : asked;
        var begin = first(rank, term -> FoundAt.byCodePoints(term, from) >= 0);
        var end = first(rank, term -> FoundAt.byCodePoints(term, asked) >= 0 && !term.startsWith(asked));
        for (var place = begin; place < end && found.size() < most; place++) {
            // What is not wanted is passed over without a look at its text: there may be all of them.
            var item = (int) (sorted[place] >>> Integer.SIZE);
            if (worth.test(item)) {
                var one = items.get(item);
                take(one, item, FoundAt.stated(rank, one.term((int) sorted[place], rank), one.item().code()), what,
                        after, worth, taken).ifPresent(found::add);
            }
        }
    }

    private static <H> Optional<H> take(Spelled one, int item, FoundAt at, Asked what, @Nullable FoundAt after,
            IntPredicate worth, Function<At, Optional<H>> taken) {
        return worth.test(item) && (after == null || at.compareTo(after) > 0)
                && one.place(what.text(), what.syllables()).filter(at::equals).isPresent()
                ? taken.apply(new At(one, at)) : Optional.empty();
    }

    /// The first term of a rank of which something is so, as it is of all behind it.
    private int first(int rank, Predicate<String> so) {
        var sorted = terms[rank];
        var low = 0;
        var high = sorted.length;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (so.test(items.get((int) (sorted[middle] >>> Integer.SIZE)).term((int) sorted[middle], rank))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// Every item that may hold a text in its middle, and others.
    private BitSet held(Asked what) {
        var held = new BitSet(items.size());
        Places fewest = null;
        for (var pair : pairs(what.text())) {
            var places = pairs.getOrDefault(pair, Places.NONE);
            fewest = fewest == null || places.count < fewest.count ? places : fewest;
        }
        if (fewest != null) {
            fewest.addTo(held);
        }
        if (what.syllables() != null) {
            var from = letters(what.text());
            var to = what.text().length() < THREE ? from | Character.MAX_VALUE : from;
            sounds.subMap(from, true, to, true).values().forEach(places -> places.addTo(held));
        }
        return held;
    }

    /// Numbers of items, rising.
    private static final class Places {

        private static final Places NONE = new Places();

        private int[] items = new int[2];
        private int count;

        void add(int item) {
            if (count > 0 && items[count - 1] == item) {
                return;
            }
            if (count == items.length) {
                items = Arrays.copyOf(items, count + (count >> 1) + 1);
            }
            items[count++] = item;
        }

        void trim() {
            items = Arrays.copyOf(items, count);
        }

        void addTo(BitSet set) {
            for (var i = 0; i < count; i++) {
                set.set(items[i]);
            }
        }
    }
}
