package tongchou.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.core.calendar.InForce;
import tongchou.core.calendar.KnownOn;

/// Which row of a dated table counts on a day, as known on a day.
class TableTest {

    private static final Document ANY = new Document("d", "办法", "", "医保局", LocalDate.of(2023, 12, 1), InForce.ALWAYS,
            Document.Grade.OFFICIAL, null);
    private static final Condition TERTIARY = new Condition(List.of(new Demand.OneOf(Axis.TIER, 0b100)));

    /// 300 from 2024; 400 from 2025, issued in time; in March 2026 a notice makes it 350 back from 1 January 2026;
    /// a trial of 800 for tertiary hospitals runs through 2025 only; from 2027 the rule is repealed.
    private static final Table<String> TABLE = new Table<>(List.of(
            row(Condition.ALWAYS, "300", "2024-01-01", null, "2023-12-01"),
            row(Condition.ALWAYS, "400", "2025-01-01", null, "2024-12-01"),
            row(Condition.ALWAYS, "350", "2026-01-01", null, "2026-03-15"),
            row(TERTIARY, "800", "2025-01-01", "2025-12-31", "2024-12-01"),
            row(Condition.ALWAYS, "repealed", "2027-01-01", null, "2026-03-15")));

    private static Row<String> row(Condition when, String value, String from, String to, String issued) {
        var period = new InForce(LocalDate.parse(from), to == null ? LocalDate.MAX : LocalDate.parse(to));
        return new Row<>(when, value, period, LocalDate.parse(issued), new Citation(ANY, "", "", ""), "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // day       | known on   | rows in force, most specific first
        "2023-12-31 | 2030-01-01 | ",
        "2024-06-01 | 2030-01-01 | 300",
        "2024-12-31 | 2030-01-01 | 300",
        "2025-01-01 | 2030-01-01 | 800 400",
        "2025-12-31 | 2030-01-01 | 800 400",
        "2026-01-01 | 2030-01-01 | 350",
        "2026-01-01 | 2026-02-01 | 400",
        "2026-01-01 | 2026-03-15 | 350",
        "2025-06-01 | 2024-06-01 | 300",
        "2027-01-01 | 2026-02-01 | 400",
        "2027-01-01 | 2030-01-01 | repealed",
    })
    void rows_in_force(LocalDate day, LocalDate known, String expected) {
        var values = TABLE.on(day, new KnownOn(known)).stream().map(Row::value).toList();
        assertEquals(expected == null ? "" : expected, String.join(" ", values));
    }

    @ParameterizedTest
    @CsvSource({"0b011, 0b110, true", "0b001, 0b110, false", "0b111, 0b001, true"})
    void conditions_meet_or_exclude_each_other(String left, String right, boolean meet) {
        var first = new Condition(List.of(new Demand.OneOf(Axis.TIER, Long.parseLong(left.substring(2), 2))));
        var second = new Condition(List.of(new Demand.OneOf(Axis.TIER, Long.parseLong(right.substring(2), 2))));
        assertEquals(meet, Condition.all(List.of(first, second)).isPresent());
    }
}
