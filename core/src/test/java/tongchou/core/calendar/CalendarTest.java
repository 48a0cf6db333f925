package tongchou.core.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.time.MonthDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Benefit years, memory spans and periods in force.
class CalendarTest {

    @ParameterizedTest
    @CsvSource({
        // start, day -> first day, last day of its benefit year
        "--01-01, 2026-01-01, 2026-01-01, 2026-12-31",
        "--01-01, 2026-12-31, 2026-01-01, 2026-12-31",
        "--07-01, 2023-06-30, 2022-07-01, 2023-06-30",   // Shanghai employees: the old version's last day
        "--07-01, 2023-07-01, 2023-07-01, 2024-06-30",
        "--07-01, 2024-02-29, 2023-07-01, 2024-06-30",
    })
    void the_benefit_year_of_a_day(String start, LocalDate day, LocalDate first, LocalDate last) {
        var year = new BenefitYear(MonthDay.parse(start));
        assertEquals(first, year.firstDay(day));
        assertEquals(last, year.lastDay(day));
    }

    @ParameterizedTest
    @CsvSource({"ENCOUNTER, ''", "DAY, 2026-03-05", "DAY_AND_INSTITUTION, 2026-03-05@H1", "MONTH, 2026-03",
        "YEAR, 2025-07-01", "EPISODE, e1"})
    void the_name_of_the_period_an_encounter_falls_into(Period period, String key) {
        assertEquals(key, period.key(LocalDate.of(2026, 3, 5), new BenefitYear(MonthDay.of(7, 1)), "H1", "e1"));
    }

    @Test
    void a_period_includes_both_ends_and_never_ends_before_it_begins() {
        var march = new InForce(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 31));
        assertEquals(true, march.covers(LocalDate.of(2026, 3, 1)) && march.covers(LocalDate.of(2026, 3, 31)));
        assertEquals(false, march.covers(LocalDate.of(2026, 4, 1)) || march.covers(LocalDate.of(2026, 2, 28)));
        assertEquals(true, march.overlaps(InForce.from(LocalDate.of(2026, 3, 31))));
        assertEquals(false, march.overlaps(InForce.from(LocalDate.of(2026, 4, 1))));
        assertThrows(IllegalArgumentException.class, () -> new InForce(march.to(), march.from()));
    }

    @Test
    void what_was_issued_later_was_not_known() {
        assertEquals(false, new KnownOn(LocalDate.of(2026, 2, 1)).knows(LocalDate.of(2026, 3, 15)));
        assertEquals(true, new KnownOn(LocalDate.of(2026, 3, 15)).knows(LocalDate.of(2026, 3, 15)));
        assertEquals(true, KnownOn.LATEST.knows(LocalDate.of(2999, 1, 1)));
    }

    @ParameterizedTest
    @CsvSource({"2026-03-01, true", "2024-02-29, true", "2026-02-29, false", "1900-02-29, false", "2000-02-29, true",
        "2026-00-10, false", "2026-13-01, false", "2026-04-31, false", "2026-04-00, false", "2026-4-1, false",
        "2026/04/01, false", "2026-04-01T, false", "+026-04-01, false", "２０２６-04-01, false", "'', false"})
    void aDayIsWrittenOneWay(String text, boolean day) {
        assertEquals(day ? java.util.Optional.of(LocalDate.parse(text)) : java.util.Optional.empty(),
                WrittenDay.read(text));
    }
}
