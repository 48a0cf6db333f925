package tongchou.core.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How letters typed in one go divide into syllables of pinyin (音节切分), the last of which may be begun only.
///
/// Spellings of names have a space before every syllable, and before every single letter and digit that is none. Of all
/// ways to divide a text, those count that leave the fewest signs outside of syllables; `xian` may be one or two.
public final class Syllables {

    /// The syllables of Standard Chinese, ü as v: a beginning, `-` for none, and what follows it.
    private static final String TABLE = """
            - a ai an ang ao e ei en eng er o ou
            b a ai an ang ao ei en eng i ian iao ie in ing o u
            c a ai an ang ao e en eng i ong ou u uan ui un uo
            ch a ai an ang ao e en eng i ong ou u uai uan uang ui un uo
            d a ai an ang ao e ei eng i ia ian iao ie ing iu ong ou u uan ui un uo
            f a an ang ei en eng o ou u
            g a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
            h a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
            j i ia ian iang iao ie in ing iong iu u uan ue un
            k a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo
            l a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan ue un uo v ve
            m a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u
            n a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve
            p a ai an ang ao ei en eng i ian iao ie in ing o ou u
            q i ia ian iang iao ie in ing iong iu u uan ue un
            r an ang ao e en eng i ong ou u uan ui un uo
            s a ai an ang ao e en eng i ong ou u uan ui un uo
            sh a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo
            t a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo
            w a ai an ang ei en eng o u
            x i ia ian iang iao ie in ing iong iu u uan ue un
            y a an ang ao e i in ing o ong ou u uan ue un
            z a ai an ang ao e ei en eng i ong ou u uan ui un uo
            zh a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo
            """;

    /// `zhuang`.
    private static final int LONGEST = 6;

    private static final Set<String> WHOLE = whole();
    private static final Set<String> BEGUN = begun();

    private final String text;
    private final List<List<Integer>> ends;

    private Syllables(String text, List<List<Integer>> ends) {
        this.text = text;
        this.ends = ends;
    }

    /// Divides a text; null where there is nothing to look for syllables with: fewer than two signs, or others than
    /// letters from a to z and digits.
    public static @Nullable Syllables of(String text) {
        return text.length() < 2 || !text.chars().allMatch(sign -> sign >= 'a' && sign <= 'z'
                || sign >= '0' && sign <= '9') ? null : new Syllables(text, ends(text));
    }

    /// The first syllable, as short as any way has it.
    public String first() {
        return text.substring(0, ends.getFirst().getFirst());
    }

    /// What is left of the text from each place on at which all ways begin a syllable, the whole text among it.
    public List<String> rests() {
        var rests = new ArrayList<String>();
        var farthest = 0;
        for (var at = 0; at < text.length(); at++) {
            if (farthest <= at) {
                rests.add(text.substring(at));
            }
            farthest = Math.max(farthest, ends.get(at).isEmpty() ? 0 : ends.get(at).getLast());
        }
        return rests;
    }

    /// Whether a spelling has the letters from one of its syllables on, other than the first.
    public boolean isWithin(String spelling) {
        for (var space = spelling.indexOf(' '); space >= 0; space = spelling.indexOf(' ', space + 1)) {
            if (begins(spelling, space + 1)) {
                return true;
            }
        }
        return false;
    }

    private boolean begins(String spelling, int from) {
        var at = 0;
        for (var begin = from; at < text.length() && begin < spelling.length();) {
            var space = spelling.indexOf(' ', begin);
            var end = space < 0 ? spelling.length() : space;
            var next = Math.min(at + end - begin, text.length());
            if (!spelling.startsWith(text.substring(at, next), begin) || !ends.get(at).contains(next)) {
                return false;
            }
            at = next;
            begin = end + 1;
        }
        return at == text.length();
    }

    /// Per place of a text that one of the ways comes to, where the syllables end that begin there; none for others.
    private static List<List<Integer>> ends(String text) {
        var foreign = new int[text.length() + 1];
        var ends = new ArrayList<List<Integer>>(Collections.nCopies(text.length(), List.of()));
        for (var at = text.length() - 1; at >= 0; at--) {
            var place = at;
            var costs = IntStream.rangeClosed(at + 1, Math.min(text.length(), at + LONGEST)).boxed()
                    .filter(end -> end == place + 1 || isSyllable(text, place, end)).collect(Collectors.toMap(
                            end -> end, end -> foreign[end] + (isSyllable(text, place, end) ? 0 : 1)));
            foreign[at] = Collections.min(costs.values());
            ends.set(at, costs.keySet().stream().filter(end -> costs.get(end) == foreign[place]).sorted().toList());
        }
        var reached = new TreeSet<>(List.of(0));
        for (var at = 0; at < text.length(); at++) {
            if (reached.contains(at)) {
                reached.addAll(ends.get(at));
            } else {
                ends.set(at, List.of());
            }
        }
        return ends;
    }

    /// Whether letters are a syllable, or at the end of a text what may begin one.
    private static boolean isSyllable(String text, int from, int to) {
        return (to == text.length() ? BEGUN : WHOLE).contains(text.substring(from, to));
    }

    private static Set<String> whole() {
        var whole = new HashSet<String>();
        TABLE.lines().map(line -> line.split(" ")).forEach(line -> Arrays.stream(line).skip(1)
                .forEach(end -> whole.add((line[0].equals("-") ? "" : line[0]) + end)));
        return Set.copyOf(whole);
    }

    private static Set<String> begun() {
        var begun = new HashSet<String>();
        for (var syllable : WHOLE) {
            for (var end = 1; end <= syllable.length(); end++) {
                begun.add(syllable.substring(0, end));
            }
        }
        return begun;
    }
}
