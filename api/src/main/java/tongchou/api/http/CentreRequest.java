package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Records to which township centre a village clinic belongs (村卫生室隶属).
///
/// @param centre code of the centre
/// @param to last day; left out while no end is known
public record CentreRequest(
        @Field(form = Field.Form.CODE) String centre,
        LocalDate from,
        @Field(omissible = true) @Nullable LocalDate to) {
}
