package tongchou.core.settlement;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.money.Rounding;
import tongchou.core.policy.Amount;
import tongchou.core.policy.Burden;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Payer;
import tongchou.core.policy.Row;

/// The scratch pad of one settlement at a time (演算纸), the only mutable thing in the core.
///
/// It belongs to one thread and is cleared at the start of every run, so that settling without an explanation
/// allocates nothing. Amounts in play are counted in the `unit`-th part of a fen: the unit is 1 until a
/// ceiling is turned back into expense at a ratio that does not divide it, and then every amount is refined
/// together, so nothing is rounded between two layers.
public final class Workings {

    static final int MOST_BANDS = 32;

    final long[] burdens = new long[Burden.values().length];
    final long[] paid = new long[Payer.values().length];
    final long[] segments = new long[MOST_BANDS];
    final long[] ratios = new long[MOST_BANDS];
    long[] counters = new long[16];
    long unit;
    long total;
    long fullSelfPay;
    long overLimit;
    long prePay;
    long inScope;
    long classB;
    long firstShare;
    long deductible;
    long base;
    long taken;
    long payable;
    long over;
    long exact;
    long rest;
    long fund;
    long age;
    int bands;
    @Nullable List<Step> steps;
    @Nullable List<JudgedLine> lines;
    @Nullable List<Posting> postings;
    @Nullable Refusal refusal;

    /// An empty pad.
    public Workings() {
    }

    /// What all funds paid in the last run, in fen.
    public long fund() {
        return fund;
    }

    /// What the patient paid in the last run from accounts and in cash, in fen.
    public long person() {
        return paid[Payer.ACCOUNT_CURRENT_YEAR.ordinal()] + paid[Payer.ACCOUNT.ordinal()]
                + paid[Payer.FAMILY_ACCOUNT.ordinal()] + paid[Payer.CASH.ordinal()];
    }

    /// Why the last run came to nothing; null when it settled.
    public @Nullable Refusal refusal() {
        return refusal;
    }

    void clear(long[] before) {
        if (counters.length < before.length) {
            counters = new long[before.length];
        }
        System.arraycopy(before, 0, counters, 0, before.length);
        Arrays.fill(burdens, 0);
        Arrays.fill(paid, 0);
        unit = 1;
        total = 0;
        fullSelfPay = 0;
        overLimit = 0;
        prePay = 0;
        inScope = 0;
        classB = 0;
        firstShare = 0;
        deductible = 0;
        fund = 0;
        refusal = null;
    }

    /// Begins a layer with what it works on.
    void begin(long amount) {
        base = amount;
        payable = amount;
        taken = 0;
        over = 0;
        exact = 0;
        rest = 0;
        bands = 0;
    }

    /// One segment at the whole: the layer pays all that is payable.
    void whole() {
        segments[0] = payable;
        ratios[0] = Ratio.ONE;
        bands = 1;
        exact = Math.multiplyExact(payable, Ratio.ONE);
    }

    /// Gives a payment to the payer of a layer.
    void pay(Layer layer, long payment) {
        paid[layer.payer().ordinal()] += payment;
        if (layer.payer().isFund()) {
            fund += payment;
        }
        if (postings != null && payment != 0) {
            postings.add(new Posting(layer.payer(), Fen.of(payment), layer));
        }
    }

    /// Turns the payment that a ceiling cut off, in millionths of the unit, back into the expense it would have paid,
    /// without rounding.
    void turnIntoExpense(long cut) {
        var excess = cut;
        for (var i = bands - 1; i >= 0 && excess > 0; i--) {
            var part = Math.multiplyExact(segments[i], ratios[i]);
            if (excess >= part) {
                over += segments[i];
                excess -= part;
            } else {
                var factor = ratios[i] / greatestCommonDivisor(excess, ratios[i]);
                refine(factor);
                excess = Math.multiplyExact(excess, factor);
                over += excess / ratios[i];
                excess = 0;
            }
        }
    }

    static long greatestCommonDivisor(long left, long right) {
        return right == 0 ? left : greatestCommonDivisor(right, left % right);
    }

    /// Divides every amount in play into finer parts, so that a fraction becomes a whole number of them.
    void refine(long factor) {
        if (factor == 1) {
            return;
        }
        unit = Math.multiplyExact(unit, factor);
        for (var i = 0; i < burdens.length; i++) {
            burdens[i] = Math.multiplyExact(burdens[i], factor);
        }
        for (var i = 0; i < bands; i++) {
            segments[i] = Math.multiplyExact(segments[i], factor);
        }
        base = Math.multiplyExact(base, factor);
        taken = Math.multiplyExact(taken, factor);
        payable = Math.multiplyExact(payable, factor);
        over = Math.multiplyExact(over, factor);
        exact = Math.multiplyExact(exact, factor);
        rest = Math.multiplyExact(rest, factor);
    }

    /// What a row of money states for the bill at hand, in fen.
    long stated(Amount amount) {
        return switch (amount) {
            case Amount.Yuan(var fen) -> fen.value();
            case Amount.ShareOfBill(var share, var atLeast, var atMost) -> part(share, atLeast, atMost, total);
            case Amount.ShareOfScope(var share, var atLeast, var atMost) -> part(share, atLeast, atMost, inScope);
            case Amount.None() -> 0;
        };
    }

    private static long part(Ratio share, Fen atLeast, Fen atMost, long of) {
        var part = share.of(Fen.of(of), Rounding.HALF_UP).value();
        return Math.min(atMost.value(), Math.max(atLeast.value(), part));
    }

    /// The whole fen in an amount in play.
    long whole(long amount) {
        return unit == 1 ? amount : amount / unit;
    }

    /// An amount in play as whole fen, rounded half up: for counters and explanations, never for payments.
    long fen(long amount) {
        return unit == 1 ? amount : Rounding.HALF_UP.quotient(amount, unit);
    }

    void step(Step.Kind kind, @Nullable Layer layer, @Nullable Row<?> row, long amount, long of, long ratio) {
        if (steps != null) {
            steps.add(new Step(kind, layer, row, amount, of, ratio));
        }
    }
}
