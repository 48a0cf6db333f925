package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Of which bills prices are compared (同药同价查询).
///
/// @param from first day of the bills
/// @param to last day of the bills, at most a year on
/// @param after `next` of the page before
/// @param limit findings at least, where there are as many: a bill is told whole; 1 to 500, 100 where nothing is said
public record PriceFindingsQuery(
        LocalDate from,
        LocalDate to,
        @Field(omissible = true) @Nullable Long after,
        @Field(omissible = true, least = 1, most = 500) @Nullable Integer limit) {
}
