package tongchou.core.catalogue;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Tier;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.money.Rounding;

/// How the prices of an item move towards each other between tiers (价格趋同): a goal and the dated way to it.
///
/// It begins with the [Fact] around it. The prices that stood before are where it starts; a price that is stated for
/// its first day or a later one holds as stated, and the rule moves the others. Prices may move apart as well as
/// together: nothing is assumed but what is stated.
///
/// @param name the rule in a few words
/// @param stages how much of the way is gone from which day, rising; none means the whole way at once
/// @param step what prices are rounded to, half up
public record Convergence(String name, Goal goal, List<Stage> stages, Step step) implements Stated {

    /// Copies the stages.
    public Convergence {
        stages = List.copyOf(stages);
    }

    /// What the prices become (目标).
    public sealed interface Goal {
    }

    /// One price for every tier (各级同价).
    ///
    /// @param each the price; null where the rule says only that it is one
    /// @param of the tier whose price it becomes; null where none is named
    public record OnePrice(@Nullable Fen each, @Nullable Tier of) implements Goal {
    }

    /// At most a share between neighbouring tiers (级差不超过): a lower tier rises to that share below the next higher.
    public record Gap(Ratio most) implements Goal {
    }

    /// A fixed share of the price of a tier (按比例确定).
    public record Shares(Tier of, Map<Tier, Ratio> shares) implements Goal {
        /// Copies the shares.
        public Shares {
            shares = Map.copyOf(shares);
        }
    }

    /// A day and how much of the way is gone from it (阶段).
    public record Stage(LocalDate on, Ratio done) {
    }

    /// What prices are rounded to (取整).
    public enum Step {
        /// Whole fen.
        FEN,
        /// Ten fen (角).
        TENTH,
        /// Ten fen up to twenty yuan, whole yuan above (20 元以内保留一位小数，以上取整).
        TENTH_TO_TWENTY;

        /// The price rounded half up.
        Fen of(Fen price) {
            var unit = switch (this) {
                case FEN -> 1L;
                case TENTH -> 10L;
                case TENTH_TO_TWENTY -> price.value() <= 2000 ? 10L : 100L;
            };
            return Fen.of(Math.multiplyExact(Rounding.HALF_UP.quotient(price.value(), unit), unit));
        }
    }

    /// How much of the way is gone on a day on which the rule holds.
    public Ratio done(LocalDate day) {
        if (stages.isEmpty()) {
            return Ratio.WHOLE;
        }
        var done = Ratio.ZERO;
        for (var stage : stages) {
            if (!day.isBefore(stage.on())) {
                done = stage.done();
            }
        }
        return done;
    }

    @Override
    public String slot() {
        return "";
    }
}
