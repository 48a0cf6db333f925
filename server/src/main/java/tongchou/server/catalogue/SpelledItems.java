package tongchou.server.catalogue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Alias;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Found;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.PayClass;
import tongchou.core.catalogue.Procurement;
import tongchou.core.catalogue.Tables;
import tongchou.core.catalogue.Target;
import tongchou.server.pricing.Converging;

/// The items of packs by what people type (条目检索): code, name, approval number, initials and full pinyin, read with
/// the same words as imports are, and ranked as they are.
///
/// An area is spelled once, by whoever comes first: ahead of questions or by the first of them, and all others wait for
/// it. What could not be spelled is tried again by the next who asks. Areas share the items that their packs share.
public final class SpelledItems {

    /// From so many items of a kind on they are found by an index; fewer are looked through as fast.
    static final int MANY = 5_000;

    private final Function<List<String>, Readings.Reading> readings;
    private final int many;
    private final Map<String, FutureTask<Map<ItemKind, Kind>>> byArea = new ConcurrentHashMap<>();
    private final Map<Item, Spelled> shared = Collections.synchronizedMap(new IdentityHashMap<>());

    /// Items read with the words of this Tongchou.
    SpelledItems() {
        this(new Readings()::of);
    }

    /// Items read in another way.
    SpelledItems(Function<List<String>, Readings.Reading> readings) {
        this(readings, MANY);
    }

    /// The same with an index from another number of items on.
    SpelledItems(Function<List<String>, Readings.Reading> readings, int many) {
        this.readings = readings;
        this.many = many;
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

    private Map<ItemKind, Kind> spelled(String area, Catalogue catalogue) {
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

    private Map<ItemKind, Kind> spelled(Catalogue catalogue) {
        var national = national(catalogue);
        var kinds = new EnumMap<ItemKind, List<Spelled>>(ItemKind.class);
        Converging.items(catalogue).stream()
                .map(item -> spelled(item, national.getOrDefault(item.code(), List.of())))
                .sorted(Comparator.comparing(one -> one.item().code(), FoundAt::byCodePoints))
                .forEach(one -> kinds.computeIfAbsent(one.item().kind(), kind -> new ArrayList<>()).add(one));
        var ready = new EnumMap<ItemKind, Kind>(ItemKind.class);
        kinds.forEach((kind, items) -> ready.put(kind, items.size() < many ? new Kind(items, null, null)
                : new Kind(items, new SpelledIndex(items), Worth.of(catalogue, items))));
        return ready;
    }

    /// The items of a kind, by their codes.
    ///
    /// @param index null where they are few
    private record Kind(List<Spelled> items, @Nullable SpelledIndex index, @Nullable Worth worth) {

        private static final Kind NONE = new Kind(List.of(), null, null);

        Optional<Spelled> item(String code) {
            var low = 0;
            var high = items.size();
            while (low < high) {
                var middle = (low + high) >>> 1;
                if (FoundAt.byCodePoints(items.get(middle).item().code(), code) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low < items.size() && items.get(low).item().code().equals(code) ? Optional.of(items.get(low))
                    : Optional.empty();
        }
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
        var codes = Stream.concat(Stream.of(item.code(), item.attribute("national-code")), national.stream()).toList();
        return shared.computeIfAbsent(item, one -> Spelled.of(one, codes, readings.apply(one.names()))).under(codes);
    }

    /// What is asked of the items of a kind.
    ///
    /// @param area a name of the catalogue that changes when it does
    /// @param filter what must hold of an item besides; of its class and procurement it says the same as the others
    record Question(String area, Catalogue catalogue, ItemKind kind, LocalDate day, String text,
            @Nullable PayClass payClass, boolean procured, Predicate<Found<Item>> filter) {

        private Optional<Hit> hit(Spelled one, FoundAt at) {
            return catalogue.item(one.item().code(), day, KnownOn.LATEST).filter(filter)
                    .map(found -> new Hit(one, found, at));
        }
    }

    /// The items in force on a day that a question finds, the best first.
    ///
    /// @param after the place behind which they begin; null for the best
    List<Hit> find(Question question, @Nullable FoundAt after, int most) {
        var asked = SpelledIndex.Asked.of(question.text);
        if (asked.text().isEmpty() && !question.text.isBlank()) {
            return List.of();
        }
        var kind = spelled(question.area, question.catalogue).getOrDefault(question.kind, Kind.NONE);
        if (kind.index != null && kind.worth != null) {
            var worth = kind.worth;
            return kind.index.find(asked, after, most, item -> worth.isWorth(item, question.payClass,
                    question.procured), at -> question.hit(at.spelled(), at.place()));
        }
        return kind.items.stream().flatMap(one -> one.place(asked.text(), asked.syllables())
                .filter(at -> after == null || at.compareTo(after) > 0)
                .flatMap(at -> question.hit(one, at)).stream()).sorted(Comparator.comparing(Hit::at)).limit(most)
                .toList();
    }

    /// The item of a code, where a question finds it.
    Optional<Hit> find(Question question, String code) {
        var asked = SpelledIndex.Asked.of(question.text);
        return asked.text().isEmpty() && !question.text.isBlank() ? Optional.empty()
                : spelled(question.area, question.catalogue).getOrDefault(question.kind, Kind.NONE).item(code)
                .flatMap(one -> one.place(asked.text(), asked.syllables()).flatMap(at -> question.hit(one, at)));
    }

    /// Which of many items may be wanted at all, whatever the day (初筛).
    ///
    /// @param classes which classes an item has on any day, a bit for each
    /// @param procured whether it may be in a procurement on any day
    private record Worth(byte[] classes, BitSet procured) {

        static Worth of(Catalogue catalogue, List<Spelled> items) {
            var classes = new byte[items.size()];
            var procured = new BitSet(items.size());
            for (var i = 0; i < classes.length; i++) {
                var item = items.get(i).item();
                var code = new Target.Code(item.code());
                for (var listing : catalogue.listings()) {
                    for (var fact : listing.facts(Item.class, code)) {
                        var payClass = fact.value().payClass();
                        classes[i] |= (byte) (payClass == null ? 0 : 1 << payClass.ordinal());
                    }
                    var targets = Stream.concat(Stream.of(item.kind().word()), item.groups().stream())
                            .<Target>map(Target.Group::new);
                    if (Stream.concat(Stream.of(code), targets).anyMatch(target ->
                            !listing.facts(Procurement.class, target).isEmpty())
                            || !listing.ranges(Procurement.class).isEmpty()) {
                        procured.set(i);
                    }
                }
            }
            return new Worth(classes, procured);
        }

        boolean isWorth(int item, @Nullable PayClass payClass, boolean procurement) {
            return (payClass == null || (classes[item] & 1 << payClass.ordinal()) != 0)
                    && (!procurement || procured.get(item));
        }
    }
}
