package tongchou.server.intake;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.KnownOn;
import tongchou.core.encounter.Claim;
import tongchou.core.policy.Policy;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.RefusalCode;
import tongchou.core.settlement.Waterfalls;
import tongchou.server.packs.PackSwitch;
import tongchou.server.packs.Packs;

/// Which of the loaded rules a claim is settled by (适用政策): those of the pack that answers for the day that binds it.
///
/// @param packSwitch which versions are in force, null where every loaded one is
/// @param pack id of the one pack whose rules are taken, whatever another has taken over since; null for any
record Applicable(Packs packs, @Nullable PackSwitch packSwitch, @Nullable String pack) {

    /// The rules for members insured in a division when a day binds their claims.
    Optional<Waterfalls> on(String division, LocalDate day) {
        return pack != null ? packs.library().policyOf(pack, division)
                : packSwitch == null ? packs.policy(division, day) : packs.serving(division, day, packSwitch);
    }

    /// Rules with what they found for a claim.
    record Choice(Waterfalls rules, Waterfalls.Found found) {
    }

    /// The rules that answer for the day which they bind a claim to: asked are those of its last day, and where these
    /// bind it to a day on which another pack still settled, that pack's.
    ///
    /// @return nothing when no pack settles the division on these days
    Optional<Choice> of(Claim draft, KnownOn known) {
        var division = draft.standing().area();
        var last = draft.encounter().to();
        var rules = on(division, last).orElse(null);
        if (rules == null) {
            return packs.policy(division).map(later -> new Choice(later, refused(last, later.policy(), last + "")));
        }
        var found = rules.find(draft, known);
        var earlier = found.day().equals(last) ? rules : on(division, found.day()).orElse(null);
        if (rules.equals(earlier)) {
            return Optional.of(new Choice(rules, found));
        }
        if (earlier != null) {
            var other = earlier.find(draft, known);
            if (on(division, other.day()).filter(earlier::equals).isPresent()) {
                return Optional.of(new Choice(earlier, other));
            }
        }
        return Optional.of(new Choice(rules, refused(found.day(), rules.policy(),
                draft.encounter().from() + ".." + last)));
    }

    private static Waterfalls.Found refused(LocalDate day, Policy policy, String read) {
        return new Waterfalls.Found(null, day, new Refusal(RefusalCode.OUTSIDE_COVER, "encounter.to", read,
                policy.name() + "政策包 " + policy.pack() + " 接管之后的日期；跨越接管日而两包结算日不同的，分段结算",
                "days after pack " + policy.pack() + " of " + policy.nameEn() + " took over; a stay across that day, "
                        + "which the two packs bind to different days, is settled in parts"));
    }
}
