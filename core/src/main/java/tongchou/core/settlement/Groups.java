package tongchou.core.settlement;

/// The rows of a population ordered by the demands they meet (同类分组): each group chooses the same rules.
///
/// @param rows all rows, group after group, ascending within a group
/// @param first where each group begins in `rows`; one more than there are groups
/// @param bits the demands that each group meets
record Groups(int[] rows, int[] first, long[] bits) {

    /// Groups runs of rows that meet the same demands.
    ///
    /// @param bits the demands that each run meets
    /// @param starts the first row of each run; one more than there are runs
    static Groups of(long[] bits, int[] starts) {
        var table = new int[Math.max(2, Integer.highestOneBit(Math.max(1, bits.length)) * 4)];
        var found = new long[bits.length];
        var group = new int[bits.length];
        var size = new int[bits.length + 1];
        var groups = 0;
        for (var run = 0; run < bits.length; run++) {
            var slot = (int) (bits[run] * 0x9E3779B97F4A7C15L >>> 33) & table.length - 1;
            while (table[slot] != 0 && found[table[slot] - 1] != bits[run]) {
                slot = slot + 1 & table.length - 1;
            }
            if (table[slot] == 0) {
                found[groups] = bits[run];
                table[slot] = ++groups;
            }
            group[run] = table[slot] - 1;
            size[table[slot]] += starts[run + 1] - starts[run];
        }
        var first = new int[groups + 1];
        for (var i = 0; i < groups; i++) {
            first[i + 1] = first[i] + size[i + 1];
        }
        var next = first.clone();
        var rows = new int[starts[bits.length]];
        for (var run = 0; run < bits.length; run++) {
            var length = starts[run + 1] - starts[run];
            count(rows, next[group[run]], starts[run], length);
            next[group[run]] += length;
        }
        return new Groups(rows, first, found);
    }

    private static void count(int[] rows, int to, int row, int length) {
        for (var i = 0; i < length; i++) {
            rows[to + i] = row + i;
        }
    }

    int count() {
        return first.length - 1;
    }
}
