package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.core.alliance.Alliance;
import tongchou.core.alliance.Institution;
import tongchou.core.alliance.Membership;
import tongchou.core.calendar.InForce;
import tongchou.storage.Book.Conflict;

/// What every book knows of institutions and alliances (登记), whatever it is stored in.
abstract class RegistryContract {

    Store store;
    Book book;

    /// Somebody broke the store on purpose, so that nothing adds up any more.
    boolean tampered;

    /// An empty store of one kind that can be opened again and again.
    interface Store {
        Book open(Writer.Commit commit);

        Connection connect() throws SQLException;
    }

    abstract Store emptyStore() throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = emptyStore();
        book = store.open(Writer.Commit.ORDINARY);
        assertEquals(Optional.empty(), book.register(County.hospital()));
    }

    @AfterEach
    void everythingAddsUp() throws SQLException {
        if (tampered) {
            book.close();
            return;
        }
        var findings = book.verify(Inspection.FIRST_DIFFERENCE.atMost(10));
        book.close();
        assertEquals(List.of(), findings);
        try (var connection = store.connect()) {
            assertEquals(List.of(), new Audit(connection).findings());
        }
    }

    void reopen(Writer.Commit commit) {
        book.close();
        book = store.open(commit);
    }

    Map<String, List<String>> dump() throws SQLException {
        try (var connection = store.connect()) {
            return new Audit(connection).dump();
        }
    }

    // Institutions ---------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "present {0}, then {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # present     | new              | conflict         | then
            2025..        | 2025..           |                  | 2025..
            2025..        | 2026..           |                  | 2025..2025 2026..
            2025..        | 2026..2026-06    |                  | 2025..2025 2026..2026-06
            2025..2025-06 | 2026..           |                  | 2025..2025-06 2026..
            2025..2025-06 | 2025-06-30..     | 2025..2025-06    | 2025..2025-06
            2025..2025-06 | 2025..           | 2025..2025-06    | 2025..2025-06
            2025..        | 2025..2025-06    | 2025..           | 2025..
            2025.. 2026.. | 2025..           |                  | 2025..2025 2026..
            2025.. 2026.. | 2025-07..2025-09 | 2025..2025       | 2025..2025 2026..
            2025..        | 2024..2024       |                  | 2024..2024 2025..
            2025..        | 2024..           | 2025..           | 2025..
            """)
    void versionsOfAnInstitution(String present, String added, String conflict, String then) {
        for (var period : present.split(" ")) {
            assertEquals(Optional.empty(), book.register(version(period)));
        }
        assertEquals(inForceConflict(conflict), book.register(version(added)));
        assertEquals(periods(then), book.versions("H9").stream().map(Institution::inForce).toList());
    }

    private static Institution version(String period) {
        var inForce = period(period);
        return County.hospital("H9", inForce.from(), inForce.to());
    }

    /// `2025..2025-06` is from the first day of 2025 to the last of June; without an end it is open.
    static InForce period(String text) {
        var ends = text.split("\\.\\.", -1);
        return new InForce(day(ends[0], false), ends[1].isEmpty() ? LocalDate.MAX : day(ends[1], true));
    }

    private static LocalDate day(String text, boolean last) {
        return switch (text.length()) {
            case 4 -> LocalDate.parse(text + (last ? "-12-31" : "-01-01"));
            case 7 -> last ? YearMonth.parse(text).atEndOfMonth() : YearMonth.parse(text).atDay(1);
            default -> LocalDate.parse(text);
        };
    }

    static List<InForce> periods(String text) {
        return Arrays.stream(text.split(" ")).map(RegistryContract::period).toList();
    }

    static Optional<Conflict> inForceConflict(String present) {
        return Optional.ofNullable(present).map(text -> new Conflict("in_force", period(text).toString()));
    }

    @Test
    void anInstitutionStandsAsItWasRecordedOnItsDays() {
        var old = County.hospital("H2", County.YEAR, LocalDate.of(2026, 6, 30));
        var next = new Institution("H2", "第二医院", "330198", tongchou.core.alliance.Tier.TERTIARY,
                Institution.Kind.COMMUNITY, Institution.Administration.PRIVATE,
                Institution.Specialty.CHINESE_MEDICINE, InForce.from(LocalDate.of(2026, 8, 1)));
        assertEquals(Optional.empty(), book.register(old));
        assertEquals(Optional.empty(), book.register(next));
        assertEquals(Optional.empty(), book.register(old));
        assertEquals(Optional.empty(), book.institution("H2", County.YEAR.minusDays(1)));
        assertEquals(Optional.of(old), book.institution("H2", LocalDate.of(2026, 6, 30)));
        assertEquals(Optional.empty(), book.institution("H2", LocalDate.of(2026, 7, 1)));
        assertEquals(Optional.of(next), book.institution("H2", LocalDate.of(2026, 8, 1)));
        assertEquals(List.of(), book.versions("nobody"));
        assertEquals(Optional.of(new Conflict("name", "第二医院")), book.register(
                new Institution("H2", "别名", "330198", next.tier(), next.kind(), next.administration(),
                        next.specialty(), next.inForce())));
    }

    @Test
    void institutionsComeInPagesWithAllTheirVersions() {
        for (var code : List.of("C", "A", "B", "D")) {
            book.register(County.hospital(code, County.YEAR, LocalDate.MAX));
        }
        book.register(County.hospital("B", County.YEAR.plusYears(1), LocalDate.MAX));
        assertEquals(List.of("A", "B", "B"), book.institutions("", 2).stream().map(Institution::code).toList());
        assertEquals(List.of("C", "D"), book.institutions("B", 2).stream().map(Institution::code).toList());
        assertEquals(List.of(), book.institutions(County.HOSPITAL, 2));
    }

    // Alliances ------------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0} {1}, then {2} {3}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            # first   | its members       | then      | its members               | conflict    | what is present
            county    | A L 2026..        | county    | B L 2026..                |             |
            county    | A M 2026..        | county    | A M 2026-06..             | memberships | A in one 2026-01-01..
            county    | A M 2026..        | urban     | A M 2026-06..             | memberships | A in one 2026-01-01..
            county    | A M 2026..2026-05 | urban     | A M 2026-06..             |             |
            county    | A M 2026..        | specialty | A M 2026-06..             |             |
            specialty | A M 2026..        | specialty | A M 2026-06..             |             |
            specialty | A M 2026..        | remote    | A L 2026-06..             |             |
            county    | A L 2026..        | urban     | B L 2026..;C L 2027..     | lead        | B LEAD 2026-01-01..
            county    | A L 2026..        | urban     | B L 2026..2026;C L 2027.. |             |
            county    | A L 2026..        | urban     | B M 2026..;B L 2027..     | memberships | B MEMBER 2026-01-01..
            county    | A L 2026..        | urban     | X M 2026..                | institution | X
            """)
    void membershipsOfTwoAlliances(
            String kind, String members, String otherKind, String otherMembers, String field, String present) {
        for (var code : List.of("A", "B", "C")) {
            book.register(County.hospital(code, County.YEAR, LocalDate.MAX));
        }
        var one = alliance(kind, "one", members);
        var two = alliance(otherKind, "two", otherMembers);
        var expected = field == null ? Optional.empty() : Optional.of(new Conflict(field, present));
        assertEquals(Optional.empty(), book.register(one));
        assertEquals(expected, book.register(two));
        assertEquals(Optional.empty(), book.register(one));
        assertEquals(expected.isEmpty() ? List.of(one, two) : List.of(one), book.alliances());
    }

    @Test
    void anAllianceGrowsAndMembersLeaveButNothingElseChanges() {
        for (var code : List.of("A", "B")) {
            book.register(County.hospital(code, County.YEAR, LocalDate.MAX));
        }
        book.register(alliance("county", "one", "A L 2026-01-01.."));
        var grown = alliance("county", "one", "A L 2026-01-01..2026-12-31;B M 2026-03-01..");
        assertEquals(Optional.empty(), book.register(grown));
        assertEquals(List.of(grown), book.alliances());
        assertEquals(Optional.of(new Conflict("memberships", "A LEAD 2026-01-01..2026-12-31")),
                book.register(alliance("county", "one", "B M 2026-03-01..")));
        assertEquals(Optional.of(new Conflict("kind", "COUNTY_COMMUNITY")),
                book.register(alliance("urban", "one", "")));
        assertEquals(List.of(grown), book.alliances());
    }

    private static Alliance alliance(String kind, String code, String members) {
        var memberships = Arrays.stream(members.split(";")).filter(text -> !text.isEmpty()).map(text -> {
            var words = text.split(" ");
            return new Membership(words[0], words[1].equals("L") ? Membership.Role.LEAD : Membership.Role.MEMBER,
                    period(words[2]));
        }).toList();
        return switch (kind) {
            case "county" -> new Alliance.CountyCommunity(code, "医共体", memberships);
            case "urban" -> new Alliance.UrbanGroup(code, "医共体", memberships);
            case "specialty" -> new Alliance.SpecialtyAlliance(code, "医共体", memberships);
            default -> new Alliance.TelemedicineNetwork(code, "医共体", memberships);
        };
    }

    // Rolls ----------------------------------------------------------------------------------------------------------

    @Test
    void aRollIsRecordedAsIfEachCameAlone() {
        var roll = roll("A L 2026..;B M 2026..");
        var before = book.auditSize();
        assertEquals(Optional.empty(), book.register(roll));
        assertEquals(before + 5, book.auditSize(), "two institutions, two members, one alliance");
        assertEquals(roll.alliances(), book.alliances());
        assertEquals(List.of("R"), book.person("P").orElseThrow().sharers());
        assertEquals(Optional.empty(), book.register(roll));
        assertEquals(before + 5, book.auditSize(), "the same again is nothing new");
        assertEquals(Optional.empty(), book.register(new Roll(roll.institutions(), List.of(County.person("Q")),
                List.of())));
        assertEquals(before + 6, book.auditSize(), "of a roll, only what is new is told");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # alliance           | member | field       | what is present
            A L 2026..;X M 2026..| Q      | institution | X
            A L 2026..           | R      | account     | 300.00 元, 50.00 元
            """)
    void nothingOfARollIsRecordedWhereAnythingStandsInTheWay(
            String alliance, String member, String field, String present) throws SQLException {
        book.register(County.person("R", 300, 50));
        var before = dump();
        var roll = new Roll(roll(alliance).institutions(), List.of(County.person("S"), County.person(member)),
                roll(alliance).alliances());
        assertEquals(Optional.of(new Conflict(field, present)), book.register(roll));
        assertEquals(before, dump());
    }

    private static Roll roll(String alliance) {
        return new Roll(List.of(County.hospital("A", County.YEAR, LocalDate.MAX),
                County.hospital("B", County.YEAR, LocalDate.MAX)),
                List.of(County.person("R", 300, 50), County.person("P", 0, 0, "R")),
                List.of(alliance("county", "one", alliance)));
    }
}
