package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Which gaps are asked for (缺药查询).
///
/// @param date the day; today where nothing is said
/// @param institution only this member
/// @param after `next` of the page before
/// @param limit gaps at most, 1 to 500; 100 where nothing is said
public record GapsQuery(
        @Field(omissible = true) @Nullable LocalDate date,
        @Field(omissible = true, form = Field.Form.CODE) @Nullable String institution,
        @Field(omissible = true) @Nullable String after,
        @Field(omissible = true, least = 1, most = 500) @Nullable Integer limit) {
}
