package tongchou.api.http;

import org.jspecify.annotations.Nullable;

/// Asks for budgets (总额预算查询).
///
/// @param year the only year that is asked for
/// @param alliance the only alliance that is asked for
/// @param institution the only institution that is asked for
public record BudgetsQuery(
        @Field(omissible = true, least = 2000, most = 2999) @Nullable Integer year,
        @Field(omissible = true, form = Field.Form.CODE) @Nullable String alliance,
        @Field(omissible = true, form = Field.Form.CODE) @Nullable String institution) {
}
