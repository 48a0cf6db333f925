package tongchou.api.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks that a budget is opened with its first allotment (下达总额预算): a second person confirms it.
///
/// @param key the caller's idempotency key
/// @param code the budget's name from then on
/// @param alliance the alliance that holds it; this or an institution
/// @param institution the institution that holds it
/// @param area the division whose funds pay; the caller's own where nothing is said
/// @param year the calendar year
/// @param funds the kinds of funds it covers
/// @param amountFen what is allotted
/// @param document number of the document behind it
public record BudgetRequest(
        @Field(form = Field.Form.KEY) String key,
        @Field(form = Field.Form.CODE) String code,
        @Field(omissible = true, form = Field.Form.CODE) @Nullable String alliance,
        @Field(omissible = true, form = Field.Form.CODE) @Nullable String institution,
        @Field(omissible = true, form = Field.Form.DIVISION) @Nullable String area,
        @Field(least = 2000, most = 2999) int year,
        @Field(least = 1, most = 8) List<Fund> funds,
        @Field(least = 1, most = 1_000_000_000_000L) long amountFen,
        String document,
        String reason) {

    /// A kind of fund (基金).
    public enum Fund {
        /// The basic pooled fund of the employee scheme (职工统筹基金).
        POOLED_EMPLOYEE,
        /// The basic pooled fund of the resident scheme (居民统筹基金).
        POOLED_RESIDENT,
        /// The employer-funded supplement (补充保险资金).
        SUPPLEMENT,
        /// Catastrophic insurance (大病保险资金).
        CATASTROPHIC,
        /// The large-expense fund (大额补助资金).
        LARGE_EXPENSE,
        /// The civil-servant supplement (公务员补助资金).
        CIVIL_SERVANT,
        /// Medical assistance money (医疗救助资金).
        ASSISTANCE,
        /// Other funds and commercial cover (其他资金).
        OTHER_FUND
    }
}
