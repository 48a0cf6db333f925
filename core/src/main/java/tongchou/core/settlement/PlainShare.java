package tongchou.core.settlement;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tongchou.core.money.Ratio;
import tongchou.core.money.Rounding;
import tongchou.core.policy.Burden;
import tongchou.core.policy.Layer;

/// A fund's share of which nothing depends on the claim but amounts and counters (常规支付份额), for many claims at a time.
///
/// It is a short cut to what [Share.Paid] does and never a second opinion: its deductible, segments and ceilings are
/// constants and the amounts are whole fen. Where a ceiling cuts the payment off or the measure leaves the segments,
/// it marks the claim as one to be settled by itself.
final class PlainShare {

    /// With no more parts of a fen than this, the exact share cannot leave the range of a long.
    private static final long FINEST = 900;

    /// The columns in which it notes what it works out.
    private static final int TAKEN = 0;
    private static final int PAYABLE = 1;
    private static final int PAYMENT = 2;

    private final int[] base;
    private final boolean sorts;
    private final int payer;
    private final long bias;
    private final long due;
    private final int borneSlot;
    private final Segments.Constant segments;
    private final boolean mayCut;
    private final List<Limit> limits;
    private final List<Stage.Increment> increments;
    private final long later;
    private final boolean last;

    private PlainShare(Layer layer, @Nullable Deduction deduction, Segments.Constant segments, List<Limit> limits,
            List<Stage.Increment> increments) {
        this.base = layer.base().stream().mapToInt(Burden::ordinal).toArray();
        this.sorts = layer.sorts();
        this.payer = layer.payer().ordinal();
        this.bias = bias(layer.rounding());
        this.due = deduction == null ? 0 : deduction.constant();
        this.borneSlot = deduction == null ? -1 : deduction.slot();
        this.segments = segments;
        this.mayCut = finest(segments) <= FINEST;
        this.limits = limits;
        this.increments = increments;
        this.later = -1;
        this.last = false;
    }

    private PlainShare(PlainShare share, long later, boolean last) {
        this.base = share.base;
        this.sorts = share.sorts;
        this.payer = share.payer;
        this.bias = share.bias;
        this.due = share.due;
        this.borneSlot = share.borneSlot;
        this.segments = share.segments;
        this.mayCut = share.mayCut;
        this.limits = share.limits;
        this.increments = share.increments;
        this.later = later;
        this.last = last;
    }

    /// The same share before others.
    ///
    /// @param asked the burdens that the others work on
    /// @param end whether there are none, so that nobody asks how much of the rest lies above a ceiling
    PlainShare before(long asked, boolean end) {
        return new PlainShare(this, asked, end);
    }

    /// The burdens it works on, as bits.
    long asked() {
        return IntStream.of(base).mapToLong(burden -> 1L << burden).reduce(0, (left, right) -> left | right);
    }

    int payer() {
        return payer;
    }

    /// The short cut to the share of a layer; null where a part of it is no constant.
    static @Nullable PlainShare of(Layer layer, @Nullable Deduction deduction, @Nullable Segments segments,
            List<Limit> limits, List<Stage.Increment> increments) {
        var constant = segments == null
                ? new Segments.Constant(-1, false, new long[] {0}, new long[] {Ratio.ONE}) : segments.constant();
        var plain = constant != null && !layer.base().isEmpty() && (deduction == null || deduction.constant() >= 0)
                && limits.stream().allMatch(limit -> limit.onPayment() && limit.constant() >= 0);
        return plain ? new PlainShare(layer, deduction, constant, limits, increments) : null;
    }

    /// What is added to millionths before they are cut to whole units, see [Rounding#ofMillionths].
    private static long bias(Rounding rounding) {
        return switch (rounding) {
            case HALF_UP -> Ratio.ONE / 2;
            case DOWN -> 0;
            case UP -> Ratio.ONE - 1;
        };
    }

    /// The most parts into which a fen has to be divided to turn a payment back into expense.
    private static long finest(Segments.Constant segments) {
        var common = LongStream.of(segments.ratios()).reduce(Ratio.ONE, Workings::greatestCommonDivisor);
        return LongStream.of(segments.ratios()).max().orElse(0) / common;
    }

    /// Pays for every claim of a batch.
    void pay(Batch batch) {
        var size = batch.size();
        var payable = open(batch);
        var taken = batch.none();
        if (due > 0) {
            taken = batch.notes()[TAKEN];
            deduct(due, batch.counter(borneSlot), payable, taken, size);
        }
        var payment = batch.notes()[PAYMENT];
        pay(start(taken, batch), payable, payment, batch);
        for (var limit : limits) {
            var used = batch.counter(limit.tables().slot());
            if (last && mayCut) {
                cut(limit.constant(), used, payment, size);
            } else {
                markAbove(limit.constant(), used, payment, batch.alone(), size);
            }
        }
        if (sorts) {
            sort(taken, payable, payment, batch);
        } else {
            relieve(payment, batch);
        }
        Batch.add(payment, batch.paid()[payer], size);
        Batch.subtract(payment, batch.left(), size);
        for (var increment : increments) {
            increase(increment.by(), batch.counters()[increment.slot()], taken, payable, payment, size);
        }
    }

