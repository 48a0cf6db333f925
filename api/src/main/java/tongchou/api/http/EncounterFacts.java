package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tongchou.core.encounter.Care;
import tongchou.core.encounter.Channel;
import tongchou.core.encounter.Filing;
import tongchou.core.encounter.Place;

/// What was done and when (就诊信息).
///
/// @param from the visit or the admission
/// @param to the discharge; left out for a visit of one day
/// @param place where care was given; inside the area where nothing is said
/// @param filing the footing of care out of area; none where nothing is said
/// @param disease the area's code of the chronic or two-disease entitlement that is used
/// @param supplyWeeks weeks of drugs supplied; more than four make a long prescription
/// @param channel over the internet or at the counter, which is meant where nothing is said; for visits
/// @param clinical what the restrictions of the catalogue ask about; left out where nothing is known
public record EncounterFacts(
        Care care,
        LocalDate from,
        @Field(omissible = true) @Nullable LocalDate to,
        @Field(omissible = true) @Nullable Place place,
        @Field(omissible = true) @Nullable Filing filing,
        @Field(omissible = true) @Nullable ReferralFacts referral,
        @Field(omissible = true) @Nullable String disease,
        @Field(omissible = true, least = 1, most = 52) @Nullable Integer supplyWeeks,
        @Field(omissible = true) @Nullable Channel channel,
        @Field(omissible = true) @Nullable ClinicalFacts clinical) {
}
