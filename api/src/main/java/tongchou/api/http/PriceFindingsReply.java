package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Booked lines above the price of the alliance or of its lead (同药同价检查), in the order of booking.
///
/// @param next where the next page begins, to be sent as after; left out on the last
public record PriceFindingsReply(
        String alliance, LocalDate from, LocalDate to, List<PriceFindingReply> findings, @Nullable Long next) {

    /// A line above another price.
    ///
    /// @param kind `above-alliance-price` or `above-lead`
    /// @param charged the line
    /// @param agreedFen what the alliance agreed for one unit; left out for `above-lead`
    /// @param lead the line of the lead hospital; left out for `above-alliance-price`
    /// @param excessFen what the line is above
    public record PriceFindingReply(
            String kind, String institution, String item, String name, String specification, ChargedReply charged,
            @Nullable Long agreedFen, @Nullable ChargedReply lead, long excessFen) {
    }

    /// A line as evidence.
    ///
    /// @param line its number on the bill, from one
    /// @param unitYuan the price of one unit in yuan
    public record ChargedReply(
            String settlement, int line, LocalDate day, String quantity, long amountFen, String unitYuan) {
    }
}
