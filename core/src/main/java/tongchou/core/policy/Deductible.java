package tongchou.core.policy;

import java.util.List;
import tongchou.core.calendar.Period;

/// What the patient bears before a layer pays (起付线).
///
/// @param per how long it remembers: a yearly deductible is owed once a year
/// @param counter name of the sum that was already borne in that period; deductibles that share the name share
///         the memory, across tiers and benefits
/// @param timesMonths whether a long prescription multiplies it by its months
/// @param rows the amounts
/// @param changes rules applied to the amount in their order, each when its own condition holds
public record Deductible(
        Period per, String counter, boolean timesMonths, Table<Amount> rows, List<Table<DeductibleChange>> changes) {

    /// Copies the changes.
    public Deductible {
        changes = List.copyOf(changes);
    }
}
