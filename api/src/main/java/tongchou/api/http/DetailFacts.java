package tongchou.api.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a catalogue asks about a line beside its quantity (明细补充信息).
///
/// @param unitPriceFen price of one unit; with a quantity it must come to the amount, but for the rounding of the unit
/// @param days days of a drug that are supplied
/// @param specification which specification was used, as the catalogue writes it
/// @param surcharges names of the surcharges that are asked for
public record DetailFacts(
        @Field(omissible = true) @Nullable Long unitPriceFen,
        @Field(omissible = true, least = 1, most = 366) @Nullable Integer days,
        @Field(omissible = true) @Nullable String specification,
        @Field(omissible = true, most = 20) List<String> surcharges) {
}
