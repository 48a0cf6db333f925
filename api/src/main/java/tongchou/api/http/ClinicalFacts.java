package tongchou.api.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.Restriction;

/// What the restrictions of a catalogue ask about (临床信息): diagnoses, who prescribes, what was tried before.
///
/// Where it is left out nothing is known, and an item whose restriction asks is refused. Where it is given, an empty
/// list says that there is none.
///
/// @param diagnoses diagnosis codes of the insurance edition, the main one first
/// @param department department that prescribes, in the words of the pack
/// @param sex male or female
/// @param usedBefore codes of items used before without success, for second-line drugs
/// @param evidence words of findings on record, as the pack's restrictions name them
public record ClinicalFacts(
        @Field(omissible = true, most = 100) List<String> diagnoses,
        @Field(omissible = true) @Nullable String department,
        @Field(omissible = true) Restriction.@Nullable Sex sex,
        @Field(omissible = true, most = 100) List<String> usedBefore,
        @Field(omissible = true, most = 100) List<String> evidence) {
}
