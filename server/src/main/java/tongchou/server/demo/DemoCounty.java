package tongchou.server.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.AccountUse;
import tongchou.api.http.EncounterFacts;
import tongchou.api.http.LineFacts;
import tongchou.api.http.SettlementRequest;
import tongchou.core.alliance.Alliance;
import tongchou.core.alliance.Institution;
import tongchou.core.alliance.Institution.Administration;
import tongchou.core.alliance.Institution.Kind;
import tongchou.core.alliance.Institution.Specialty;
import tongchou.core.alliance.Membership;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.InForce;
import tongchou.core.catalogue.PayClass;
import tongchou.core.encounter.Care;
import tongchou.core.money.Fen;
import tongchou.core.people.Contract;
import tongchou.core.people.Member;
import tongchou.core.people.Purse;
import tongchou.core.people.Relief;
import tongchou.core.people.Scheme;
import tongchou.core.people.Standing;
import tongchou.core.people.Status;
import tongchou.core.settlement.YearToDate;
import tongchou.server.intake.Records;
import tongchou.storage.Book;
import tongchou.storage.Person;
import tongchou.storage.Roll;

/// A demonstration county (示例县): one county medical community and members of every kind, all invented.
public final class DemoCounty implements Records {

    /// The division code of the county; no real place has it.
    public static final String DIVISION = "999901";

    /// The county hospital that leads the community.
    public static final String COUNTY_HOSPITAL = "H99990100001";

    private static final String CITY = "999900";
    private static final LocalDate FIRST_DAY = LocalDate.of(2021, 1, 1);
    private static final InForce SINCE = InForce.from(LocalDate.of(2020, 1, 1));

    private final List<Institution> institutions = new ArrayList<>();
    private final List<Person> people = new ArrayList<>();

    /// The county with everything in it.
    public DemoCounty() {
        institution(COUNTY_HOSPITAL, "示例县人民医院", Tier.SECONDARY, Kind.HOSPITAL, Administration.COUNTY,
                Specialty.GENERAL);
        institution("H99990100002", "示例县中医院", Tier.SECONDARY, Kind.HOSPITAL, Administration.COUNTY,
                Specialty.CHINESE_MEDICINE);
        institution("H99990100011", "东河镇卫生院", Tier.PRIMARY, Kind.TOWNSHIP, Administration.TOWNSHIP, Specialty.GENERAL);
        institution("H99990100012", "西山乡卫生院", Tier.PRIMARY, Kind.TOWNSHIP, Administration.TOWNSHIP, Specialty.GENERAL);
        institution("H99990100021", "城关社区卫生服务中心", Tier.PRIMARY, Kind.COMMUNITY, Administration.TOWNSHIP,
                Specialty.GENERAL);
        institution("H99990100031", "东河镇柳树村卫生室", Tier.PRIMARY, Kind.VILLAGE, Administration.VILLAGE, Specialty.GENERAL);
        institution("H99990100032", "西山乡石桥村卫生室", Tier.PRIMARY, Kind.VILLAGE, Administration.VILLAGE, Specialty.GENERAL);
        institution("P99990100041", "城关大药房", Tier.PRIMARY, Kind.PHARMACY, Administration.PRIVATE, Specialty.GENERAL);
        institution("H99990100051", "示例县安康精神病医院", Tier.SECONDARY, Kind.HOSPITAL, Administration.PRIVATE,
                Specialty.PSYCHIATRIC);
        institutions.add(new Institution("H99990000001", "示例市第一医院", CITY, Tier.TERTIARY, Kind.HOSPITAL,
                Administration.CITY, Specialty.GENERAL, SINCE));

        employee("demo-employee-active", 1985, Status.ACTIVE, false, null);
        employee("demo-employee-contracted", 1980, Status.ACTIVE, false, "H99990100021");
        employee("demo-employee-retired", 1955, Status.RETIRED, false, null);
        employee("demo-employee-retired-contracted", 1950, Status.RETIRED, false, "H99990100021");
        employee("demo-employee-civil-servant", 1978, Status.ACTIVE, true, null);
        employee("demo-employee-chronic", 1970, Status.ACTIVE, false, "H99990100021", "M03900", "M01600");
        resident("demo-resident-adult", 1975, Status.ADULT, Relief.NONE, null);
        resident("demo-resident-contracted", 1970, Status.ADULT, Relief.NONE, "H99990100011");
        resident("demo-resident-elderly", 1950, Status.ELDERLY, Relief.NONE, null);
        resident("demo-resident-elderly-contracted", 1945, Status.ELDERLY, Relief.NONE, "H99990100012");
        resident("demo-resident-pupil", 2014, Status.PUPIL, Relief.NONE, null);
        resident("demo-resident-child", 2021, Status.CHILD, Relief.NONE, null);
        resident("demo-resident-student", 2005, Status.STUDENT, Relief.NONE, null);
        resident("demo-resident-low-income", 1968, Status.ADULT, Relief.LOW_INCOME, "H99990100012");
        resident("demo-resident-destitute", 1948, Status.ELDERLY, Relief.DESTITUTE, "H99990100011");
        resident("demo-resident-marginal", 1972, Status.ADULT, Relief.MARGINAL, null);
        resident("demo-resident-returned-to-poverty", 1966, Status.ADULT, Relief.RETURNED_TO_POVERTY, null);
        resident("demo-resident-chronic", 1960, Status.ADULT, Relief.NONE, "H99990100011", "M03900", "M01600");
        resident("demo-resident-special-disease", 1962, Status.ADULT, Relief.NONE, null, "M00500", "M07801");
        resident("demo-resident-hypertension", 1958, Status.ELDERLY, Relief.NONE, "H99990100031", "两病-高血压");
        resident("demo-resident-diabetes", 1959, Status.ELDERLY, Relief.NONE, "H99990100031", "两病-糖尿病");
        sharing();
        waiting();
    }

