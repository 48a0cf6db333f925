package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Institution;
import tongchou.core.alliance.Tier;
import tongchou.core.encounter.Care;
import tongchou.core.encounter.Channel;
import tongchou.core.encounter.Filing;
import tongchou.core.encounter.Place;
import tongchou.core.encounter.Referral;
import tongchou.core.people.Relief;
import tongchou.core.people.Scheme;
import tongchou.core.people.Status;
import tongchou.core.policy.Axis;

/// A question to the benefit calculator (医保计算器): no member, only the kind of person, the place and the amounts.
///
/// @param area six-digit division code of the insuring area
/// @param age completed years; where nothing is said 45, retired and elderly 70, children 4, pupils 12, students 20
/// @param yearsEnrolled whole years of unbroken enrolment; one where nothing is said
/// @param contract the family-doctor contract seen from the institution; none where nothing is said
/// @param disease the area's code of a registered entitlement that is used
/// @param tier tier of the institution
/// @param grade grade of the institution within the tier; none where nothing is said
/// @param kind what the institution is; from the tier where nothing is said: township, hospital, hospital
/// @param date the day of the visit or the discharge
/// @param days days of the stay; 7 where nothing is said
/// @param channel over the internet or at the counter, which is meant where nothing is said
/// @param clinical what the restrictions of the catalogue ask about; left out where nothing is known
/// @param totals the bill by class; give this or `lines`
/// @param accountFen account money that may be used; none where nothing is said
public record EstimateRequest(
        @Field(form = Field.Form.DIVISION) String area,
        Scheme scheme,
        Status status,
        @Field(omissible = true, most = 120) @Nullable Integer age,
        @Field(omissible = true) @Nullable Relief relief,
        @Field(omissible = true) boolean civilServant,
        @Field(omissible = true) @Nullable String plan,
        @Field(omissible = true, most = 80) @Nullable Integer yearsEnrolled,
        @Field(omissible = true) Axis.@Nullable Contracted contract,
        @Field(omissible = true) @Nullable String disease,
        @Field(omissible = true, most = 50) List<String> tags,
        Tier tier,
        @Field(omissible = true) Institution.@Nullable Grade grade,
        @Field(omissible = true) Institution.@Nullable Kind kind,
        @Field(omissible = true) Institution.@Nullable Administration administration,
        @Field(omissible = true) Institution.@Nullable Specialty specialty,
        Care care,
        LocalDate date,
        @Field(omissible = true, least = 1, most = 3660) @Nullable Integer days,
        @Field(omissible = true) @Nullable Place place,
        @Field(omissible = true) @Nullable Filing filing,
        @Field(omissible = true) Referral.@Nullable Direction referral,
        @Field(omissible = true, least = 1, most = 52) @Nullable Integer supplyWeeks,
        @Field(omissible = true) @Nullable Channel channel,
        @Field(omissible = true) @Nullable ClinicalFacts clinical,
        @Field(omissible = true) @Nullable ClassTotals totals,
        @Field(omissible = true, most = 1000) List<LineFacts> lines,
        @Field(omissible = true) @Nullable Long accountFen,
        @Field(omissible = true) @Nullable LocalDate knownOn,
        @Field(omissible = true, most = 100) List<SumFacts> yearToDate) {
}
