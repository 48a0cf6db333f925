package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What members of an alliance lack of its list, and for whom it matters (缺药报告), by institution and item.
///
/// @param next where the next page begins, to be sent as after; left out on the last
public record GapsReply(String alliance, LocalDate date, List<GapReply> gaps, @Nullable String next) {

    /// A member that lacks an item.
    ///
    /// @param atCentre whether the township centre of a village clinic has it
    /// @param patients those to whom it was dispensed within a year and who are contracted with the member, designated
    ///         to it, or were treated there within the year
    public record GapReply(
            String institution, String item, String name, boolean atCentre, List<GapPatientReply> patients) {
    }

    /// Somebody for whom it matters.
    ///
    /// @param diseases the chronic diseases for which the member is registered; empty for none
    /// @param lastDay when it was dispensed last
    /// @param at where
    /// @param contracted whether the member's family-doctor contract is with the institution
    public record GapPatientReply(
            String member, List<String> diseases, LocalDate lastDay, String at, boolean contracted) {
    }
}
