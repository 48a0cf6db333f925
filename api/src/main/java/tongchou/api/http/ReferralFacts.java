package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tongchou.core.encounter.Referral;

/// How the patient reached the institution (转诊).
///
/// @param episode name of the disease episode; encounters that share it share the continuous deductible
/// @param prescription what a referral down carries along; left out where it carries nothing
/// @param issued day of the referral or of the discharge it follows
public record ReferralFacts(
        Referral.Direction direction, @Field(form = Field.Form.KEY) String episode, LocalDate issued,
        @Field(omissible = true) @Nullable PrescriptionFacts prescription) {
}
