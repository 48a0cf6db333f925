package tongchou.core.catalogue;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tongchou.core.calendar.InForce;
import tongchou.core.calendar.KnownOn;

/// One dated, cited statement of a catalogue (目录事实).
///
/// @param target what it is about
/// @param inForce the days on which it holds
/// @param issued the day from which it was known
/// @param <V> what it states
public record Fact<V extends Stated>(Target target, V value, InForce inForce, LocalDate issued, Origin origin) {

    /// Of facts about one target, those that hold on a day as they were known on a day: per slot the one that began
    /// last, and of two that began together the one issued later. A fact whose last day has passed leaves a gap, it
    /// does not bring its predecessor back.
    public static <V extends Stated> List<Fact<V>> on(List<Fact<V>> facts, LocalDate day, KnownOn known) {
        if (facts.size() == 1) {
            var only = facts.getFirst();
            return known.knows(only.issued) && only.inForce.covers(day) ? facts : List.of();
        }
        Map<String, Fact<V>> latest = new LinkedHashMap<>();
        for (var fact : facts) {
            if (known.knows(fact.issued) && !day.isBefore(fact.inForce.from())) {
                latest.merge(fact.value.slot(), fact, (old, candidate) -> candidate.succeeds(old) ? candidate : old);
            }
        }
        return latest.values().stream().filter(fact -> fact.inForce.covers(day)).toList();
    }

    private boolean succeeds(Fact<V> other) {
        var byFirstDay = inForce.from().compareTo(other.inForce.from());
        return byFirstDay > 0 || byFirstDay == 0 && issued.isAfter(other.issued);
    }

    /// The order of tables: by target, slot and first day.
    public static Comparator<Fact<?>> order() {
        return Comparator.comparing((Fact<?> fact) -> fact.target().toString())
                .thenComparing(fact -> fact.value().slot()).thenComparing(fact -> fact.inForce().from());
    }
}
