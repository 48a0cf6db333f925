package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The list of an alliance on a day (医联体药品目录), by item.
///
/// @param members who belongs to the alliance on the day, the lead first, village clinics of its centres included
public record FormularyReply(String alliance, LocalDate date, List<String> members, List<ListedReply> entries) {

    /// An item on the list.
    ///
    /// @param known whether the catalogue of the area knows it
    /// @param lookedIn where an unknown one was looked for, the nearest level first; left out where it is known
    /// @param near items of these levels whose code begins alike, or that bear the name an imported list gives to the
    ///         unknown one; left out where it is known
    /// @param stockedBy members that have it
    /// @param lackedBy members that have not
    public record ListedReply(
            String item, String name, boolean known, LocalDate from, @Nullable LocalDate to, @Nullable Long priceFen,
            String unit, String document, List<String> stockedBy, List<String> lackedBy,
            @Nullable List<String> lookedIn, @Nullable List<NearReply> near) {
    }

    /// An item that may have been meant.
    public record NearReply(String item, String name) {
    }
}
