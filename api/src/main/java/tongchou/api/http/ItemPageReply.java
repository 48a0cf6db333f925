package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.ConvergenceReply.TierPricesReply;

/// The page of an item (条目详情): what it is, every dated fact about it, its prices by tier and their way.
///
/// @param payClass the class on the day; left out on days on which the area's lists do not hold the item
/// @param rule the rule that moves its prices on the day; left out where there is none
/// @param tiers prices on the day; none on days that the pack does not answer for
/// @param outsideCover true where the pack does not answer for the day; else left out
/// @param facts everything that the catalogue of the area ever states about it, the newest first
/// @param imported everything that imports state about the code
public record ItemPageReply(
        String code, String kind, List<String> names, String form, String unit,
        @Field(name = "class") @Nullable String payClass, List<String> groups, @Nullable String rule,
        List<TierPricesReply> tiers, @Nullable Boolean outsideCover, List<FactReply> facts, List<ItemReply> imported) {

    /// A dated fact.
    ///
    /// @param about `item`, `price`, `pre-pay`, `standard`, `restriction`, `surcharge`, `procurement`, `allowance`,
    ///         `convergence` or `continuation`
    /// @param target the code, the group or the range of numbers it is stated for
    /// @param value what it states, in Chinese
    public record FactReply(
            String about, String target, String value, @Nullable LocalDate from, @Nullable LocalDate to,
            LocalDate issued, String level, @Nullable CitationReply citation) {
    }
}
