package tongchou.core.calendar;

import java.time.LocalDate;
import java.time.MonthDay;

/// The year over which deductibles, segments and ceilings accumulate (待遇年度, 医保年度).
///
/// Most areas use the calendar year; Shanghai employees and Puyang begin on 1 July. A benefit year is
/// named by its first day, so that two areas with other beginnings never share a counter by accident.
///
/// @param start month and day on which the year begins
public record BenefitYear(MonthDay start) {

    /// 1 January to 31 December.
    public static final BenefitYear CALENDAR = new BenefitYear(MonthDay.of(1, 1));

    /// The first day of the benefit year that contains the day.
    public LocalDate firstDay(LocalDate day) {
        var thisYear = start.atYear(day.getYear());
        return day.isBefore(thisYear) ? start.atYear(day.getYear() - 1) : thisYear;
    }

    /// The last day of the benefit year that contains the day.
    public LocalDate lastDay(LocalDate day) {
        return firstDay(firstDay(day).plusMonths(13)).minusDays(1);
    }
}
