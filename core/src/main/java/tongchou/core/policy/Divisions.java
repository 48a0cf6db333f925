package tongchou.core.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tongchou.core.calendar.InForce;

/// Which division codes changed and when (区划沿革).
///
/// A code that is not listed has not changed, as far as the packs know: pooling areas also use codes that no national
/// list holds, such as those ending in 99 for what a city runs itself (市本级).
public final class Divisions {

    /// No code has changed.
    public static final Divisions NONE = new Divisions(List.of());

    private final Map<String, Division> byCode = new LinkedHashMap<>();

    /// Codes that changed.
    ///
    /// @param changed of two with the same code the later one counts
    public Divisions(List<Division> changed) {
        changed.forEach(one -> byCode.put(one.code(), one));
    }

    /// These and others, which replace those of the same code.
    public Divisions with(Divisions others) {
        var all = new ArrayList<>(byCode.values());
        all.addAll(others.byCode.values());
        return new Divisions(all);
    }

    /// What is known of a code; nothing when it has not changed.
    public Optional<Division> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /// The code and, where it was withdrawn, all that came after it, the nearest first.
    public Set<String> line(String code) {
        var line = new LinkedHashSet<String>();
        var waiting = new ArrayList<>(List.of(code));
        while (!waiting.isEmpty()) {
            var next = waiting.removeFirst();
            if (line.add(next)) {
                find(next).ifPresent(one -> waiting.addAll(one.becomes()));
            }
        }
        return line;
    }

    /// The known code that cannot stand on any day of a period.
    public Optional<Division> outside(String code, InForce period) {
        return find(code).filter(one -> !one.inForce().overlaps(period));
    }

    /// Whether two codes stand for one place, or one of them holds the other: the same, one the former code of the
    /// other, or the other lies in the one, a city (`....00`, or `....99` for what it runs itself) or a province.
    public boolean agree(String left, String right) {
        return line(left).contains(right) || line(right).contains(left)
                || right.startsWith(beginning(left)) || left.startsWith(beginning(right));
    }

    private static String beginning(String code) {
        return code.replaceFirst("(0000|00|99)$", "");
    }
}
