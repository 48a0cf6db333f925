package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Items whose prices are on their way between tiers (价格趋同项目), by code.
///
/// @param days the days on which any way of the area reaches a stage
/// @param next where the next page begins, to be sent as after; left out on the last
public record ConvergenceReply(List<LocalDate> days, List<ConvergingReply> items, @Nullable String next) {

    /// An item on its way.
    ///
    /// @param rule the rule in a few words
    public record ConvergingReply(
            String code, String name, String kind, String rule, @Nullable LocalDate ruleFrom, CitationReply citation,
            List<TierPricesReply> tiers) {
    }

    /// The prices of an item at a tier.
    ///
    /// @param unit what a price is for; items are compared in the same unit only
    /// @param chargeFen what one unit may be charged on the day; left out where nothing is stated
    /// @param derived whether a rule worked the charge out
    /// @param limitFen the most that insurance counts for one unit
    /// @param goalFen the charge at the end of the way; left out where no rule moves it
    /// @param leftFen what is still to go; negative when the price has to fall
    /// @param belowHigher how far it lies below the next higher tier, in percent of that tier's charge
    /// @param path every charge with its first day
    public record TierPricesReply(
            String tier, String unit, @Nullable Long chargeFen, boolean derived, @Nullable CitationReply citation,
            @Nullable Long limitFen, @Nullable Long goalFen, @Nullable Long leftFen, @Nullable String belowHigher,
            List<PathPointReply> path) {
    }

    /// A charge from a day on.
    public record PathPointReply(LocalDate from, long chargeFen, boolean derived) {
    }
}
