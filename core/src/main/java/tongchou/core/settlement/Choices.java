package tongchou.core.settlement;

import org.jspecify.annotations.Nullable;

/// The choices a waterfall has made so far, found by the bits of the demands that are met: an immutable open hash
/// table of longs, replaced as a whole when a new combination of facts appears.
final class Choices {

    static final Choices NONE = new Choices(new long[8], new Waterfall.Choice[8], 0);

    private final long[] keys;
    private final Waterfall.@Nullable Choice[] values;
    private final int size;

    private Choices(long[] keys, Waterfall.@Nullable Choice[] values, int size) {
        this.keys = keys;
        this.values = values;
        this.size = size;
    }

    Waterfall.@Nullable Choice find(long bits) {
        return values[place(keys, values, bits)];
    }

    Choices with(long bits, Waterfall.Choice choice) {
        var length = size * 2 >= keys.length ? keys.length * 2 : keys.length;
        var nextKeys = new long[length];
        var nextValues = new Waterfall.@Nullable Choice[length];
        for (var i = 0; i < keys.length; i++) {
            if (values[i] != null) {
                var place = place(nextKeys, nextValues, keys[i]);
                nextKeys[place] = keys[i];
                nextValues[place] = values[i];
            }
        }
        var place = place(nextKeys, nextValues, bits);
        var added = nextValues[place] == null ? 1 : 0;
        nextKeys[place] = bits;
        nextValues[place] = choice;
        return new Choices(nextKeys, nextValues, size + added);
    }

    private static int place(long[] keys, Waterfall.@Nullable Choice[] values, long bits) {
        var mixed = bits * 0x9E3779B97F4A7C15L;
        var place = (int) (mixed >>> 40) & keys.length - 1;
        while (values[place] != null && keys[place] != bits) {
            place = place + 1 & keys.length - 1;
        }
        return place;
    }
}
