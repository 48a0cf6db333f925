package tongchou.api.http;

import java.util.List;

/// What a referral down carries along (携带处方).
///
/// @param referral id of the referral as the sending institution registered it
/// @param items codes of the items of it that are dispensed here
public record PrescriptionFacts(
        @Field(form = Field.Form.CODE) String referral,
        @Field(least = 1, most = 100) List<String> items) {
}
