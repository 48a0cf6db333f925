package tongchou.core.settlement;

import tongchou.core.catalogue.PayClass;
import tongchou.core.encounter.ChargeLine;
import tongchou.core.encounter.Claim;
import tongchou.core.encounter.Place;
import tongchou.core.money.Ratio;
import tongchou.core.policy.Burden;

/// The bills of a population in columns by row (账单列): the parts that no policy can change are summed up, the amounts
/// of class-B lines without a share of their own stay open.
final class Bills {

    /// The forms of a bill: at most one open line, several, or one that every policy has to look at alone.
    static final int PLAIN = 0;
    static final int SEVERAL_OPEN = 1;
    static final int IRREGULAR = 2;
    static final int FORMS = 3;

    private final long[] total;
    private final long[] fullSelfPay;
    private final long[] overLimit;
    private final long[] prePay;
    private final long[] inScope;
    /// The open line of a row that has but one.
    private final long[] open;
    private final int[] firstOpen;
    private final long[] opens;
    private final int firstSeveral;
    /// Minus one where care is given out of area, else zero.
    private final long[] away;

    Bills(Claim[] claims, Kinds kinds) {
        var size = claims.length;
        this.total = new long[size];
        this.fullSelfPay = new long[size];
        this.overLimit = new long[size];
        this.prePay = new long[size];
        this.inScope = new long[size];
        this.open = new long[size];
        this.away = new long[size];
        this.firstOpen = new int[size + 1];
        this.firstSeveral = kinds.firstOf(SEVERAL_OPEN);
        for (var row = 0; row < size; row++) {
            firstOpen[row + 1] = Math.addExact(firstOpen[row], opens(claims[kinds.places()[row]]));
        }
        this.opens = new long[firstOpen[size]];
        for (var row = 0; row < kinds.firstOf(IRREGULAR); row++) {
            sum(claims[kinds.places()[row]], row);
        }
    }

    /// The form of a bill. What is empty, too large, faulty or has items at a flat share of their own is irregular.
    static byte form(Claim claim) {
        var lines = claim.encounter().lines();
        var sum = 0L;
        for (var line : lines) {
            if (!Judgement.isPlain(line)) {
                return IRREGULAR;
            }
            sum = Math.min(sum + line.amount().value(), Waterfall.LARGEST_BILL + 1);
        }
        return (byte) (lines.isEmpty() || sum > Waterfall.LARGEST_BILL ? IRREGULAR
                : opens(claim) > 1 ? SEVERAL_OPEN : PLAIN);
    }

    private static int opens(Claim claim) {
        var opens = 0;
        for (var line : claim.encounter().lines()) {
            opens += isOpen(line) ? 1 : 0;
        }
        return opens;
    }

    private static boolean isOpen(ChargeLine line) {
        return line.payClass() == PayClass.B && line.prePay() == null;
    }

    private void sum(Claim claim, int row) {
        var next = firstOpen[row];
        for (var line : claim.encounter().lines()) {
            add(line, row);
            if (isOpen(line)) {
                opens[next++] = line.amount().value() - line.overLimit().value();
            }
        }
        if (next == firstOpen[row] + 1) {
            open[row] = opens[firstOpen[row]];
        }
        away[row] = claim.encounter().place() == Place.LOCAL ? 0 : -1;
    }

    private void add(ChargeLine line, int row) {
        var amount = line.amount().value();
        total[row] += amount;
        if (line.payClass() == PayClass.C) {
            fullSelfPay[row] += amount;
            return;
        }
        var rest = amount - line.overLimit().value();
        overLimit[row] += line.overLimit().value();
        if (!isOpen(line)) {
            var first = line.prePay() == null ? 0 : Judgement.part(rest, line.prePay().millionths());
            prePay[row] += first;
            inScope[row] += rest - first;
        }
    }

    /// Judges the bills of a batch, as far as somebody asks for a burden; rows that do not hold what the rules ask for
    /// are left alone.
    void judge(Waterfall.Choice choice, PlainShares plain, Batch batch) {
        batch.take(total, batch.left());
        batch.clear(batch.alone());
        for (var burden : Burden.values()) {
            if (plain.asks(burden)) {
                var column = batch.burdens()[burden.ordinal()];
                switch (burden) {
                    case FULL_SELF_PAY -> batch.take(fullSelfPay, column);
                    case OVER_LIMIT -> batch.take(overLimit, column);
                    case PRE_PAY, IN_SCOPE -> judge(burden, Math.max(0, choice.stated()), column, batch);
                    default -> batch.clear(column);
                }
            }
        }
        if (choice.stated() < 0) {
            markOpen(batch);
        }
        if (choice.away() != null) {
            batch.take(away, batch.notes()[0]);
            Batch.mark(batch.notes()[0], batch.alone(), batch.size());
        }
    }

    private void judge(Burden burden, long stated, long[] column, Batch batch) {
        var first = burden == Burden.PRE_PAY;
        batch.take(first ? prePay : inScope, column);
        var rest = batch.notes()[0];
        batch.take(open, rest);
        if (first) {
            addFirst(rest, stated, column, batch.size());
        } else {
            addRest(rest, stated, column, batch.size());
        }
        for (var i = batch.size() - 1; i >= 0 && batch.row(i) >= firstSeveral; i--) {
            for (var line = firstOpen[batch.row(i)]; line < firstOpen[batch.row(i) + 1]; line++) {
                var part = Judgement.part(opens[line], stated);
                column[i] += first ? part : opens[line] - part;
            }
        }
    }

    private static void addFirst(long[] open, long stated, long[] column, int size) {
        for (var i = 0; i < size; i++) {
            column[i] += (open[i] * stated + Ratio.ONE / 2) / Ratio.ONE;
        }
    }

    private static void addRest(long[] open, long stated, long[] column, int size) {
        for (var i = 0; i < size; i++) {
            column[i] += open[i] - (open[i] * stated + Ratio.ONE / 2) / Ratio.ONE;
        }
    }

    private void markOpen(Batch batch) {
        for (var i = 0; i < batch.size(); i++) {
            batch.alone()[i] |= firstOpen[batch.row(i)] - firstOpen[batch.row(i) + 1];
        }
    }
}
