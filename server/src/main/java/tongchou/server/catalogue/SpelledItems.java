package tongchou.server.catalogue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Alias;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Found;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.Names;
import tongchou.core.catalogue.Tables;
import tongchou.core.catalogue.Target;
import tongchou.server.pricing.Converging;

/// The items of packs by what people type (条目检索): code, name, approval number, initials and full pinyin, read with
/// the same words as imports are, and ranked as they are.
public final class SpelledItems {

    /// The place of names and of initials among the terms of an item: what holds a question in its middle.
    private static final int NAMES = 2;
    private static final int INITIALS = 3;

    /// What may be pinyin is looked for at the beginnings of syllables too.
    private static final Pattern SOUND = Pattern.compile("[a-z0-9]+");

    private final Readings readings = new Readings();
    private final Map<String, Map<ItemKind, List<Spelled>>> byArea = new ConcurrentHashMap<>();

    /// An item with what it is found by.
    ///
    /// @param terms in the order of their rank: codes, approval numbers, names, initials, spellings
    /// @param sounds the spellings from each syllable but the first
    public record Spelled(Item item, List<List<String>> terms, List<String> initials, List<String> sounds) {
    }

    /// An item that was found (检索命中).
    public record Hit(Spelled spelled, Found<Item> found, FoundAt at) {
    }

    private List<Spelled> spelled(String area, Catalogue catalogue, ItemKind kind) {
        return byArea.computeIfAbsent(area, name -> {
            var national = national(catalogue);
            return Converging.items(catalogue).stream()
                    .map(item -> spelled(item, national.getOrDefault(item.code(), List.of())))
                    .collect(Collectors.groupingBy(one -> one.item().kind()));
        }).getOrDefault(kind, List.of());
    }

    /// The codes that everybody may send for an item, by its own code.
    private static Map<String, List<String>> national(Catalogue catalogue) {
        Map<String, List<String>> codes = new HashMap<>();
        for (var listing : catalogue.listings()) {
            if (listing instanceof Tables tables) {
                tables.all(Alias.class).filter(fact -> fact.value().user().isEmpty()).forEach(fact -> {
                    if (fact.target() instanceof Target.Code(var code)) {
                        codes.computeIfAbsent(fact.value().code(), item -> new ArrayList<>(1)).add(code);
                    }
                });
            }
        }
        return codes;
    }

    private Spelled spelled(Item item, List<String> national) {
        var read = readings.of(item.names());
        var codes = Stream.concat(Stream.of(item.code(), item.attribute("national-code")), national.stream()).toList();
        return new Spelled(item, Stream.of(codes, List.of(item.attribute("approval")), item.names(),
                read.initials(), read.spellings()).map(terms -> terms.stream().map(SpelledItems::plain)
                .filter(term -> !term.isEmpty()).distinct().toList()).toList(), read.initials(),
                sounds(read.spellings()));
    }

    private static List<String> sounds(List<String> spellings) {
        var sounds = new LinkedHashSet<String>();
        for (var spelling : spellings) {
            for (var space = spelling.indexOf(' '); space >= 0; space = spelling.indexOf(' ', space + 1)) {
                sounds.add(spelling.substring(space).replace(" ", ""));
            }
        }
        return List.copyOf(sounds);
    }

    private static String plain(String text) {
        var plain = new StringBuilder();
        Names.plain(text).codePoints().filter(Character::isLetterOrDigit).forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /// The items of a kind in force on a day that a question finds, the best first.
    ///
    /// @param area a name of the catalogue that changes when it does
    public List<Hit> find(String area, Catalogue catalogue, ItemKind kind, LocalDate day, String question,
            Predicate<Found<Item>> filter) {
        var asked = plain(question);
        var hits = new ArrayList<Hit>();
        if (asked.isEmpty() && !question.isBlank()) {
            return hits;
        }
        for (var one : spelled(area, catalogue, kind)) {
            place(one, asked).ifPresent(at -> catalogue.item(one.item().code(), day, KnownOn.LATEST).filter(filter)
                    .ifPresent(found -> hits.add(new Hit(one, found, at))));
        }
        hits.sort(Comparator.comparing(Hit::at));
        return hits;
    }

    private static Optional<FoundAt> place(Spelled one, String asked) {
        for (var rank = 0; rank < one.terms().size(); rank++) {
            for (var term : one.terms().get(rank)) {
                if (term.startsWith(asked)) {
                    return Optional.of(FoundAt.stated(rank, best(one.terms().get(rank), asked), one.item().code()));
                }
            }
        }
        return asked.codePointCount(0, asked.length()) > 1 && (holds(one, NAMES, asked) || holds(one, INITIALS, asked)
                || SOUND.matcher(asked).matches() && one.sounds().stream().anyMatch(sound -> sound.startsWith(asked)))
                ? Optional.of(FoundAt.stated(one.terms().size(), "", one.item().code())) : Optional.empty();
    }

    private static String best(List<String> terms, String asked) {
        return terms.stream().filter(term -> term.startsWith(asked)).min(FoundAt::byCodePoints).orElseThrow();
    }

    private static boolean holds(Spelled one, int terms, String asked) {
        for (var term : one.terms().get(terms)) {
            if (term.contains(asked)) {
                return true;
            }
        }
        return false;
    }
}
