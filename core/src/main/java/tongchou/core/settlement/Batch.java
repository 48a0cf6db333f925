package tongchou.core.settlement;

import java.util.Arrays;
import tongchou.core.policy.Burden;
import tongchou.core.policy.Payer;

/// Some claims of one group on their way through the layers (成批演算), in columns: the same working as on a [Workings],
/// for many claims at a time and in whole fen alone. Loops over columns hold nothing but arithmetic, so that a
/// processor does eight claims at once.
///
/// @param size how many claims there are; columns may be longer
/// @param rows which rows of the population they are, from `from` on
/// @param together whether the rows follow each other without a gap
/// @param places where the owner of the population put them
/// @param burdens what nobody has paid yet, by burden
/// @param counters the sums of the members, by slot
/// @param paid what the payers pay
/// @param left what nobody has paid of the bill
/// @param alone negative for claims that have to be settled by themselves; what their columns say is void
/// @param none zeros, never written
/// @param notes columns for what a layer works out
record Batch(int size, int[] rows, int from, boolean together, int[] places, long[][] burdens, long[][] counters,
        long[][] paid, long[] left, long[] alone, long[] none, long[][] notes) {

    private static final int NOTES = 4;

    /// Columns for as many claims and counters, to be used again and again.
    static Batch empty(int length, int slots) {
        return new Batch(0, new int[0], 0, true, new int[length],
                new long[Burden.values().length][length], new long[slots][length],
                new long[Payer.values().length][length], new long[length], new long[length], new long[length],
                new long[NOTES][length]);
    }

    /// The same columns for other claims: the rows from `start` to `end`.
    Batch with(int[] all, int start, int end) {
        return new Batch(end - start, all, start, all[end - 1] - all[start] == end - 1 - start, places, burdens,
                counters, paid, left, alone, none, notes);
    }

    /// The row of the population of a claim.
    int row(int claim) {
        return rows[from + claim];
    }

    /// Takes the rows of the batch out of a column of the population.
    void take(long[] column, long[] into) {
        if (together) {
            System.arraycopy(column, rows[from], into, 0, size);
        } else {
            for (var i = 0; i < size; i++) {
                into[i] = column[rows[from + i]];
            }
        }
    }

    /// Gives a column of the batch to the rows of the population.
    void give(long[] column, long[] into) {
        if (together) {
            System.arraycopy(column, 0, into, rows[from], size);
        } else {
            for (var i = 0; i < size; i++) {
                into[rows[from + i]] = column[i];
            }
        }
    }

    /// Takes the counters, which the caller has laid out by place.
    ///
    /// @param all the place of every row
    void find(long[][] before, int[] all) {
        if (together) {
            System.arraycopy(all, rows[from], places, 0, size);
        } else {
            for (var i = 0; i < size; i++) {
                places[i] = all[rows[from + i]];
            }
        }
        for (var slot = 0; slot < before.length; slot++) {
            find(before[slot], places, counters[slot], size);
        }
    }

    private static void find(long[] column, int[] places, long[] into, int size) {
        for (var i = 0; i < size; i++) {
            into[i] = column[places[i]];
        }
    }

    /// A counter before the layer moves it; zeros where the slot is negative because nothing is remembered.
    long[] counter(int slot) {
        return slot < 0 ? none : counters[slot];
    }

    /// A column for sums that nobody asks for again.
    long[] sums() {
        return notes[NOTES - 1];
    }

    void clear(long[] column) {
        Arrays.fill(column, 0, size, 0);
    }

    /// Whether a claim has to be settled by itself.
    boolean hasAlone() {
        var any = 0L;
        for (var i = 0; i < size; i++) {
            any |= alone[i];
        }
        return any < 0;
    }

    static void mark(long[] marks, long[] alone, int size) {
        for (var i = 0; i < size; i++) {
            alone[i] |= marks[i];
        }
    }

    static void add(long part, long[] sum, int size) {
        for (var i = 0; i < size; i++) {
            sum[i] += part;
        }
    }

    static void add(long[] part, long[] sum, int size) {
        for (var i = 0; i < size; i++) {
            sum[i] += part[i];
        }
    }

    static void sum(long[] left, long[] right, long[] sum, int size) {
        for (var i = 0; i < size; i++) {
            sum[i] = left[i] + right[i];
        }
    }

    static void subtract(long[] part, long[] from, int size) {
        for (var i = 0; i < size; i++) {
            from[i] -= part[i];
        }
    }
}
