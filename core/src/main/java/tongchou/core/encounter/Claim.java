package tongchou.core.encounter;

import java.util.List;
import tongchou.core.alliance.Institution;
import tongchou.core.people.Member;
import tongchou.core.people.Purse;
import tongchou.core.people.Standing;

/// Everything a settlement is computed from except the rules and the year so far (结算申请): who, in what
/// standing, where, what was done, and which account money may be used.
///
/// @param name the caller's name for the encounter; it also names the episode where no referral does
public record Claim(
        String name, Member member, Standing standing, Institution institution, Encounter encounter, Purse purse) {

    /// The same claim with another bill.
    public Claim with(List<ChargeLine> lines) {
        return new Claim(name, member, standing, institution, encounter.with(lines), purse);
    }

    /// The episode whose deductible runs on.
    public String episode() {
        var referral = encounter.referral();
        return referral == null ? name : referral.episode();
    }
}
