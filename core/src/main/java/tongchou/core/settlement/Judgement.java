package tongchou.core.settlement;

import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.PayClass;
import tongchou.core.encounter.ChargeLine;
import tongchou.core.encounter.Claim;
import tongchou.core.encounter.Place;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.money.Rounding;
import tongchou.core.policy.Benefit;
import tongchou.core.policy.Row;

/// The judgement of a bill before the layers (费用审定): what of every line is outside the catalogue, over its limit
/// price, borne first, and in scope.
///
/// @param paysDirect whether a layer of the benefit pays items with a flat share of their own
record Judgement(Benefit benefit, boolean paysDirect) {

    /// Judges the lines of a claim one by one.
    void judge(Claim claim, Waterfall.Choice choice, Workings w) {
        var lines = claim.encounter().lines();
        if (lines.isEmpty()) {
            w.refusal = Refusals.noLines();
            return;
        }
        var stated = choice.stated();
        var awayRow = claim.encounter().place() == Place.LOCAL ? null : choice.away();
        var away = awayRow == null ? 0 : awayRow.value().millionths();
        w.forget();
        for (var i = 0; i < lines.size() && w.refusal == null; i++) {
            judge(lines.get(i), i, stated, away, claim, w);
        }
        if (w.refusal == null && w.total > Waterfall.LARGEST_BILL) {
            w.refusal = Refusals.tooLarge(claim);
        }
        w.open();
        if (w.steps != null) {
            explainScope(choice.prePay(), awayRow, w);
        }
    }

    /// Splits one line into what is outside the catalogue, over its limit price, borne first, and in scope.
    private void judge(ChargeLine line, int place, long stated, long away, Claim claim, Workings w) {
        if (!allowed(line, place, w)) {
            return;
        }
        var amount = line.amount().value();
        w.total = Math.addExact(w.total, amount);
        if (line.payClass() == PayClass.C) {
            w.fullSelfPay += amount;
            record(line, amount, 0, 0, 0, w);
            return;
        }
        var overLimit = line.overLimit().value();
        var rest = amount - overLimit;
        var share = shareOf(line, stated);
        if (share < 0) {
            w.refusal = Refusals.noPrePay(place, claim);
            return;
        }
        var direct = line.direct();
        var first = direct == null ? part(rest, share) : rest - part(rest, direct.millionths());
        var awayFirst = part(rest - first, away);
        var inScope = rest - first - awayFirst;
        if (line.payClass() == PayClass.B) {
            w.classB += rest;
        }
        w.firstShare += first;
        w.overLimit += overLimit;
        w.prePay += first + awayFirst;
        w.inScope += inScope;
        w.atFlatShare += direct == null ? 0 : inScope;
        record(line, 0, overLimit, first + awayFirst, inScope, w);
    }

    private boolean allowed(ChargeLine line, int place, Workings w) {
        var amount = line.amount().value();
        var overLimit = line.overLimit().value();
        if (amount < 0 || amount > Waterfall.LARGEST_BILL) {
            w.refusal = Refusals.amount(place, "amount_fen", Long.toString(amount));
        } else if (overLimit < 0 || overLimit > amount) {
            w.refusal = Refusals.amount(place, "over_limit_fen", Long.toString(overLimit));
        } else if (!isShare(line.prePay())) {
            w.refusal = Refusals.amount(place, "pre_pay_ratio", String.valueOf(line.prePay()));
        } else if (!isShare(line.direct())) {
            w.refusal = Refusals.amount(place, "direct_ratio", String.valueOf(line.direct()));
        } else if (line.direct() != null && !paysDirect) {
            w.refusal = Refusals.noDirect(place, benefit);
        }
        return w.refusal == null;
    }

    /// Whether a line is free of faults and has no flat share of its own, so that every policy judges it.
    static boolean isPlain(ChargeLine line) {
        var amount = line.amount().value();
        var overLimit = line.overLimit().value();
        return amount >= 0 && amount <= Waterfall.LARGEST_BILL && overLimit >= 0 && overLimit <= amount
                && isShare(line.prePay()) && line.direct() == null;
    }

    private static boolean isShare(@Nullable Ratio ratio) {
        return ratio == null || ratio.millionths() >= 0 && ratio.millionths() <= Ratio.ONE;
    }

    /// The share of a line borne first in millionths, or -1 when nothing states one.
    private static long shareOf(ChargeLine line, long stated) {
        if (line.prePay() != null) {
            return line.prePay().millionths();
        }
        return line.payClass() == PayClass.A || line.direct() != null ? 0 : stated;
    }

    /// The share of an amount that is borne first, rounded half up.
    static long part(long amount, long millionths) {
        return millionths == 0 ? 0 : Rounding.HALF_UP.ofMillionths(amount * millionths);
    }

    private static void record(ChargeLine line, long self, long over, long pre, long scope, Workings w) {
        if (w.lines != null) {
            w.lines.add(new JudgedLine(line, fen(self, line), fen(over, line), fen(pre, line), fen(scope, line)));
        }
    }

    /// A part of a line, which is often the whole of it.
    private static Fen fen(long part, ChargeLine line) {
        return part == line.amount().value() ? line.amount() : Fen.of(part);
    }

    private static void explainScope(@Nullable Row<Ratio> shareRow, @Nullable Row<Ratio> awayRow, Workings w) {
        w.step(Step.Kind.TOTAL, null, null, w.total, 0, 0);
        if (w.fullSelfPay > 0) {
            w.step(Step.Kind.FULL_SELF_PAY, null, null, w.fullSelfPay, w.total, 0);
        }
        if (w.overLimit > 0) {
            w.step(Step.Kind.OVER_LIMIT, null, null, w.overLimit, w.total, 0);
        }
        if (w.firstShare > 0) {
            w.step(Step.Kind.PRE_PAY, null, shareRow, w.firstShare, w.classB,
                    shareRow == null ? 0 : shareRow.value().millionths());
        }
        var awayFirst = w.prePay - w.firstShare;
        if (awayFirst > 0 && awayRow != null) {
            w.step(Step.Kind.OUT_OF_AREA_PRE_PAY, null, awayRow, awayFirst, w.inScope + awayFirst,
                    awayRow.value().millionths());
        }
        w.step(Step.Kind.IN_SCOPE, null, null, w.inScope, w.total, 0);
    }
}
