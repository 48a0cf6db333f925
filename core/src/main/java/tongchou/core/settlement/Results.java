package tongchou.core.settlement;

import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tongchou.core.policy.Payer;

/// What became of a population under some rules (测算结果), by place: amounts in fen, counters, refusals.
public final class Results {

    private final long[] fund;
    private final long[][] paid = new long[Payer.values().length][];
    private final long[][] after;
    private final @Nullable Refusal[] refusals;

    Results(int size, int slots) {
        this.fund = new long[size];
        this.after = new long[slots][size];
        this.refusals = new @Nullable Refusal[size];
        this.paid[Payer.CASH.ordinal()] = new long[size];
    }

    /// What all funds pay for a claim; zero for a refused one.
    public long fund(int place) {
        return fund[place];
    }

    /// What one payer pays for a claim; zero for a refused one.
    public long paid(Payer payer, int place) {
        var column = paid[payer.ordinal()];
        return column == null ? 0 : column[place];
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
        return after[slot][place];
    }

    /// Why a claim was not settled; null when it was.
    public @Nullable Refusal refusal(int place) {
        return refusals[place];
    }

    /// What all funds pay for the whole population.
    ///
    /// @throws ArithmeticException when the sum leaves the range of a long
    public long fund() {
        return LongStream.of(fund).reduce(0, Math::addExact);
    }

    /// Takes over a batch without the claims that have to be settled alone.
    void take(Batch batch) {
        for (var slot = 0; slot < after.length; slot++) {
            scatter(batch.counters()[slot], batch.places(), after[slot]);
        }
        for (var payer : Payer.values()) {
            var column = batch.paid()[payer.ordinal()];
            if (column != null) {
                scatter(column, batch.places(), column(payer.ordinal()));
                gain(column, batch.places());
            }
        }
        scatter(batch.left(), batch.places(), column(Payer.CASH.ordinal()));
    }

    private void gain(long[] payment, int[] places) {
        for (var i = 0; i < places.length; i++) {
            fund[places[i]] += payment[i];
        }
    }

    private static void scatter(long[] from, int[] places, long[] to) {
        for (var i = 0; i < places.length; i++) {
            to[places[i]] = from[i];
        }
    }

    /// Takes over a claim that was settled, or refused, by itself.
    void take(int place, long[] before, Workings w) {
        refusals[place] = w.refusal();
        fund[place] = w.refusal() == null ? w.fund() : 0;
        for (var payer : Payer.values()) {
            var payment = w.refusal() == null ? w.paid(payer) : 0;
            if (payment != 0 || paid[payer.ordinal()] != null) {
                column(payer.ordinal())[place] = payment;
            }
        }
        for (var slot = 0; slot < after.length; slot++) {
            after[slot][place] = w.refusal() == null ? w.counter(slot) : before[slot];
        }
    }

    private long[] column(int payer) {
        if (paid[payer] == null) {
            paid[payer] = new long[fund.length];
        }
        return paid[payer];
    }
}
