package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Membership;

/// The time an institution belongs to an alliance (成员关系).
///
/// @param institution institution code
/// @param to last day; left out while no end is known
public record MembershipFacts(
        @Field(form = Field.Form.CODE) String institution,
        Membership.Role role,
        LocalDate from,
        @Field(omissible = true) @Nullable LocalDate to) {
}
