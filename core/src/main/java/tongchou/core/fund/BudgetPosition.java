package tongchou.core.fund;

import java.util.List;
import tongchou.core.ledger.Account;
import tongchou.core.money.Fen;

/// What was allotted to a budget, what the funds paid of it, and what is left, all in fen (预算执行情况).
///
/// @param allotted the sum of all allotments, cuts among them; never less than zero
/// @param spent what the funds paid by institution and fund, reversals and corrections included; none of them zero
public record BudgetPosition(Budget budget, Fen allotted, List<Spent> spent) {

    /// Copies what was paid.
    public BudgetPosition {
        spent = List.copyOf(spent);
    }

    /// What one kind of fund paid for care at one institution (基金支出).
    ///
    /// @param amount in fen; less than zero where more was taken back than was paid
    public record Spent(String institution, Account.Kind fund, Fen amount) {
    }

    /// What the funds paid in all.
    public Fen paid() {
        return spent.stream().map(Spent::amount).reduce(Fen.ZERO, Fen::plus);
    }

    /// What is left; less than zero when it is overspent (结余).
    public Fen left() {
        return allotted.minus(paid());
    }

    /// Whether the funds paid more than was allotted (超支).
    public boolean isOverspent() {
        return left().isNegative();
    }
}
