package tongchou.api.http;

import java.time.LocalDate;
import tongchou.core.encounter.Referral;

/// How the patient reached the institution (转诊).
///
/// @param episode name of the disease episode; encounters that share it share the continuous deductible
/// @param issued day of the referral or of the discharge it follows
public record ReferralFacts(
        Referral.Direction direction, @Field(form = Field.Form.KEY) String episode, LocalDate issued) {
}
