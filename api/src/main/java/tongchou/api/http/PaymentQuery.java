package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.PayClass;
import tongchou.core.encounter.Care;
import tongchou.core.people.Relief;
import tongchou.core.people.Scheme;
import tongchou.core.people.Status;

/// What a kind of person pays for an item at an institution (我在这里付多少).
///
/// @param area six-digit division code of the insuring area
/// @param institution code of a registered institution
/// @param care kind of care; outpatient where nothing is said
/// @param quantity how many units; one where nothing is said
/// @param amountFen what is charged; the price at the institution's tier times the quantity where nothing is said
/// @param payClass `class`, where the catalogue states none
/// @param disease the area's code of a registered entitlement that is used
/// @param diagnosis a diagnosis code, for items whose restriction asks for it
/// @param specification which specification, where there are several
public record PaymentQuery(
        @Field(form = Field.Form.DIVISION) String area,
        Scheme scheme,
        Status status,
        @Field(form = Field.Form.CODE) String institution,
        LocalDate date,
        @Field(omissible = true, most = 120) @Nullable Integer age,
        @Field(omissible = true) @Nullable Relief relief,
        @Field(omissible = true) @Nullable Care care,
        @Field(omissible = true, form = Field.Form.DECIMAL) @Nullable String quantity,
        @Field(omissible = true) @Nullable Long amountFen,
        @Field(name = "class", omissible = true) @Nullable PayClass payClass,
        @Field(omissible = true) @Nullable String disease,
        @Field(omissible = true) @Nullable String diagnosis,
        @Field(omissible = true) @Nullable String specification) {
}
