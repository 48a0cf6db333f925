package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Institution;
import tongchou.core.alliance.Tier;

/// An institution as it stands during a period (机构).
///
/// @param division six-digit code of the division it lies in
/// @param grade grade within the tier: a, b, c, or none where nothing is said
/// @param administration who runs it; a county where nothing is said
/// @param specialty what it specialises in; general care where nothing is said
/// @param from first day on which these facts hold
/// @param to last day; left out while no end is known
public record InstitutionFacts(
        @Field(form = Field.Form.CODE) String code,
        String name,
        @Field(form = Field.Form.DIVISION) String division,
        Tier tier,
        @Field(omissible = true) Institution.@Nullable Grade grade,
        Institution.Kind kind,
        @Field(omissible = true) Institution.@Nullable Administration administration,
        @Field(omissible = true) Institution.@Nullable Specialty specialty,
        LocalDate from,
        @Field(omissible = true) @Nullable LocalDate to) {
}
