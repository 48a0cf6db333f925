package tongchou.api.http;

import java.time.LocalDate;

/// How long somebody waits for benefits, and why (待遇等待期).
///
/// @param firstDay first day on which benefits are paid
public record WaitingReply(
        SettlementReply.PackVersion pack, int months, LocalDate firstDay, SettlementReply.RuleReply rule) {
}
