package tongchou.server.intake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.AccountFacts;
import tongchou.api.http.AllianceFacts;
import tongchou.api.http.ContractFacts;
import tongchou.api.http.Fault;
import tongchou.api.http.InstitutionFacts;
import tongchou.api.http.IdentityFacts;
import tongchou.api.http.MemberFacts;
import tongchou.api.http.MembershipFacts;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.StandingFacts;
import tongchou.api.http.Words;
import tongchou.core.alliance.Alliance;
import tongchou.core.alliance.Institution;
import tongchou.core.alliance.Membership;
import tongchou.core.calendar.InForce;
import tongchou.core.money.Fen;
import tongchou.core.people.Contract;
import tongchou.core.people.Member;
import tongchou.core.people.Purse;
import tongchou.core.people.Relief;
import tongchou.core.people.Standing;
import tongchou.storage.Person;

/// Registered facts as the interface writes them and as the core keeps them (登记信息), both ways.
public final class Facts {

    private final List<Fault> faults = new ArrayList<>();

    private Facts() {
    }

    /// A member to register.
    ///
    /// @throws Refused when days are out of order or fields contradict each other
    public static Person person(MemberFacts facts) {
        var reader = new Facts();
        var standings = reader.all(facts.standings(), "standings", facts.birth());
        if (facts.account() != null && facts.account().familyFen() != null) {
            reader.fault(ProblemCode.FIELDS_CONFLICT, "account.family_fen", facts.account().familyFen().toString(),
                    "不填：家庭共济金额由共济人账户得出", "nothing: family money comes from the sharers' accounts");
        }
        reader.giveUpOnFaults();
        return new Person(new Member(facts.token(), facts.birth()), standings, purse(facts.account()), facts.sharers());
    }

    /// The standings of a person who is not registered.
    ///
    /// @param field where they stand in the request
    /// @throws Refused when days are out of order or fields contradict each other
    public static List<Standing> standings(List<StandingFacts> facts, String field, LocalDate birth) {
        var reader = new Facts();
        var standings = reader.all(facts, field, birth);
        reader.giveUpOnFaults();
        return standings;
    }

    /// Refuses a day before somebody's birth.
    ///
    /// @param field where the day stands in the request
    /// @throws Refused when it is one
    public static void notBefore(LocalDate birth, LocalDate day, String field) {
        if (day.isBefore(birth)) {
            throw new Refused(Fault.of(ProblemCode.DATES_OUT_OF_ORDER, field, day.toString(), "不早于出生日期 " + birth,
                    "not before the birth on " + birth));
        }
    }

    /// A standing to add to a member.
    ///
    /// @throws Refused when days are out of order or fields contradict each other
    public static Standing standing(StandingFacts facts) {
        var reader = new Facts();
        var standing = reader.standing(facts, "");
        reader.giveUpOnFaults();
        return Objects.requireNonNull(standing);
    }

    /// An institution to register.
    ///
    /// @param field where it stands in the request; empty for the request itself
    /// @throws Refused when days are out of order
    public static Institution institution(InstitutionFacts facts, String field) {
        var reader = new Facts();
        var inForce = reader.inForce(facts.from(), facts.to(), field);
        reader.giveUpOnFaults();
        return new Institution(facts.code(), facts.name(), facts.division(), facts.tier(),
                Objects.requireNonNullElse(facts.grade(), Institution.Grade.NONE), facts.kind(),
                Objects.requireNonNullElse(facts.administration(), Institution.Administration.COUNTY),
                Objects.requireNonNullElse(facts.specialty(), Institution.Specialty.GENERAL), inForce);
    }

