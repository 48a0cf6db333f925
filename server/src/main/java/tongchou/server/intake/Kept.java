package tongchou.server.intake;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

/// What was once worked out for an object, such as a rule, found again by the object itself (对象缓存).
///
/// Reading neither locks nor compares; adding copies everything, which happens once for each of a few thousand objects.
///
/// @param <K> the objects, which live at least as long
/// @param <V> what was worked out
final class Kept<K, V> {

    private static final int MOST = 10_000;

    private final Function<K, V> work;
    private volatile Map<K, V> all = new IdentityHashMap<>();

    Kept(Function<K, V> work) {
        this.work = work;
    }

    V of(K key) {
        var known = all.get(key);
        return known != null ? known : add(key, work.apply(key));
    }

    private synchronized V add(K key, V value) {
        var next = new IdentityHashMap<>(all);
        var first = next.putIfAbsent(key, value);
        if (next.size() <= MOST) {
            all = next;
        }
        return first == null ? value : first;
    }
}
