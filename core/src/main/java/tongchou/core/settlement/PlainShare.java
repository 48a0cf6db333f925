package tongchou.core.settlement;

import java.util.Arrays;
import java.util.List;
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
    private static final int START = 2;
    private static final int PAYMENT = 3;
    private static final int LEFT = 4;

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
    }

    /// The short cut to the share of a layer; null where a part of it is no constant.
    static @Nullable PlainShare of(Layer layer, @Nullable Deduction deduction, @Nullable Segments segments,
            List<Limit> limits, List<Stage.Increment> increments) {
        var constant = segments == null
                ? new Segments.Constant(-1, false, new long[] {0}, new long[] {Ratio.ONE}) : segments.constant();
        var plain = constant != null && (deduction == null || deduction.constant() >= 0)
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
    ///
    /// @param last whether no layer comes after it, so that nobody asks how much of the rest lies above a ceiling
    void pay(boolean last, Batch batch) {
        var open = open(batch);
        var taken = batch.notes()[TAKEN];
        deduct(open, batch.copyCounter(borneSlot, PAYMENT), taken, batch.size());
        var payable = open;
        var start = batch.copyCounter(segments.slot(), START);
        if (segments.absolute()) {
            batch.add(taken, start);
        }
        markOutside(start, payable, batch);
        var payment = batch.notes()[PAYMENT];
        payment(start, payable, payment, batch.size());
        for (var limit : limits) {
            limit(limit.constant(), batch.copyCounter(limit.tables().slot(), START), last && mayCut, payment, batch);
        }
        if (sorts) {
            sort(taken, payable, payment, batch);
        } else {
            relieve(payment, batch);
        }
        batch.pay(payer, payment);
        for (var increment : increments) {
            var counter = batch.counters()[increment.slot()];
            switch (increment.by()) {
                case DEDUCTIBLE -> batch.add(taken, counter);
                case EXPENSE -> batch.add(payable, counter);
                case EXPENSE_WITH_DEDUCTIBLE -> {
                    batch.add(taken, counter);
                    batch.add(payable, counter);
                }
                case PAYMENT -> batch.add(payment, counter);
            }
        }
    }

    private long[] open(Batch batch) {
        var open = batch.notes()[PAYABLE];
        Arrays.fill(open, 0, batch.size(), 0);
        for (var burden : base) {
            batch.add(batch.burdens()[burden], open);
        }
        return open;
    }

    /// Takes the deductible out of what is open.
    private void deduct(long[] open, long[] borne, long[] taken, int size) {
        for (var i = 0; i < size; i++) {
            var part = Math.min(open[i], Math.max(0, due - Math.max(0, borne[i])));
            taken[i] = part;
            open[i] -= part;
        }
    }

    private void markOutside(long[] start, long[] payable, Batch batch) {
        var least = segments.above()[0];
        for (var i = 0; i < batch.size(); i++) {
            batch.alone()[i] |= payable[i] > 0 & (start[i] < least | start[i] > Long.MAX_VALUE - payable[i]);
        }
    }

    private void payment(long[] start, long[] payable, long[] payment, int size) {
        Arrays.fill(payment, 0, size, 0);
        for (var i = 0; i < segments.ratios().length; i++) {
            var below = i + 1 < segments.above().length ? segments.above()[i + 1] : Long.MAX_VALUE;
            add(segments.above()[i], below, segments.ratios()[i], start, payable, payment, size);
        }
        for (var i = 0; i < size; i++) {
            payment[i] = Math.min(payable[i], (payment[i] + bias) / Ratio.ONE);
        }
    }

    private static void add(long above, long below, long ratio, long[] start, long[] payable, long[] sum, int size) {
        for (var i = 0; i < size; i++) {
            sum[i] += Math.max(0, Math.min(start[i] + payable[i], below) - Math.max(start[i], above)) * ratio;
        }
    }

    private static void limit(long limit, long[] used, boolean cut, long[] payment, Batch batch) {
        for (var i = 0; i < batch.size(); i++) {
            var room = Math.max(0, limit - used[i]);
            if (cut) {
                payment[i] = Math.min(payment[i], room);
            } else {
                batch.alone()[i] |= payment[i] > room;
            }
        }
    }

    private void sort(long[] taken, long[] payable, long[] payment, Batch batch) {
        for (var burden : base) {
            Arrays.fill(batch.burdens()[burden], 0, batch.size(), 0);
        }
        batch.add(taken, batch.burdens()[Burden.DEDUCTIBLE.ordinal()]);
        var shared = batch.burdens()[Burden.CO_PAY.ordinal()];
        for (var i = 0; i < batch.size(); i++) {
            shared[i] += payable[i] - payment[i];
        }
    }

    private void relieve(long[] payment, Batch batch) {
        var left = batch.notes()[LEFT];
        System.arraycopy(payment, 0, left, 0, batch.size());
        for (var burden : base) {
            var open = batch.burdens()[burden];
            for (var i = 0; i < batch.size(); i++) {
                var part = Math.min(left[i], open[i]);
                open[i] -= part;
                left[i] -= part;
            }
        }
    }
}
