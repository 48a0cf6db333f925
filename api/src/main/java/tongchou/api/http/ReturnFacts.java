package tongchou.api.http;

import org.jspecify.annotations.Nullable;

/// What is returned of a line of the bill (退费明细).
///
/// @param line number of the line, as the settlement's reply counts
/// @param amountFen how much of it; the whole line where nothing is said
/// @param overLimitFen how much of its part above the limit price; needed where the claim stated that part
/// @param quantity how much of its quantity, as text; needed where the claim stated one
public record ReturnFacts(
        @Field(least = 1, most = 1000) int line,
        @Field(omissible = true, least = 1) @Nullable Long amountFen,
        @Field(omissible = true) @Nullable Long overLimitFen,
        @Field(omissible = true, form = Field.Form.DECIMAL) @Nullable String quantity) {
}
