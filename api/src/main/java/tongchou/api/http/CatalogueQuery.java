package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Which items of the catalogues are asked for (目录查询).
///
/// @param pack id of one pack; all where nothing is said
/// @param area area of the pack; the rows of the whole pack come too
/// @param q part of the code or of the name
/// @param date day on which the rows are in force; every version where nothing is said
/// @param limit rows at most, 1 to 500; 100 where nothing is said
public record CatalogueQuery(
        @Field(omissible = true, form = Field.Form.CODE) @Nullable String pack,
        @Field(omissible = true, form = Field.Form.CODE) @Nullable String area,
        @Field(omissible = true) @Nullable String q,
        @Field(omissible = true) @Nullable LocalDate date,
        @Field(omissible = true, least = 1, most = 500) @Nullable Integer limit) {
}
