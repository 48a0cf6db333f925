package tongchou.core.policy;

import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tongchou.core.encounter.Claim;

/// When a row applies (适用条件): at most one [Demand] per axis, all of which must hold.
///
/// Selection is a table: of the rows whose condition holds, the one that constrains the most axes wins.
///
/// @param demands the demands in the order of the axes; none means always
public record Condition(List<Demand> demands) {

    /// The condition that always holds.
    public static final Condition ALWAYS = new Condition(List.of());

    /// Copies the demands.
    public Condition {
        demands = List.copyOf(demands);
    }

    /// The conjunction of several conditions, or nothing when no claim can meet all of them.
    public static Optional<Condition> all(Collection<Condition> conditions) {
        Map<Axis, Demand> byAxis = new EnumMap<>(Axis.class);
        for (var condition : conditions) {
            for (var demand : condition.demands) {
                var earlier = byAxis.get(demand.axis());
                var both = earlier == null ? demand : earlier.and(demand);
                if (both == null) {
                    return Optional.empty();
                }
                byAxis.put(demand.axis(), both);
            }
        }
        return Optional.of(new Condition(List.copyOf(byAxis.values())));
    }

    /// How many axes it constrains: the more, the more specific.
    public int specificity() {
        return demands.size();
    }

    /// Whether the claim meets every demand.
    ///
    /// @param day the day that binds the claim
    /// @param stayNumber which stay of the benefit year this is, from one
    public boolean holds(Claim claim, LocalDate day, long stayNumber) {
        for (var demand : demands) {
            if (!demand.holds(claim, day, stayNumber)) {
                return false;
            }
        }
        return true;
    }

    /// Whether every claim that meets this condition meets the other too.
    public boolean implies(Condition other) {
        return other.demands.stream().allMatch(wider -> demands.stream().anyMatch(demand -> demand.implies(wider)));
    }
}
