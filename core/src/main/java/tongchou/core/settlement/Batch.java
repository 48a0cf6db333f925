package tongchou.core.settlement;

import java.util.Arrays;
import tongchou.core.policy.Burden;
import tongchou.core.policy.Payer;

/// Some claims of one group on their way through the layers (成批演算), in columns: the same working as on a [Workings],
/// for many claims at a time and in whole fen alone.
///
/// @param size how many claims there are; columns may be longer
/// @param places which claims of the population they are
/// @param burdens what nobody has paid yet, by burden
/// @param counters the sums of the members, by slot
/// @param paid what the payers pay; a column is there for those of the layers
/// @param left what nobody has paid of the bill
/// @param alone claims that have to be settled by themselves; what their columns say is void
/// @param notes columns for what a layer works out
record Batch(int size, int[] places, long[][] burdens, long[][] counters, long[][] paid, long[] left, boolean[] alone,
        long[][] notes) {

    private static final int NOTES = 5;

    /// Columns for as many claims and counters, to be used again and again.
    static Batch empty(int length, int slots) {
        return new Batch(0, new int[0], new long[Burden.values().length][length], new long[slots][length],
                new long[Payer.values().length][], new long[length], new boolean[length], new long[NOTES][length]);
    }

    /// The same columns for other claims.
    Batch with(int[] next, long[][] before) {
        for (var slot = 0; slot < before.length; slot++) {
            gather(before[slot], next, counters[slot]);
        }
        for (var burden : burdens) {
            Arrays.fill(burden, 0, next.length, 0);
        }
        for (var payment : paid) {
            if (payment != null) {
                Arrays.fill(payment, 0, next.length, 0);
            }
        }
        Arrays.fill(alone, 0, next.length, false);
        return new Batch(next.length, next, burdens, counters, paid, left, alone, notes);
    }

    private static void gather(long[] from, int[] places, long[] to) {
        for (var i = 0; i < places.length; i++) {
            to[i] = from[places[i]];
        }
    }

    /// Copies the column of a counter; zeros where the slot is negative because nothing is remembered.
    long[] copyCounter(int slot, int note) {
        if (slot < 0) {
            Arrays.fill(notes[note], 0, size, 0);
        } else {
            System.arraycopy(counters[slot], 0, notes[note], 0, size);
        }
        return notes[note];
    }

    void pay(int payer, long[] payment) {
        if (paid[payer] == null) {
            paid[payer] = new long[left.length];
        }
        add(payment, paid[payer]);
        for (var i = 0; i < size; i++) {
            left[i] -= payment[i];
        }
    }

    void add(long part, long[] sum) {
        for (var i = 0; i < size; i++) {
            sum[i] += part;
        }
    }

    void add(long[] part, long[] sum) {
        for (var i = 0; i < size; i++) {
            sum[i] += part[i];
        }
    }
}
