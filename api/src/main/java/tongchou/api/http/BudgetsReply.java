package tongchou.api.http;

import java.util.List;

/// The budgets that a caller may see, in the order of their codes (总额预算清单).
public record BudgetsReply(List<BudgetReply> budgets) {
}