    /// An alliance to register.
    ///
    /// @throws Refused when days are out of order or two leads meet
    public static Alliance alliance(AllianceFacts facts) {
        var reader = new Facts();
        var memberships = new ArrayList<Membership>();
        for (var i = 0; i < facts.memberships().size(); i++) {
            var one = facts.memberships().get(i);
            var membership = new Membership(one.institution(), one.role(),
                    reader.inForce(one.from(), one.to(), "memberships[" + i + "]"));
            for (var earlier : memberships) {
                if (earlier.inForce().overlaps(membership.inForce())) {
                    if (earlier.institution().equals(membership.institution())) {
                        reader.fault(ProblemCode.DATES_OUT_OF_ORDER, "memberships[" + i + "].from",
                                one.from().toString(), "同一机构的各段成员关系互不重叠",
                                "memberships of one institution that do not overlap");
                    } else if (one.role() == Membership.Role.LEAD && earlier.role() == Membership.Role.LEAD) {
                        reader.fault(ProblemCode.FIELDS_CONFLICT, "memberships[" + i + "].role", "lead",
                                "任何一天至多一家牵头医院", "at most one lead on any day");
                    }
                }
            }
            memberships.add(membership);
        }
        reader.giveUpOnFaults();
        return switch (facts.kind()) {
            case URBAN_GROUP -> new Alliance.UrbanGroup(facts.code(), facts.name(), memberships);
            case COUNTY_COMMUNITY -> new Alliance.CountyCommunity(facts.code(), facts.name(), memberships);
            case SPECIALTY_ALLIANCE -> new Alliance.SpecialtyAlliance(facts.code(), facts.name(), memberships);
            case TELEMEDICINE_NETWORK -> new Alliance.TelemedicineNetwork(facts.code(), facts.name(), memberships);
        };
    }

    /// The account money as the core keeps it.
    public static Purse purse(@Nullable AccountFacts facts) {
        return facts == null ? Purse.EMPTY : new Purse(Fen.of(facts.currentYearFen()), Fen.of(facts.earlierYearsFen()),
                Fen.of(Objects.requireNonNullElse(facts.familyFen(), 0L)));
    }

    private List<Standing> all(List<StandingFacts> facts, String field, LocalDate birth) {
        var standings = new ArrayList<Standing>();
        for (var i = 0; i < facts.size(); i++) {
            var path = field + "[" + i + "]";
            var standing = standing(facts.get(i), path);
            if (facts.get(i).from().isBefore(birth)) {
                fault(ProblemCode.DATES_OUT_OF_ORDER, path + ".from", facts.get(i).from().toString(),
                        "不早于出生日期 " + birth, "not before the birth on " + birth);
            }
            if (standing == null) {
                continue;
            }
            for (var earlier : standings) {
                if (earlier.inForce().overlaps(standing.inForce())) {
                    fault(ProblemCode.DATES_OUT_OF_ORDER, path + ".from", facts.get(i).from().toString(),
                            "与其他参保状态不重叠", "standings that do not overlap");
                }
            }
            standings.add(standing);
        }
        standings.sort(java.util.Comparator.comparing(standing -> standing.inForce().from()));
        return standings;
    }

    private @Nullable Standing standing(StandingFacts facts, String path) {
        var before = faults.size();
        var inForce = inForce(facts.from(), facts.to(), path);
        if (facts.status().scheme() != facts.scheme()) {
            fault(ProblemCode.FIELDS_CONFLICT, inner(path, "status"), Words.of(facts.status()),
                    "属于险种 " + Words.of(facts.scheme()) + " 的人员类别",
                    "a kind of person of the scheme " + Words.of(facts.scheme()));
        }
        var contract = facts.contract() == null ? null : contract(facts.contract(), inner(path, "contract"));
        var entitled = Objects.requireNonNullElse(facts.entitledFrom(), facts.enrolledSince());
        if (entitled.isBefore(facts.enrolledSince())) {
            fault(ProblemCode.DATES_OUT_OF_ORDER, inner(path, "entitled_from"), entitled.toString(),
                    "不早于 enrolled_since " + facts.enrolledSince(),
                    "not before enrolled_since " + facts.enrolledSince());
        }
        return faults.size() > before ? null : new Standing(inForce, facts.area(), facts.scheme(), facts.status(),
                Objects.requireNonNullElse(facts.plan(), ""), Objects.requireNonNullElse(facts.relief(), Relief.NONE),
                facts.civilServant(), Objects.requireNonNullElse(facts.claimFreeYears(), 0),
                facts.enrolledSince(), entitled, facts.retiredOn(), contract, facts.designated(),
                Set.copyOf(facts.diseases()), Set.copyOf(facts.tags()));
    }

