package tongchou.core.people;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.InForce;

/// What a member's insurance looks like during a period (参保状态): the facts the rules ask about.
///
/// A member has one standing per period; retirement, a move or a relief decision begins a new one.
///
/// @param inForce the days on which these facts hold
/// @param area six-digit division code of the pooling area that insures the member (参保地)
/// @param plan the area's own plan name such as 一档, empty where the area has only one
/// @param relief assistance group
/// @param civilServant whether the civil-servant supplement covers the member (公务员医疗补助)
/// @param claimFreeYears years without any payment of the fund that count for incentives and were not used up (零报销年数)
/// @param enrolledSince first day of the present unbroken enrolment (连续参保起始日)
/// @param entitledFrom first day on which benefits are paid; later than `enrolledSince` during a waiting period (待遇等待期)
/// @param retiredOn day of retirement where rules ask for it, as in Shanghai
/// @param contract the family-doctor contract
/// @param designated codes of the institutions the member chose (选定医疗机构)
/// @param diseases the area's codes of registered chronic, special or two-disease entitlements (门诊慢特病, 两病)
/// @param tags the area's own words for groups the national facts do not know
public record Standing(
        InForce inForce,
        String area,
        Scheme scheme,
        Status status,
        String plan,
        Relief relief,
        boolean civilServant,
        int claimFreeYears,
        LocalDate enrolledSince,
        LocalDate entitledFrom,
        @Nullable LocalDate retiredOn,
        @Nullable Contract contract,
        List<String> designated,
        Set<String> diseases,
        Set<String> tags) {

    /// A standing without claim-free years.
    public Standing(InForce inForce, String area, Scheme scheme, Status status, String plan, Relief relief,
            boolean civilServant, LocalDate enrolledSince, LocalDate entitledFrom, @Nullable LocalDate retiredOn,
            @Nullable Contract contract, List<String> designated, Set<String> diseases, Set<String> tags) {
        this(inForce, area, scheme, status, plan, relief, civilServant, 0, enrolledSince, entitledFrom, retiredOn,
                contract, designated, diseases, tags);
    }

    /// Copies the collections.
    public Standing {
        designated = List.copyOf(designated);
        diseases = Set.copyOf(diseases);
        tags = Set.copyOf(tags);
    }
}
