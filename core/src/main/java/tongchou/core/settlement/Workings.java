package tongchou.core.settlement;

import java.util.ArrayList;
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

    private static final int FEW_STEPS = 16;

    private static final int DEDUCTIBLE = Burden.DEDUCTIBLE.ordinal();
    private static final int CO_PAY = Burden.CO_PAY.ordinal();
    private static final int FULL_SELF_PAY = Burden.FULL_SELF_PAY.ordinal();
    private static final int OVER_LIMIT = Burden.OVER_LIMIT.ordinal();
    private static final int PRE_PAY = Burden.PRE_PAY.ordinal();
    private static final int IN_SCOPE = Burden.IN_SCOPE.ordinal();
    private static final int DIRECT = Burden.DIRECT.ordinal();
    private static final int OVER_CEILING = Burden.OVER_CEILING.ordinal();
    private static final int EXCLUDED = Burden.EXCLUDED.ordinal();
    private static final int CASH = Payer.CASH.ordinal();

    private static final Batch NO_COLUMNS = Batch.empty(0, 0);

    final long[] burdens = new long[Burden.values().length];
    private final long[] paid = new long[Payer.values().length];
    final long[] segments = new long[MOST_BANDS];
    final long[] ratios = new long[MOST_BANDS];
    long[] counters = new long[16];
    long unit;
    long stayNumber;
    private long payers;
    long total;
    long fullSelfPay;
    long overLimit;
    long prePay;
    long inScope;
    long atFlatShare;
    long firstShare;
    long classB;
    long deductible;
    long base;
    long taken;
    long payable;
    long over;
    long exact;
    long rest;
    long fund;
    long open;
    int bands;
    private int expectedSteps = FEW_STEPS;
    private Batch columns = NO_COLUMNS;
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

    /// What one payer paid in the last run, in fen.
    public long paid(Payer payer) {
        return paid[payer.ordinal()];
    }

    /// What the last run left in a counter of its waterfall, in fen or stays.
    ///
    /// @param slot the place of the counter in [Waterfall#counters()]
    public long counter(int slot) {
        return counters[slot];
    }

    /// Why the last run came to nothing; null when it settled.
    public @Nullable Refusal refusal() {
        return refusal;
    }

    /// Writes down what the next settlement does. Few settlements take more steps than the one before them.
    void explain(int bill, int layers) {
        steps = new ArrayList<>(expectedSteps);
        lines = new ArrayList<>(bill);
        postings = new ArrayList<>(layers + 1);
    }

    /// Hands over what was written down: nobody refers to it from here any more.
    void fallSilent() {
        expectedSteps = steps == null || steps.isEmpty() ? FEW_STEPS : steps.size();
        steps = null;
        lines = null;
        postings = null;
    }

    /// Columns for as many claims and counters of a population.
    Batch columns(int length, int slots) {
        if (columns.left().length < length || columns.counters().length < slots) {
            columns = Batch.empty(length, slots);
        }
        return columns;
    }

    /// Begins a settlement; only what the last one touched is reset.
    void clear(long[] before) {
        if (counters.length < before.length) {
            counters = new long[before.length];
        }
        copy(before, counters);
        for (var left = payers; left != 0; left &= left - 1) {
            paid[Long.numberOfTrailingZeros(left)] = 0;
        }
        payers = 0;
        unit = 1;
        deductible = 0;
        fund = 0;
        refusal = null;
    }

    private static void copy(long[] from, long[] to) {
        var n = from.length;
        if (n > 4) {
            System.arraycopy(from, 0, to, 0, n);
            return;
        }
        if (n > 0) {
            to[0] = from[0];
        }
        if (n > 1) {
            to[1] = from[1];
        }
        if (n > 2) {
            to[2] = from[2];
        }
        if (n > 3) {
            to[3] = from[3];
        }
    }

    /// Forgets the parts of the last bill, to sum up those of the next.
    void forget() {
        total = 0;
        fullSelfPay = 0;
        overLimit = 0;
        prePay = 0;
        inScope = 0;
        atFlatShare = 0;
        firstShare = 0;
        classB = 0;
    }

    /// Opens the judged bill to the layers.
    void open() {
        open(total, fullSelfPay, overLimit, prePay, inScope);
        burdens[IN_SCOPE] -= atFlatShare;
        burdens[DIRECT] = atFlatShare;
    }

    /// Opens a bill without items at flat shares, of which nothing but these parts will be asked.
    void open(long all, long outside, long above, long first, long scope) {
        total = all;
        open = all;
        inScope = scope;
        burdens[FULL_SELF_PAY] = outside;
        burdens[OVER_LIMIT] = above;
        burdens[PRE_PAY] = first;
        burdens[IN_SCOPE] = scope;
        burdens[DIRECT] = 0;
        burdens[DEDUCTIBLE] = 0;
        burdens[CO_PAY] = 0;
        burdens[OVER_CEILING] = 0;
        burdens[EXCLUDED] = 0;
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
        give(layer.payer().ordinal(), payment);
        if (layer.payer().isFund()) {
            fund += payment;
        }
        if (postings != null && payment != 0) {
            postings.add(new Posting(layer.payer(), Fen.of(payment), layer));
        }
    }

    /// Leaves what nobody has paid to the patient, in cash.
    void payRest() {
        var cash = open;
        give(CASH, cash);
        if (postings != null && cash != 0) {
            postings.add(new Posting(Payer.CASH, Fen.of(cash), null));
        }
        step(Step.Kind.CASH, null, null, cash, total, 0);
    }

    private void give(int payer, long payment) {
        paid[payer] += payment;
        payers |= 1L << payer;
        open -= payment;
    }

    /// Whether the burdens that are left are just what the patient pays in cash.
    boolean isBalanced() {
        var left = 0L;
        for (var burden : burdens) {
            left = Math.addExact(left, burden);
        }
        return left == Math.multiplyExact(paid[CASH], unit);
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
            case Amount.Unknown() -> throw new IllegalStateException("a claim that reaches it is refused before");
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
