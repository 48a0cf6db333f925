package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Which items on their way between prices are asked for (趋同项目查询).
///
/// @param area six-digit division code of the insuring area whose catalogue states the prices
/// @param date the day whose prices are asked for
/// @param age completed years of the patient, for prices that depend on it; 40 where nothing is said
/// @param after code of the last item of the page before
/// @param limit items at most, 1 to 500; 100 where nothing is said
public record ConvergenceQuery(
        @Field(form = Field.Form.DIVISION) String area,
        LocalDate date,
        @Field(omissible = true, most = 120) @Nullable Integer age,
        @Field(omissible = true) @Nullable String after,
        @Field(omissible = true, least = 1, most = 500) @Nullable Integer limit) {
}
