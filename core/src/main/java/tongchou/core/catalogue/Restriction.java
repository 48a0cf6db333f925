package tongchou.core.catalogue;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Tier;

/// Under what conditions an item is paid (限定支付范围).
///
/// The conditions of one alternative must all hold; one alternative that holds is enough. A restriction may be coded in
/// part: then what is coded is judged, and the text stays for those who look at the record.
///
/// @param text the restriction in words
/// @param textEn the restriction in English words, empty where none are given
/// @param coded whether the conditions say all that the text says
/// @param alternatives the coded conditions; none where nothing is coded
public record Restriction(String text, String textEn, Coded coded, List<Alternative> alternatives) implements Stated {

    /// Copies the alternatives.
    public Restriction {
        alternatives = List.copyOf(alternatives);
    }

    /// How much of a text its conditions say (编码程度).
    public enum Coded {
        /// All of it.
        FULLY,
        /// Some of it: the rest is for people to judge.
        PARTLY,
        /// Nothing.
        NOT
    }

    /// Conditions that must hold together (限定条件); an empty set or a null demands nothing.
    ///
    /// @param diagnoses beginnings of diagnosis codes, one of which a diagnosis must have
    /// @param tiers tiers of institution
    /// @param cares kinds of care in the words of the pack format, for example `inpatient`
    /// @param specialties departments in the words of the area, one of which must prescribe
    /// @param ageFrom least completed years of age
    /// @param ageTo most completed years of age
    /// @param sex male or female
    /// @param after codes of first-line items, one of which was used before without success (二线用药)
    /// @param evidence words of findings that must be on record, such as `egfr-mutation`
    public record Alternative(
            Set<String> diagnoses,
            Set<Tier> tiers,
            Set<String> cares,
            Set<String> specialties,
            @Nullable Integer ageFrom,
            @Nullable Integer ageTo,
            @Nullable Sex sex,
            Set<String> after,
            Set<String> evidence) {

        /// Copies the sets.
        public Alternative {
            diagnoses = Set.copyOf(diagnoses);
            tiers = Set.copyOf(tiers);
            cares = Set.copyOf(cares);
            specialties = Set.copyOf(specialties);
            after = Set.copyOf(after);
            evidence = Set.copyOf(evidence);
        }
    }

    /// Sex as restrictions ask for it (性别).
    public enum Sex {
        /// Male (男).
        MALE,
        /// Female (女).
        FEMALE
    }

    @Override
    public String slot() {
        return "";
    }
}
