package tongchou.core.settlement;

/// What becomes of a claim (结算结果): a settlement or a refusal.
public sealed interface Outcome permits Settlement, Refusal {
}
