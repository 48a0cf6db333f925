package tongchou.api.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of members that are affected and not booked (未能重算清单).
///
/// @param next what `after` of the next page is; left out at the end
public record ObstaclesReply(List<ObstacleReply> obstacles, @Nullable String next) {

    /// Why a member is not booked (原因).
    ///
    /// @param settlement the one that cannot be settled again; left out when it is about the member
    /// @param why a code and what it is about
    public record ObstacleReply(String member, @Nullable String settlement, String why) {
    }
}
