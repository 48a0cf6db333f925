package tongchou.core.policy;

import java.util.List;
import tongchou.core.calendar.InForce;

/// A division code that was given out or withdrawn (行政区划代码变更): the days on which it stands for a place.
///
/// @param code six digits
/// @param name the place
/// @param inForce the days on which the code may be used; where the day of a change was not found, old and new code
///         both may be used between the editions that hold the one and the other
/// @param becomes the codes that stand for the place afterwards; empty while it stands
public record Division(String code, String name, InForce inForce, List<String> becomes, Citation citation) {

    /// Copies the codes.
    public Division {
        becomes = List.copyOf(becomes);
    }
}
