package tongchou.core.judging;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Restriction;
import tongchou.core.encounter.Care;
import tongchou.core.encounter.Claim;
import tongchou.core.encounter.Referral;
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

    /// The facts that a claim gives.
    ///
    /// @param draft the claim; its lines are not asked
    /// @param clinical null where nothing is known of the patient
    public static Circumstances of(Claim draft, LocalDate day, KnownOn known, Catalogue catalogue,
            @Nullable Clinical clinical) {
        var encounter = draft.encounter();
        var institution = draft.institution();
        var users = List.of(institution.code(), institution.division());
        return new Circumstances(day, known, draft.standing().scheme(), draft.member().age(day),
                clinical == null ? null : clinical.sex(), institution.tier(), users, encounter.care(),
                encounter.supplyWeeks(), draft.standing().diseases().contains(encounter.disease()),
                clinical == null ? null : clinical.diagnoses(), clinical == null ? null : clinical.department(),
                clinical == null ? null : clinical.usedBefore(), clinical == null ? null : clinical.evidence(),
                carried(catalogue, encounter.referral(), users, day, known));
    }

    /// The items that a referral down carries along, as the catalogue knows them.
    private static Set<String> carried(Catalogue catalogue, @Nullable Referral referral, List<String> users,
            LocalDate day, KnownOn known) {
        if (referral == null || referral.direction() != Referral.Direction.DOWNWARD) {
            return Set.of();
        }
        return referral.carried().stream().map(code -> catalogue.item(code, users, day, known)
                .map(found -> found.value().code()).orElse(code)).collect(Collectors.toSet());
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
