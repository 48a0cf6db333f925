package tongchou.server.catalogue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Alias;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Found;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.Names;
import tongchou.core.catalogue.Syllables;
import tongchou.core.catalogue.Tables;
import tongchou.core.catalogue.Target;
import tongchou.server.pricing.Converging;

/// The items of packs by what people type (条目检索): code, name, approval number, initials and full pinyin, read with
/// the same words as imports are, and ranked as they are.
///
/// An area is spelled once, by whoever comes first: ahead of questions or by the first of them, and all others wait for
/// it. What could not be spelled is tried again by the next who asks. Areas share the items that their packs share.
public final class SpelledItems {

    /// The place of names and of initials among the terms of an item: what holds a question in its middle.
    private static final int NAMES = 2;
    private static final int INITIALS = 3;

    private final Function<List<String>, Readings.Reading> readings;
    private final Map<String, FutureTask<Map<ItemKind, List<Spelled>>>> byArea = new ConcurrentHashMap<>();
    private final Map<Item, List<Spelled>> shared = Collections.synchronizedMap(new IdentityHashMap<>());

    /// Items read with the words of this Tongchou.
    SpelledItems() {
        this(new Readings()::of);
    }

    /// Items read in another way.
    SpelledItems(Function<List<String>, Readings.Reading> readings) {
        this.readings = readings;
    }

    /// An item with what it is found by.
    ///
    /// @param terms in the order of their rank: codes, approval numbers, names, initials, spellings
    /// @param spellings full pinyin, a space between syllables
    public record Spelled(Item item, List<List<String>> terms, List<String> initials, List<String> spellings) {
    }

    /// An item that was found (检索命中).
    public record Hit(Spelled spelled, Found<Item> found, FoundAt at) {
    }

    /// Spells an area unless that is done, or waits for who is doing it.
    void makeReady(String area, Catalogue catalogue) {
        spelled(area, catalogue);
    }

    /// Forgets all areas but some.
    void keepOnly(Set<String> areas) {
        byArea.keySet().retainAll(areas);
        shared.clear();
    }

    private Map<ItemKind, List<Spelled>> spelled(String area, Catalogue catalogue) {
        var mine = new FutureTask<>(() -> spelled(catalogue));
        var other = byArea.putIfAbsent(area, mine);
        if (other == null) {
            mine.run();
        }
        var task = other == null ? mine : other;
        try {
            return task.get();
        } catch (ExecutionException failed) {
            byArea.remove(area, task);
            throw new IllegalStateException("the catalogue " + area + " could not be spelled", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while the catalogue " + area + " was spelled", stopped);
        }
    }

    private Map<ItemKind, List<Spelled>> spelled(Catalogue catalogue) {
        var national = national(catalogue);
        return Converging.items(catalogue).stream()
                .map(item -> spelled(item, national.getOrDefault(item.code(), List.of())))
                .collect(Collectors.groupingBy(one -> one.item().kind()));
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
        var codes = plain(Stream.concat(Stream.of(item.code(), item.attribute("national-code")), national.stream())
                .toList());
        var known = shared.computeIfAbsent(item, one -> List.of(read(one, codes)));
        for (var one : known) {
            if (one.terms().getFirst().equals(codes)) {
                return one;
            }
        }
        var terms = new ArrayList<>(known.getFirst().terms());
        terms.set(0, codes);
        return new Spelled(item, List.copyOf(terms), known.getFirst().initials(), known.getFirst().spellings());
    }

    private Spelled read(Item item, List<String> codes) {
        var read = readings.apply(item.names());
        return new Spelled(item, List.of(codes, plain(List.of(item.attribute("approval"))), plain(item.names()),
                plain(read.initials()), plain(read.spellings())), read.initials(), read.spellings());
    }

    private static List<String> plain(List<String> terms) {
        return terms.stream().map(SpelledItems::plain).filter(term -> !term.isEmpty()).distinct().toList();
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
        var syllables = Syllables.of(asked);
        for (var one : spelled(area, catalogue).getOrDefault(kind, List.of())) {
            place(one, asked, syllables).ifPresent(at -> catalogue.item(one.item().code(), day, KnownOn.LATEST)
                    .filter(filter).ifPresent(found -> hits.add(new Hit(one, found, at))));
        }
        hits.sort(Comparator.comparing(Hit::at));
        return hits;
    }

    private static Optional<FoundAt> place(Spelled one, String asked, @Nullable Syllables syllables) {
        for (var rank = 0; rank < one.terms().size(); rank++) {
            for (var term : one.terms().get(rank)) {
                if (term.startsWith(asked)) {
                    return Optional.of(FoundAt.stated(rank, best(one.terms().get(rank), asked), one.item().code()));
                }
            }
        }
        return asked.codePointCount(0, asked.length()) > 1 && (holds(one, NAMES, asked) || holds(one, INITIALS, asked)
                || syllables != null && one.spellings().stream().anyMatch(syllables::isWithin))
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
