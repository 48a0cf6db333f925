package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Tier;

/// Asks what the prices of a path cost or save (趋同影响测算): on the bills booked in a period, or on given volumes.
///
/// @param area six-digit division code of the insuring area
/// @param from first day of the period; prices of volumes are compared with those of this day
/// @param to last day of the period, at most three years on
/// @param days the days whose prices are put under the bills; every stage of the area's paths where nothing is said
/// @param volumes volumes instead of the bills of the book
/// @param after the `next` of the reply before, exactly, where the members are more than one reply settles again
/// @param limit members that one reply settles again at most, 1 to 2,000; 2,000 where nothing is said
public record PathEffectsRequest(
        @Field(form = Field.Form.DIVISION) String area,
        LocalDate from,
        LocalDate to,
        @Field(omissible = true, most = 24) List<LocalDate> days,
        @Field(omissible = true, most = 1000) List<VolumeFacts> volumes,
        @Field(omissible = true, form = Field.Form.SUMS) @Nullable String after,
        @Field(omissible = true, least = 1, most = 2000) @Nullable Integer limit) {

    /// How much of an item an institution did (业务量).
    ///
    /// @param item code of the item
    /// @param institution code of the institution, by which the result is added up
    /// @param fundBp which share of the charges the fund pays there
    public record VolumeFacts(
            @Field(form = Field.Form.KEY) String item,
            @Field(form = Field.Form.CODE) String institution,
            Tier tier,
            @Field(form = Field.Form.DECIMAL) String quantity,
            long fundBp) {
    }
}
