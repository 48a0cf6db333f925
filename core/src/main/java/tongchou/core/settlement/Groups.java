package tongchou.core.settlement;

/// The places of a population ordered by the demands they meet (同类分组): each group chooses the same rows.
///
/// @param places all places, group after group, in their order within a group
/// @param first where each group begins in `places`; one more than there are groups
/// @param bits the demands that each group meets
record Groups(int[] places, int[] first, long[] bits) {

    static Groups of(long[] bits) {
        var table = new int[Math.max(2, Integer.highestOneBit(Math.max(1, bits.length)) * 4)];
        var found = new long[bits.length];
        var group = new int[bits.length];
        var size = new int[bits.length + 1];
        var groups = 0;
        for (var i = 0; i < bits.length; i++) {
            var slot = (int) (bits[i] * 0x9E3779B97F4A7C15L >>> 33) & table.length - 1;
            while (table[slot] != 0 && found[table[slot] - 1] != bits[i]) {
                slot = slot + 1 & table.length - 1;
            }
            if (table[slot] == 0) {
                found[groups] = bits[i];
                table[slot] = ++groups;
            }
            group[i] = table[slot] - 1;
            size[table[slot]]++;
        }
        var first = new int[groups + 1];
        for (var i = 0; i < groups; i++) {
            first[i + 1] = first[i] + size[i + 1];
        }
        var next = first.clone();
        var places = new int[bits.length];
        for (var i = 0; i < bits.length; i++) {
            places[next[group[i]]++] = i;
        }
        return new Groups(places, first, found);
    }

    int count() {
        return first.length - 1;
    }
}
