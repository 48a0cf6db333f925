package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an institution has and what its alliance lists (机构药品目录), by item.
///
/// @param alliance the alliance it belongs to on the day; left out where it belongs to none
/// @param centre the township centre of a village clinic; left out for everybody else
public record InstitutionListReply(
        String institution, LocalDate date, @Nullable String alliance, @Nullable String centre,
        List<ShelfReply> entries) {

    /// An item.
    ///
    /// @param listed whether the alliance lists it
    /// @param stocked whether the institution has it
    /// @param atCentre whether the centre has it
    /// @param priceFen what the alliance agreed
    public record ShelfReply(
            String item, String name, boolean listed, boolean stocked, boolean atCentre, @Nullable Long priceFen) {
    }
}
