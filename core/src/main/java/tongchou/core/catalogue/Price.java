package tongchou.core.catalogue;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Tier;
import tongchou.core.money.Fen;

/// What one unit of an item may cost (价格) at a tier of institution.
///
/// Items are compared only in the same unit: an infusion by group and one by bed-day are different prices.
///
/// @param tier the tier it is for; null for every tier
/// @param unit what the price is for, for example 次, 日 or 组
/// @param least the age in completed years from which it holds, 0 for everybody
/// @param most the last completed year of age for which it holds, [#ANY_AGE] for everybody
public record Price(Basis basis, @Nullable Tier tier, String unit, int least, int most, Fen each) implements Stated {

    /// No upper age.
    public static final int ANY_AGE = 199;

    /// A price for every age.
    public static Price of(Basis basis, @Nullable Tier tier, String unit, Fen each) {
        return new Price(basis, tier, unit, 0, ANY_AGE, each);
    }

    /// What a price is (价格性质).
    public enum Basis {
        /// The price a public institution may charge (政府指导价).
        CHARGE,
        /// The most that insurance counts per unit; what is above stays with the patient (医保限价).
        LIMIT;

        /// The basis in the words of the pack format.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Whether it is a price for somebody of that age.
    public boolean isFor(int age) {
        return least <= age && age <= most;
    }

    /// Whether it is a price for certain ages only.
    public boolean isForSome() {
        return least > 0 || most < ANY_AGE;
    }

    @Override
    public String slot() {
        return basis + " " + (tier == null ? "" : tier.name()) + " " + unit + " " + least + ".." + most;
    }
}
