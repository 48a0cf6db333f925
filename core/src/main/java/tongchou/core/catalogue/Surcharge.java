package tongchou.core.catalogue;

import org.jspecify.annotations.Nullable;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.money.Rounding;

/// What is added to the price of a service under a condition (加收), or taken off (减收).
///
/// @param name the word a charge line asks for it with, for example `pump`; for age the name alone tells it
/// @param maxAge last completed year of age that has it without being asked; null for a surcharge that a line asks for
/// @param times what it multiplies the price with, such as 120% for children; null where an amount is added
/// @param plus what it adds to the price of one unit; null where the price is multiplied
public record Surcharge(
        String name, @Nullable Integer maxAge, @Nullable Ratio times, @Nullable Fen plus) implements Stated {

    /// @throws IllegalArgumentException unless exactly one of share and amount is stated
    public Surcharge {
        if ((times == null) == (plus == null)) {
            throw new IllegalArgumentException("a surcharge states a share or an amount: " + name);
        }
    }

    /// Whether a patient of that age has it without being asked for.
    public boolean comesWithAge(int age) {
        return maxAge != null && age <= maxAge;
    }

    /// The price of one unit with the surcharge, rounded half up to the fen.
    public Fen on(Fen price) {
        return times != null ? times.of(price, Rounding.HALF_UP) : price.plus(java.util.Objects.requireNonNull(plus));
    }

    @Override
    public String slot() {
        return name;
    }
}
