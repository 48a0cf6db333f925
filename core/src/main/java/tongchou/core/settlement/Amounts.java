package tongchou.core.settlement;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tongchou.core.money.Fen;
import tongchou.core.policy.Payer;

/// The amounts of a settlement under the names of the national interface (结算金额).
///
/// @param total `medfee_sumamt` 医疗费总额
/// @param fullSelfPay `fulamt_ownpay_amt` 全自费金额
/// @param overLimit `overlmt_selfpay` 超限价金额
/// @param prePay `preselfpay_amt` 先行自付金额
/// @param inScope `inscp_scp_amt` 符合政策范围金额
/// @param deductible `act_pay_dedc` 实际支付起付线
/// @param byPayer what each payer pays, in the order of [Payer]
public record Amounts(
        Fen total, Fen fullSelfPay, Fen overLimit, Fen prePay, Fen inScope, Fen deductible, List<Fen> byPayer) {

    private static final Payer[] FUNDS = Stream.of(Payer.values()).filter(Payer::isFund).toArray(Payer[]::new);

    /// Copies the list.
    public Amounts {
        byPayer = List.copyOf(byPayer);
    }

    /// What one payer pays.
    public Fen by(Payer payer) {
        return byPayer.get(payer.ordinal());
    }

    /// `fund_pay_sumamt` 基金支付总额: the sum of the fund kinds, without the personal account.
    public Fen fund() {
        var sum = 0L;
        for (var payer : FUNDS) {
            sum = Math.addExact(sum, by(payer).value());
        }
        return Fen.of(sum);
    }

    /// `acct_pay` 个人账户支出: own and family money together.
    public Fen account() {
        return by(Payer.ACCOUNT_CURRENT_YEAR).plus(by(Payer.ACCOUNT)).plus(by(Payer.FAMILY_ACCOUNT));
    }

    /// `psn_cash_pay` 个人现金支出.
    public Fen cash() {
        return by(Payer.CASH);
    }

    /// `hosp_part_amt` 医院负担金额.
    public Fen hospital() {
        return by(Payer.HOSPITAL);
    }

    /// `psn_part_amt` 个人负担总金额: account and cash.
    public Fen person() {
        return account().plus(cash());
    }

    /// The national identities that do not hold, by number; an empty list means the amounts are sound.
    public List<String> brokenIdentities() {
        var parts = 0L;
        var negative = false;
        for (var amount : byPayer) {
            parts = Math.addExact(parts, amount.value());
            negative |= amount.value() < 0;
        }
        var bill = Math.addExact(Math.addExact(fullSelfPay.value(), overLimit.value()),
                Math.addExact(prePay.value(), inScope.value()));
        return parts == total.value() && bill == total.value() && deductible.value() <= bill && !negative
                ? List.of() : broken(parts, bill, negative);
    }

    private List<String> broken(long parts, long bill, boolean negative) {
        var broken = new ArrayList<String>();
        if (parts != total.value()) {
            broken.add("1: total = fund + person + hospital");
        }
        if (bill != total.value()) {
            broken.add("4: total = full self-pay + over limit + pre-pay + in scope");
        }
        if (deductible.value() > bill) {
            broken.add("9: deductible <= bill");
        }
        if (negative) {
            broken.add("every part >= 0");
        }
        return broken;
    }
}
