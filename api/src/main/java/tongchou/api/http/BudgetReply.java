package tongchou.api.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a budget stands (总额预算执行情况), all amounts in fen.
///
/// @param paidFen what the funds paid for settlements whose binding day lies in the year, reversals and corrections
///     included
/// @param leftFen what was allotted less what was paid; less than zero when it is overspent
/// @param institutions what was paid for care at each institution; left out in a list
/// @param byFund what each fund paid; left out in a list
/// @param allotments in the order of booking; left out in a list
public record BudgetReply(String code, @Nullable String alliance, @Nullable String institution, String area, int year,
        List<BudgetRequest.Fund> funds, long allottedFen, long paidFen, long leftFen, boolean overspent,
        @Nullable List<PaidAtReply> institutions, @Nullable List<PaidReply> byFund,
        @Nullable List<AllotmentReply> allotments) {

    /// What was paid for care at one institution (机构基金支出).
    public record PaidAtReply(String institution, long paidFen, List<PaidReply> byFund) {
    }

    /// What one fund paid (基金支出).
    public record PaidReply(BudgetRequest.Fund fund, long paidFen) {
    }
}
