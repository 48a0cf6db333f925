package tongchou.api.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An allotment as two persons decide on it (预算下达指令).
///
/// @param opens whether the budget is to be a new one
/// @param who who asked
public record AllotmentOrder(boolean opens, String code,
        @Field(omissible = true) @Nullable String alliance, @Field(omissible = true) @Nullable String institution,
        String area, @Field(most = 9999) int year, List<BudgetRequest.Fund> funds,
        @Field(least = -1_000_000_000_000L, most = 1_000_000_000_000L) long amountFen, String document, String reason,
        String who) {
}
