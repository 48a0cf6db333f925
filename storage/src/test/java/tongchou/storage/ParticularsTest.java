package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tongchou.core.alliance.Alliance;
import tongchou.core.alliance.Institution;
import tongchou.core.alliance.Membership;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.InForce;
import tongchou.core.money.Fen;
import tongchou.core.people.Contract;
import tongchou.core.people.Member;
import tongchou.core.people.Purse;
import tongchou.core.people.Relief;
import tongchou.core.people.Scheme;
import tongchou.core.people.Standing;
import tongchou.core.people.Status;

/// What an auditor reads of a registration: every part of it, the same way every time.
class ParticularsTest {

    private static final InForce FROM_2026 = InForce.from(LocalDate.of(2026, 1, 1));
    private static final Institution CENTRE = new Institution("H1", "城关镇卫生院", "999801", Tier.PRIMARY,
            Institution.Grade.A, Institution.Kind.TOWNSHIP, Institution.Administration.TOWNSHIP,
            Institution.Specialty.GENERAL, FROM_2026);
    private static final Standing STANDING = new Standing(FROM_2026, "999801", Scheme.RESIDENT, Status.ADULT, "一档",
            Relief.LOW_INCOME, true, 3, LocalDate.of(2015, 1, 1), LocalDate.of(2015, 7, 1), LocalDate.of(2020, 2, 2),
            new Contract("H1", FROM_2026), List.of("H9", "H2"), Set.of("M2", "M1", "M3"), Set.of("村医", "优抚"));

    private static String shown(List<String> told) {
        return IntStream.range(0, told.size() / 2).mapToObj(i -> told.get(2 * i) + "=" + told.get(2 * i + 1))
                .reduce((one, two) -> one + "\n" + two).orElse("");
    }

    @Test
    void anInstitution() {
        assertEquals("""
                name=城关镇卫生院
                division=999801
                tier=PRIMARY
                grade=A
                kind=TOWNSHIP
                administration=TOWNSHIP
                specialty=GENERAL
                in_force=2026-01-01..""", shown(Particulars.of(CENTRE)));
    }

    @Test
    void aStandingWithItsWordsInOrder() {
        assertEquals("""
                in_force=2026-01-01..
                area=999801
                scheme=RESIDENT
                status=ADULT
                plan=一档
                relief=LOW_INCOME
                civil_servant=true
                claim_free_years=3
                enrolled_since=2015-01-01
                entitled_from=2015-07-01
                retired_on=2020-02-02
                contract=H1 2026-01-01..
                designated=H9 H2
                diseases=M1 M2 M3
                tags=优抚 村医""", shown(Particulars.of(STANDING)));
    }

    @Test
    void aMember() {
        var plain = new Standing(FROM_2026, "999801", Scheme.EMPLOYEE, Status.ACTIVE, "", Relief.NONE, false,
                LocalDate.of(2015, 1, 1), LocalDate.of(2015, 1, 1), null, null, List.of(), Set.of(), Set.of());
        assertEquals("""
                birth=1980-05-06
                current_year_fen=12345
                earlier_years_fen=600
                family_fen=0
                sharers=m2 m3
                standing=in_force 2026-01-01..; area 999801; scheme EMPLOYEE; status ACTIVE; plan ; relief NONE; \
                civil_servant false; claim_free_years 0; enrolled_since 2015-01-01; entitled_from 2015-01-01; \
                retired_on ; contract ; designated ; diseases ; tags\s""", shown(Particulars.of(new Person(
                new Member("m1", LocalDate.of(1980, 5, 6)), List.of(plain),
                new Purse(Fen.of(12_345), Fen.of(600), Fen.ZERO), List.of("m2", "m3")))));
    }

    @Test
    void anAllianceAnAffiliationAndAReferral() {
        assertEquals("""
                kind=CountyCommunity
                name=县医共体
                membership=H2 LEAD 2026-01-01..
                membership=H1 MEMBER 2026-01-01..""", shown(Particulars.of(new Alliance.CountyCommunity("A1", "县医共体",
                List.of(new Membership("H2", Membership.Role.LEAD, FROM_2026),
                        new Membership("H1", Membership.Role.MEMBER, FROM_2026))))));
        assertEquals("centre=H1\nin_force=2026-01-01..",
                shown(Particulars.of(new Formularies.Affiliation("V1", "H1", FROM_2026))));
        assertEquals("""
                member=m1
                sender=H2
                receiver=H1
                episode=e1
                issued=2026-03-01
                last_day=2026-03-31
                item=X1 30
                item=X2 0.5""", shown(Particulars.of(new Formularies.Carried("r1", "m1", "H2", "H1", "e1",
                LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 31), List.of(
                new Formularies.Prescribed("X1", new BigDecimal("30")),
                new Formularies.Prescribed("X2", new BigDecimal("0.50")))))));
    }

    /// Whoever gives a record another part is reminded that auditors want to read it.
    @Test
    void noPartOfAnInstitutionOrAStandingIsLeftOut() {
        assertEquals(parts(Institution.class).filter(part -> !part.equals("code")).toList(),
                names(Particulars.of(CENTRE)));
        assertEquals(parts(Standing.class).toList(), names(Particulars.of(STANDING)));
    }

    private static Stream<String> parts(Class<? extends Record> type) {
        return Stream.of(type.getRecordComponents()).map(RecordComponent::getName)
                .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT));
    }

    private static List<String> names(List<String> told) {
        return IntStream.range(0, told.size() / 2).mapToObj(i -> told.get(2 * i)).toList();
    }
}
