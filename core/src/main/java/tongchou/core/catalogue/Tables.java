package tongchou.core.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A listing held in memory (内存目录), as packs have it.
public final class Tables implements Listing {

    private final String level;
    private final List<Fact<?>> all;
    private final Map<Class<? extends Stated>, Map<Target, List<Fact<?>>>> byTarget = new HashMap<>();
    private final Map<String, List<String>> byName = new HashMap<>();

    /// The facts of one level, in the order of [Fact#order()].
    public Tables(String level, Collection<? extends Fact<?>> facts) {
        this.level = level;
        this.all = facts.stream().<Fact<?>>map(fact -> fact).sorted(Fact.order()).toList();
        for (var fact : all) {
            byTarget.computeIfAbsent(kind(fact.value()), type -> new HashMap<>())
                    .computeIfAbsent(fact.target(), target -> new ArrayList<>(1)).add(fact);
            if (fact.value() instanceof Item item) {
                for (var name : item.names()) {
                    var codes = byName.computeIfAbsent(Names.plain(name), plain -> new ArrayList<>(1));
                    if (!codes.contains(item.code())) {
                        codes.add(item.code());
                    }
                }
            }
        }
    }

    private static Class<? extends Stated> kind(Stated value) {
        return value instanceof Standard ? Standard.class : value.getClass();
    }

    @Override
    public String level() {
        return level;
    }

    /// Every fact, sorted by target, slot and first day.
    public List<Fact<?>> all() {
        return all;
    }

    /// Every fact of a kind, in the same order.
    public <V extends Stated> Stream<Fact<V>> all(Class<V> type) {
        return all.stream().filter(fact -> type.isInstance(fact.value())).map(Tables::<V>same);
    }

    @Override
    public <V extends Stated> List<Fact<V>> facts(Class<V> type, Target target) {
        var found = byTarget.getOrDefault(type, Map.of()).get(target);
        return found == null ? List.of() : found.stream().map(Tables::<V>same).toList();
    }

    /// The same fact under the type by which it was filed.
    @SuppressWarnings("unchecked")
    private static <V extends Stated> Fact<V> same(Fact<?> fact) {
        return (Fact<V>) fact;
    }

    @Override
    public List<Target.Numbers> ranges(Class<? extends Stated> type) {
        return byTarget.getOrDefault(type, Map.of()).keySet().stream()
                .filter(Target.Numbers.class::isInstance).map(Target.Numbers.class::cast).toList();
    }

    @Override
    public List<String> named(String name) {
        return List.copyOf(byName.getOrDefault(Names.plain(name), List.of()));
    }
}
