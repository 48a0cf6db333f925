package tongchou.storage;

import org.jspecify.annotations.Nullable;

/// A list of numbers and constants in JSON (列表), as both stores read it.
final class JsonList {

    private final StringBuilder text = new StringBuilder("[");
    private int length;

    /// Adds a number, or null.
    void add(@Nullable Long number) {
        next().append(number == null ? "null" : number.toString());
    }

    void add(long number) {
        next().append(number);
    }

    /// Adds the name of a constant, which needs no escapes.
    void add(Enum<?> constant) {
        next().append('"').append(constant.name()).append('"');
    }

    private StringBuilder next() {
        return length++ == 0 ? text : text.append(',');
    }

    int length() {
        return length;
    }

    /// The whole list.
    @Override
    public String toString() {
        return text + "]";
    }
}
