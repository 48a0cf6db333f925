package tongchou.core.policy;

import java.time.LocalDate;

/// How long somebody who rejoins after a gap waits for benefits (待遇等待期), rule of 2024.
///
/// @param fixedMonths months that everybody waits
/// @param monthsPerFurtherYear months added for each missed year after the first
/// @param repairedYearRemoves months that each missed year paid afterwards takes off
/// @param longGapYears missed years from which the floor holds
/// @param longGapMonths the floor for a long gap
public record WaitingPeriod(
        int fixedMonths, int monthsPerFurtherYear, int repairedYearRemoves, int longGapYears, int longGapMonths) {

    /// Months of waiting.
    ///
    /// @param missedYears years without enrolment, at least one
    /// @param repairedYears how many of them were paid afterwards
    public int months(int missedYears, int repairedYears) {
        var further = Math.max(0, missedYears - 1) * monthsPerFurtherYear;
        var variable = Math.max(0, further - repairedYears * repairedYearRemoves);
        var months = fixedMonths + variable;
        return missedYears >= longGapYears ? Math.max(months, longGapMonths) : months;
    }

    /// The first day on which benefits are paid.
    ///
    /// @param rejoined first day of the new enrolment
    public LocalDate firstDay(LocalDate rejoined, int missedYears, int repairedYears) {
        return rejoined.plusMonths(months(missedYears, repairedYears));
    }
}
