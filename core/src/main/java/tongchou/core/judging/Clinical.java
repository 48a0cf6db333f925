package tongchou.core.judging;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.Restriction;

/// What the restrictions of a catalogue ask about a patient (临床信息).
///
/// @param sex null where not said
/// @param diagnoses diagnosis codes; an empty set says that there is none
/// @param department department that prescribes, in the words of the pack; null where not said
/// @param usedBefore codes of items used before without success
/// @param evidence words of findings on record
public record Clinical(
        Restriction.@Nullable Sex sex,
        Set<String> diagnoses,
        @Nullable String department,
        Set<String> usedBefore,
        Set<String> evidence) {

    /// Copies the sets.
    public Clinical {
        diagnoses = Set.copyOf(diagnoses);
        usedBefore = Set.copyOf(usedBefore);
        evidence = Set.copyOf(evidence);
    }
}
