package tongchou.core.settlement;

/// The counters of one waterfall before and after a settlement, by slot (累计位置).
public final class Position {

    private final long[] before;
    private final long[] after;

    Position(long[] before, long[] after) {
        this.before = before;
        this.after = after;
    }

    /// The sum the settlement found in a slot.
    public long before(int slot) {
        return before[slot];
    }

    /// The sum it leaves in a slot.
    public long after(int slot) {
        return after[slot];
    }
}
