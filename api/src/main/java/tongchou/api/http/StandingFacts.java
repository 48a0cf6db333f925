package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.core.people.Relief;
import tongchou.core.people.Scheme;
import tongchou.core.people.Status;

/// A member's insurance during a period (参保状态).
///
/// @param to last day; left out while no end is known
/// @param area six-digit division code of the insuring area
/// @param claimFreeYears years without a payment of the fund that count for incentives; none where nothing is said
/// @param enrolledSince first day of the unbroken enrolment
/// @param entitledFrom first day on which benefits are paid; the first day of enrolment where nothing is said
/// @param designated codes of the institutions the member chose
/// @param diseases codes of registered entitlements
/// @param tags the area's own words
public record StandingFacts(
        LocalDate from,
        @Field(omissible = true) @Nullable LocalDate to,
        @Field(form = Field.Form.DIVISION) String area,
        Scheme scheme,
        Status status,
        @Field(omissible = true) @Nullable String plan,
        @Field(omissible = true) @Nullable Relief relief,
        @Field(omissible = true) boolean civilServant,
        @Field(omissible = true, most = 100) @Nullable Integer claimFreeYears,
        LocalDate enrolledSince,
        @Field(omissible = true) @Nullable LocalDate entitledFrom,
        @Field(omissible = true) @Nullable LocalDate retiredOn,
        @Field(omissible = true) @Nullable ContractFacts contract,
        @Field(omissible = true, most = 50, form = Field.Form.CODE) List<String> designated,
        @Field(omissible = true, most = 50) List<String> diseases,
        @Field(omissible = true, most = 50) List<String> tags) {
}