    private void institution(
            String code, String name, Tier tier, Kind kind, Administration administration, Specialty specialty) {
        institutions.add(new Institution(code, name, DIVISION, tier, kind, administration, specialty, SINCE));
    }

    private void employee(String token, int born, Status status, boolean civilServant, @Nullable String contract,
            String... diseases) {
        var purse = new Purse(Fen.of(120_000), Fen.of(260_000), Fen.ZERO);
        add(token, born, standing(Scheme.EMPLOYEE, status, Relief.NONE, civilServant, contract, FIRST_DAY, diseases),
                purse);
    }

    private void resident(String token, int born, Status status, Relief relief, @Nullable String contract,
            String... diseases) {
        add(token, born, standing(Scheme.RESIDENT, status, relief, false, contract, FIRST_DAY, diseases), Purse.EMPTY);
    }

    /// Somebody who came back after a gap and waits until the end of 2030.
    private void waiting() {
        add("demo-resident-waiting", 1990, standing(Scheme.RESIDENT, Status.ADULT, Relief.NONE, false, null,
                LocalDate.of(2031, 1, 1)), Purse.EMPTY);
    }

    /// A retired employee to whom two relatives open their accounts (家庭共济).
    private void sharing() {
        var standing = standing(Scheme.EMPLOYEE, Status.RETIRED, Relief.NONE, false, null, FIRST_DAY);
        people.add(new Person(new Member("demo-employee-family", LocalDate.of(1952, 5, 20)), List.of(standing),
                Purse.EMPTY, List.of("demo-employee-active", "demo-employee-contracted")));
    }

    private void add(String token, int born, Standing standing, Purse purse) {
        people.add(new Person(new Member(token, LocalDate.of(born, 5, 20)), List.of(standing), purse, List.of()));
    }

    private static Standing standing(Scheme scheme, Status status, Relief relief, boolean civilServant,
            @Nullable String contract, LocalDate entitled, String... diseases) {
        var tags = diseases.length > 0 && diseases[0].startsWith("M") ? Set.of("慢特病") : Set.<String>of();
        return new Standing(InForce.from(FIRST_DAY), DIVISION, scheme, status, "", relief, civilServant, FIRST_DAY,
                entitled, null, contract == null ? null : new Contract(contract, InForce.from(FIRST_DAY)), List.of(),
                Set.of(diseases), tags);
    }

    /// The county medical community; the city hospital, the pharmacy and the private hospital stand outside.
    public Alliance alliance() {
        var memberships = institutions.stream()
                .filter(one -> one.division().equals(DIVISION) && one.administration() != Administration.PRIVATE)
                .map(one -> new Membership(one.code(), one.code().equals(COUNTY_HOSPITAL)
                        ? Membership.Role.LEAD : Membership.Role.MEMBER, SINCE)).toList();
        return new Alliance.CountyCommunity("A99990100001", "示例县医共体", memberships);
    }

    /// Its institutions.
    public List<Institution> institutions() {
        return List.copyOf(institutions);
    }

    /// Its members.
    public List<Person> people() {
        return List.copyOf(people);
    }

    /// Writes the county into a book that holds nothing yet, all of it or nothing.
    ///
    /// @return whether the book was empty
    public boolean seed(Book book) {
        if (book.settlements() > 0 || !book.institutions("", 1).isEmpty() || !book.alliances().isEmpty()) {
            return false;
        }
        book.register(new Roll(institutions, people, List.of(alliance()))).ifPresent(found -> {
            throw new IllegalStateException("the demonstration county collides with " + found);
        });
        return true;
    }

    /// A first request: a contracted resident's week in the county hospital.
    ///
    /// @param discharge the last day, on which the loaded pack must answer
    public static SettlementRequest example(LocalDate discharge) {
        var lines = List.of(
                new LineFacts("bed", "床位费", 84_000, PayClass.A, null, null, null, null, null),
                new LineFacts("surgery", "阑尾切除术", 260_000, PayClass.A, null, null, null, null, null),
                new LineFacts("drugs", "西药费", 386_000, PayClass.B, null, 1000L, null, null, null),
                new LineFacts("ward-upgrade", "自费项目", 20_000, PayClass.C, null, null, null, null, null));
        var total = lines.stream().mapToLong(LineFacts::amountFen).sum();
        return new SettlementRequest("demo-" + discharge, "demo-resident-contracted", null, COUNTY_HOSPITAL, null,
                new EncounterFacts(
                        Care.INPATIENT, discharge.minusDays(7), discharge, null, null, null, null, null, null,
                        null),
                total, lines, AccountUse.FAMILY, null, List.of(), null);
    }

    @Override
    public Optional<Person> person(String token) {
        return people.stream().filter(one -> one.member().token().equals(token)).findFirst();
    }

    @Override
    public Optional<Institution> institution(String code, LocalDate day) {
        return institutions.stream().filter(one -> one.code().equals(code) && one.inForce().covers(day)).findFirst();
    }

    @Override
    public boolean knows(String institution) {
        return institutions.stream().anyMatch(one -> one.code().equals(institution));
    }

    @Override
    public YearToDate yearToDate(String token) {
        return YearToDate.NOTHING;
    }
}
