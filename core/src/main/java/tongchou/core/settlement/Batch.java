package tongchou.core.settlement;

import tongchou.core.policy.Burden;
import tongchou.core.policy.Payer;

/// Some claims of one group on their way through the layers (成批演算), in columns: the same working as on a [Workings],
/// for many claims at a time and in whole fen alone.
///
/// @param places which claims of the population they are
/// @param burdens what nobody has paid yet, by burden
/// @param counters the sums of the members, by slot
/// @param paid what the payers pay; a column is there for those of the layers
/// @param left what nobody has paid of the bill
/// @param alone claims that have to be settled by themselves; what their columns say is void
record Batch(int[] places, long[][] burdens, long[][] counters, long[][] paid, long[] left, boolean[] alone) {

    static Batch of(int[] places, long[][] before) {
        var counters = new long[before.length][places.length];
        for (var slot = 0; slot < before.length; slot++) {
            gather(before[slot], places, counters[slot]);
        }
        return new Batch(places, new long[Burden.values().length][places.length], counters,
                new long[Payer.values().length][], new long[places.length], new boolean[places.length]);
    }

    private static void gather(long[] from, int[] places, long[] to) {
        for (var i = 0; i < to.length; i++) {
            to[i] = from[places[i]];
        }
    }

    int size() {
        return places.length;
    }

    /// The column of a counter; zeros where the slot is negative because nothing is remembered.
    long[] counter(int slot) {
        return slot < 0 ? new long[size()] : counters[slot];
    }

    void pay(int payer, long[] payment) {
        if (paid[payer] == null) {
            paid[payer] = new long[size()];
        }
        add(payment, paid[payer]);
        for (var i = 0; i < payment.length; i++) {
            left[i] -= payment[i];
        }
    }

    static void add(long part, long[] sum) {
        for (var i = 0; i < sum.length; i++) {
            sum[i] += part;
        }
    }

    static void add(long[] part, long[] sum) {
        for (var i = 0; i < part.length; i++) {
            sum[i] += part[i];
        }
    }
}
