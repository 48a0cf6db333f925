package tongchou.core.settlement;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.core.policy.Payer;

/// What became of a population under some rules (测算结果), by place: amounts in fen, counters, refusals.
///
/// The columns are by row of the population and are kept as they come; a row is looked up when somebody asks.
public final class Results {

    private static final int CASH = Payer.CASH.ordinal();
    private static final int[] FUNDS =
            Stream.of(Payer.values()).filter(Payer::isFund).mapToInt(Payer::ordinal).toArray();

    private final int[] rows;
    private final long[][] paid = new long[Payer.values().length][];
    private final long[][] after;
    private final Map<Integer, Refusal> refusals = new HashMap<>();

    Results(int[] rows, int slots) {
        this.rows = rows;
        this.after = new long[slots][rows.length];
        this.paid[CASH] = new long[rows.length];
    }

    /// What all funds pay for a claim; zero for a refused one.
    public long fund(int place) {
        var sum = 0L;
        for (var payer : FUNDS) {
            sum += paid[payer] == null ? 0 : paid[payer][rows[place]];
        }
        return sum;
    }

    /// What one payer pays for a claim; zero for a refused one.
    public long paid(Payer payer, int place) {
        var column = paid[payer.ordinal()];
        return column == null ? 0 : column[rows[place]];
    }

    /// What the patient pays for a claim from accounts and in cash; zero for a refused one.
    public long person(int place) {
        return paid(Payer.ACCOUNT_CURRENT_YEAR, place) + paid(Payer.ACCOUNT, place)
                + paid(Payer.FAMILY_ACCOUNT, place) + paid(Payer.CASH, place);
    }

    /// What the claim leaves in a counter of the waterfall; what it found there when it was refused.
    ///
    /// @param slot the place of the counter in [Waterfall#counters()]
    public long after(int slot, int place) {
        return after[slot][rows[place]];
    }

    /// Why a claim was not settled; null when it was.
    public @Nullable Refusal refusal(int place) {
        return refusals.get(rows[place]);
    }

    /// What all funds pay for the whole population. A population is no larger than what a long can add up.
    public long fund() {
        var sum = 0L;
        for (var payer : FUNDS) {
            if (paid[payer] != null) {
                for (var payment : paid[payer]) {
                    sum += payment;
                }
            }
        }
        return sum;
    }

    /// Takes over a batch without the claims that have to be settled alone.
    void take(Batch batch, int[] payers) {
        for (var slot = 0; slot < after.length; slot++) {
            batch.give(batch.counter(slot), after[slot]);
        }
        for (var payer : payers) {
            batch.give(batch.paid()[payer], column(payer));
        }
        batch.give(batch.left(), paid[CASH]);
    }

    /// Takes over a claim that was settled, or refused, by itself.
    void take(int row, long[] before, Workings w) {
        if (w.refusal() != null) {
            refusals.put(row, w.refusal());
        }
        for (var payer : Payer.values()) {
            var payment = w.refusal() == null ? w.paid(payer) : 0;
            if (payment != 0 || paid[payer.ordinal()] != null) {
                column(payer.ordinal())[row] = payment;
            }
        }
        for (var slot = 0; slot < after.length; slot++) {
            after[slot][row] = w.refusal() == null ? w.counter(slot) : before[slot];
        }
    }

    private long[] column(int payer) {
        if (paid[payer] == null) {
            paid[payer] = new long[rows.length];
        }
        return paid[payer];
    }
}
