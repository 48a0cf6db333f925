package tongchou.core.settlement;

import tongchou.core.encounter.ChargeLine;
import tongchou.core.money.Fen;

/// A charge line after its class, limit price and first share were judged (费用明细审定).
///
/// The four parts always add up to the line (identity 5 of the national interface).
///
/// @param fullSelfPay outside the catalogue (全自费)
/// @param overLimit above the limit price (超限价)
/// @param prePay borne first (先行自付)
/// @param inScope within the scope (符合政策范围)
public record JudgedLine(ChargeLine line, Fen fullSelfPay, Fen overLimit, Fen prePay, Fen inScope) {
}
