package tongchou.core.judging;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Restriction;
import tongchou.core.encounter.Care;
import tongchou.core.people.Scheme;

/// The facts of an encounter that a catalogue asks about (就诊情形).
///
/// A set or word that is null was not told: a restriction that asks for it is refused, never guessed. An empty set was
/// told to be empty.
///
/// @param day the day that binds the encounter to the rules
/// @param age completed years on that day
/// @param users whose local codes the bill may use, the nearest first: institution code, division
/// @param supplyWeeks weeks of drugs the prescription supplies
/// @param registered whether the patient is registered for the chronic disease that is claimed, stable under treatment
/// @param diagnoses diagnosis codes
/// @param specialty department that prescribes
/// @param before codes of items used before without success
/// @param evidence words of findings on record
/// @param carried codes of items that a referral down carries along (随转诊下转的处方)
public record Circumstances(
        LocalDate day,
        KnownOn known,
        Scheme scheme,
        int age,
        Restriction.@Nullable Sex sex,
        Tier tier,
        List<String> users,
        Care care,
        int supplyWeeks,
        boolean registered,
        @Nullable Set<String> diagnoses,
        @Nullable String specialty,
        @Nullable Set<String> before,
        @Nullable Set<String> evidence,
        Set<String> carried) {

    /// Copies the collections.
    public Circumstances {
        users = List.copyOf(users);
        diagnoses = diagnoses == null ? null : Set.copyOf(diagnoses);
        before = before == null ? null : Set.copyOf(before);
        evidence = evidence == null ? null : Set.copyOf(evidence);
        carried = Set.copyOf(carried);
    }

    /// Whether the prescription is a long one to which the patient is entitled (长期处方).
    public boolean isLongPrescription() {
        return registered && supplyWeeks > 4;
    }

    /// The months that a quantity a month is multiplied with: one unless it is a long prescription, at most three.
    public int months() {
        return isLongPrescription() ? Math.min(3, (supplyWeeks + 3) / 4) : 1;
    }
}
