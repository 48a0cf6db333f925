package tongchou.core.alliance;

import tongchou.core.calendar.InForce;

/// The time an institution belongs to an alliance, and as what (成员关系).
///
/// @param institution institution code
public record Membership(String institution, Role role, InForce inForce) {

    /// The part a member plays.
    public enum Role {
        /// The lead hospital that signs and distributes (牵头医院).
        LEAD,
        /// Any other member (成员单位).
        MEMBER
    }
}
