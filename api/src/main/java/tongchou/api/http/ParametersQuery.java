package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Which rules of a pack are asked for (参数查询).
///
/// @param date the day on which they are in force
/// @param area short name or division code of one area; all where nothing is said
public record ParametersQuery(
        LocalDate date,
        @Field(name = "known-on", omissible = true) @Nullable LocalDate knownOn,
        @Field(omissible = true, form = Field.Form.CODE) @Nullable String area) {
}
