package tongchou.core.people;

import tongchou.core.calendar.InForce;

/// A contract with a family doctor (家庭医生签约).
///
/// @param institution code of the primary unit that signed
/// @param inForce the days the contract covers
public record Contract(String institution, InForce inForce) {
}
