package tongchou.api.http;

import org.jspecify.annotations.Nullable;

/// The money of a personal account (个人账户余额).
///
/// @param currentYearFen credited in the current year and still there
/// @param earlierYearsFen left from earlier years
/// @param familyFen what relatives who share put at the member's disposal; for previews, in replies; not to register
public record AccountFacts(
        long currentYearFen, long earlierYearsFen, @Field(omissible = true) @Nullable Long familyFen) {
}