    private Contract contract(ContractFacts facts, String path) {
        return new Contract(facts.institution(), inForce(facts.from(), facts.to(), path));
    }

    private InForce inForce(LocalDate from, @Nullable LocalDate to, String path) {
        if (to != null && to.isBefore(from)) {
            fault(ProblemCode.DATES_OUT_OF_ORDER, inner(path, "to"), to.toString(), "不早于首日 " + from,
                    "not before the first day " + from);
            return InForce.from(from);
        }
        return to == null ? InForce.from(from) : new InForce(from, to);
    }

    private static String inner(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private void fault(ProblemCode code, String field, String read, String expected, String expectedEn) {
        faults.add(Fault.of(code, field, read, expected, expectedEn));
    }

    private void giveUpOnFaults() {
        if (!faults.isEmpty()) {
            throw new Refused(faults);
        }
    }

    /// A member as it is answered.
    ///
    /// @param identity with its number masked; null when there is none
    public static MemberFacts reply(Person person, @Nullable IdentityFacts identity) {
        var purse = person.purse();
        return new MemberFacts(person.member().token(), person.member().birth(),
                person.standings().stream().map(Facts::reply).toList(),
                new AccountFacts(purse.currentYear().value(), purse.earlierYears().value(), purse.family().value()),
                person.sharers(), identity);
    }

    /// A standing as it is answered.
    public static StandingFacts reply(Standing standing) {
        var contract = standing.contract();
        return new StandingFacts(standing.inForce().from(), last(standing.inForce()), standing.area(),
                standing.scheme(), standing.status(), standing.plan().isEmpty() ? null : standing.plan(),
                standing.relief(), standing.civilServant(),
                standing.claimFreeYears() == 0 ? null : standing.claimFreeYears(), standing.enrolledSince(),
                standing.entitledFrom(),
                standing.retiredOn(), contract == null ? null : new ContractFacts(
                        contract.institution(), contract.inForce().from(), last(contract.inForce())),
                standing.designated(), standing.diseases().stream().sorted().toList(),
                standing.tags().stream().sorted().toList());
    }

    /// An institution as it is answered.
    public static InstitutionFacts reply(Institution institution) {
        return new InstitutionFacts(institution.code(), institution.name(), institution.division(), institution.tier(),
                institution.grade() == Institution.Grade.NONE ? null : institution.grade(), institution.kind(),
                institution.administration(), institution.specialty(), institution.inForce().from(),
                last(institution.inForce()));
    }

    /// An alliance as it is answered.
    public static AllianceFacts reply(Alliance alliance) {
        var kind = switch (alliance) {
            case Alliance.UrbanGroup _ -> AllianceFacts.Kind.URBAN_GROUP;
            case Alliance.CountyCommunity _ -> AllianceFacts.Kind.COUNTY_COMMUNITY;
            case Alliance.SpecialtyAlliance _ -> AllianceFacts.Kind.SPECIALTY_ALLIANCE;
            case Alliance.TelemedicineNetwork _ -> AllianceFacts.Kind.TELEMEDICINE_NETWORK;
        };
        return new AllianceFacts(alliance.code(), alliance.name(), kind, alliance.memberships().stream()
                .map(one -> new MembershipFacts(one.institution(), one.role(), one.inForce().from(),
                        last(one.inForce())))
                .toList());
    }

    private static @Nullable LocalDate last(InForce inForce) {
        return inForce.isOpen() ? null : inForce.to();
    }
}
