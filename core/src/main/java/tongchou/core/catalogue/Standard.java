package tongchou.core.catalogue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;

/// What insurance takes as the price of a drug (医保支付标准): what is charged above it stays with the patient.
public sealed interface Standard extends Stated {

    @Override
    default String slot() {
        return "";
    }

    /// One price for each specification.
    ///
    /// @param prices at least one
    record BySpecification(List<Each> prices) implements Standard {
        /// Copies the prices.
        public BySpecification {
            prices = List.copyOf(prices);
        }
    }

    /// The price of one specification (规格).
    ///
    /// @param specification as the list prints it in short, for example `10mg/片`; empty where it states none
    record Each(String specification, Fen price) {
    }

    /// A price that falls with the quantity in one dispensing (阶梯支付标准), such as radioactive iodine by millicurie.
    ///
    /// @param unit what is counted
    /// @param base the price of one unit in the first step
    /// @param steps the upper bounds with the share of the base price that holds below them, rising
    record Steps(String unit, Fen base, List<Step> steps) implements Standard {
        /// Copies the steps.
        public Steps {
            steps = List.copyOf(steps);
        }

        /// What a quantity is worth, rounded half up to the fen; beyond the last bound nothing is stated.
        ///
        /// @throws IllegalArgumentException when the quantity lies beyond the last bound
        public Fen of(BigDecimal quantity) {
            var sum = BigDecimal.ZERO;
            var from = BigDecimal.ZERO;
            for (var step : steps) {
                var upTo = BigDecimal.valueOf(step.upTo());
                var part = quantity.min(upTo).subtract(from).max(BigDecimal.ZERO);
                sum = sum.add(part.multiply(BigDecimal.valueOf(base.value()))
                        .multiply(BigDecimal.valueOf(step.share().millionths(), 6)));
                from = upTo;
            }
            if (quantity.compareTo(from) > 0) {
                throw new IllegalArgumentException(
                        "the list states no price beyond " + from.toPlainString() + " " + unit);
            }
            return Fen.of(sum.setScale(0, RoundingMode.HALF_UP).longValueExact());
        }
    }

    /// One step of a price that falls with the quantity.
    ///
    /// @param upTo last unit of the step
    /// @param share share of the base price
    record Step(long upTo, Ratio share) {
    }

    /// Kept confidential at the maker's request (支付标准保密, `*`): known only to a private overlay.
    record Confidential() implements Standard {
    }
}
