package tongchou.api.pack;

import java.time.LocalDate;
import java.util.List;

/// Division codes that passed from an area of one pack to an area of another, among packs that are loaded (接管).
///
/// @param pack id of the pack that settles from the day on
/// @param area its area
/// @param fromPack id of the pack that settled before and goes on settling what binds on earlier days
/// @param fromArea its area
/// @param divisions the codes that passed over, as the area that took them names them
/// @param from first binding day
public record Takeover(String pack, String area, String fromPack, String fromArea, List<String> divisions,
        LocalDate from) {

    /// Copies the codes.
    public Takeover {
        divisions = List.copyOf(divisions);
    }
}