    private static void increase(Stage.Growth by, long[] counter, long[] taken, long[] payable, long[] payment,
            int size) {
        switch (by) {
            case DEDUCTIBLE -> Batch.add(taken, counter, size);
            case EXPENSE -> Batch.add(payable, counter, size);
            case EXPENSE_WITH_DEDUCTIBLE -> {
                Batch.add(taken, counter, size);
                Batch.add(payable, counter, size);
            }
            case PAYMENT -> Batch.add(payment, counter, size);
        }
    }

    private long[] open(Batch batch) {
        var open = batch.notes()[PAYABLE];
        System.arraycopy(batch.burdens()[base[0]], 0, open, 0, batch.size());
        for (var i = 1; i < base.length; i++) {
            Batch.add(batch.burdens()[base[i]], open, batch.size());
        }
        return open;
    }

    /// Takes the deductible out of what is open.
    private static void deduct(long due, long[] borne, long[] open, long[] taken, int size) {
        for (var i = 0; i < size; i++) {
            var part = Math.min(open[i], Math.max(0, due - Math.max(0, borne[i])));
            taken[i] = part;
            open[i] -= part;
        }
    }

    /// Where in the segments the payable amount begins.
    private long[] start(long[] taken, Batch batch) {
        var counter = batch.counter(segments.slot());
        if (!segments.absolute() || taken == batch.none()) {
            return counter;
        }
        var start = batch.notes()[PAYMENT];
        Batch.sum(counter, taken, start, batch.size());
        return start;
    }

    private void pay(long[] start, long[] payable, long[] payment, Batch batch) {
        var least = segments.above()[0];
        if (least > 0 || start != batch.none()) {
            markOutside(least, start, payable, batch.alone(), batch.size());
        }
        var count = segments.ratios().length;
        var sum = count == 1 ? payment : batch.sums();
        for (var i = 0; i < count; i++) {
            var below = i + 1 < segments.above().length ? segments.above()[i + 1] : Long.MAX_VALUE;
            if (i == 0) {
                set(segments.above()[i], below, segments.ratios()[i], start, payable, sum, batch.size());
            } else {
                add(segments.above()[i], below, segments.ratios()[i], start, payable, sum, batch.size());
            }
        }
        round(bias, sum, payable, payment, batch.size());
    }

    private static void markOutside(long least, long[] start, long[] payable, long[] alone, int size) {
        for (var i = 0; i < size; i++) {
            alone[i] |= -payable[i] & (Math.max(start[i], -1) - least | start[i] + payable[i]);
        }
    }

    private static void set(long above, long below, long ratio, long[] start, long[] payable, long[] sum, int size) {
        for (var i = 0; i < size; i++) {
            sum[i] = Math.max(0, Math.min(start[i] + payable[i], below) - Math.max(start[i], above)) * ratio;
        }
    }

    private static void add(long above, long below, long ratio, long[] start, long[] payable, long[] sum, int size) {
        for (var i = 0; i < size; i++) {
            sum[i] += Math.max(0, Math.min(start[i] + payable[i], below) - Math.max(start[i], above)) * ratio;
        }
    }

    private static void round(long bias, long[] sum, long[] payable, long[] payment, int size) {
        for (var i = 0; i < size; i++) {
            payment[i] = Math.min(payable[i], (sum[i] + bias) / Ratio.ONE);
        }
    }

    private static void cut(long limit, long[] used, long[] payment, int size) {
        for (var i = 0; i < size; i++) {
            payment[i] = Math.min(payment[i], Math.max(0, limit - used[i]));
        }
    }

    private static void markAbove(long limit, long[] used, long[] payment, long[] alone, int size) {
        for (var i = 0; i < size; i++) {
            alone[i] |= Math.max(0, limit - used[i]) - payment[i];
        }
    }

    private boolean isAsked(int burden) {
        return (later >>> burden & 1) != 0;
    }

    private void sort(long[] taken, long[] payable, long[] payment, Batch batch) {
        for (var burden : base) {
            if (isAsked(burden)) {
                batch.clear(batch.burdens()[burden]);
            }
        }
        if (isAsked(Burden.DEDUCTIBLE.ordinal())) {
            Batch.add(taken, batch.burdens()[Burden.DEDUCTIBLE.ordinal()], batch.size());
        }
        if (isAsked(Burden.CO_PAY.ordinal())) {
            var shared = batch.burdens()[Burden.CO_PAY.ordinal()];
            Batch.add(payable, shared, batch.size());
            Batch.subtract(payment, shared, batch.size());
        }
    }

    /// Takes the payment out of the burdens in their order.
    private void relieve(long[] payment, Batch batch) {
        if (IntStream.of(base).noneMatch(this::isAsked)) {
            return;
        }
        var left = batch.sums();
        System.arraycopy(payment, 0, left, 0, batch.size());
        for (var burden : base) {
            relieve(left, batch.burdens()[burden], batch.size());
        }
    }

    private static void relieve(long[] left, long[] open, int size) {
        for (var i = 0; i < size; i++) {
            var part = Math.min(left[i], open[i]);
            open[i] -= part;
            left[i] -= part;
        }
    }
}
