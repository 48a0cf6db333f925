package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// For whom and when an item is looked at (条目查询).
///
/// @param area six-digit division code of the insuring area; left out, only what imports say is told
/// @param date the day whose prices are told; today where nothing is said
/// @param age completed years of the patient, for prices that depend on it; 40 where nothing is said
public record ItemQuery(
        @Field(omissible = true, form = Field.Form.DIVISION) @Nullable String area,
        @Field(omissible = true) @Nullable LocalDate date,
        @Field(omissible = true, most = 120) @Nullable Integer age) {
}
