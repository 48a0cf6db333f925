package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Asks for what corrections left due (应补应退查询).
///
/// @param from the first day on which they were booked, in China
/// @param to the last day, that one included
/// @param institution the only institution that is asked for
/// @param after `next` of the page before
/// @param limit how many corrections at most, 100 where nothing is said
public record DuesQuery(
        LocalDate from, LocalDate to,
        @Field(omissible = true, form = Field.Form.CODE) @Nullable String institution,
        @Field(omissible = true, most = Long.MAX_VALUE) @Nullable Long after,
        @Field(omissible = true, least = 1, most = 500) @Nullable Integer limit) {
}
