package tongchou.core.catalogue;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tongchou.core.money.Fen;

/// What a centralised procurement agreed for a drug or consumable (集中带量采购): price and volume.
///
/// From the national expansion on a drug has several winners with different prices, each supplying named provinces,
/// so a price belongs to batch, specification and supplier.
///
/// @param batch the procurement, for example 第四批
/// @param specification strength and pack as agreed, for example 5mg
/// @param unit what the price is for: 片, 粒, 支, or the pack
/// @param supplier the winner, empty where not known
/// @param each the agreed price of one unit in thousandths of a fen, as documents print four decimals of a yuan
/// @param volume agreed units of the agreement, null where not published
/// @param paysFor whether insurance takes the agreed price as its payment standard
public record Procurement(String batch, String specification, String unit, String supplier, Milli each,
        @Nullable BigDecimal volume, boolean paysFor) implements Stated {

    /// A price finer than a fen (厘以下的单价), in thousandths of a fen; it becomes money only times a quantity.
    ///
    /// @param value thousandths of a fen: 0.5907 yuan is 59,070
    public record Milli(long value) {

        /// Reads yuan with up to five decimals.
        ///
        /// @throws NumberFormatException when the text is no number
        /// @throws ArithmeticException when it is finer
        public static Milli ofYuan(String yuan) {
            return new Milli(new BigDecimal(yuan.strip().replace(",", "")).movePointRight(5).longValueExact());
        }

        /// The same price in yuan without trailing zeros, at least two decimals.
        public String yuan() {
            var exact = BigDecimal.valueOf(value, 5).stripTrailingZeros();
            return exact.setScale(Math.max(2, exact.scale())).toPlainString();
        }

        /// What a quantity costs, rounded half up to the fen.
        public Fen times(BigDecimal quantity) {
            return Fen.of(BigDecimal.valueOf(value, 3).multiply(quantity).setScale(0, java.math.RoundingMode.HALF_UP)
                    .longValueExact());
        }
    }

    @Override
    public String slot() {
        return batch + " " + specification + " " + supplier;
    }
}
