package tongchou.core.calendar;

import java.time.LocalDate;
import java.time.YearMonth;

/// How long a deductible, a segment or a ceiling remembers (计算周期).
public enum Period {

    /// One stay or visit: no memory (每次).
    ENCOUNTER,

    /// One calendar day, whichever institution (每日).
    DAY,

    /// One calendar day at one institution (每日每家): Zhengzhou's 40 yuan a visit, once a day per institution.
    DAY_AND_INSTITUTION,

    /// One calendar month (每月).
    MONTH,

    /// One benefit year (年度), see [BenefitYear].
    YEAR,

    /// One disease episode that referrals link together (一次疾病过程).
    EPISODE;

    /// The name of the one period that an encounter falls into, for example `2026-03` for a month.
    ///
    /// @param day the day that binds the encounter
    /// @param institution code of the treating institution
    /// @param episode name of the episode; the encounter's own name where referrals link nothing
    public String key(LocalDate day, BenefitYear year, String institution, String episode) {
        return switch (this) {
            case ENCOUNTER -> "";
            case DAY -> day.toString();
            case DAY_AND_INSTITUTION -> day + "@" + institution;
            case MONTH -> YearMonth.from(day).toString();
            case YEAR -> year.firstDay(day).toString();
            case EPISODE -> episode;
        };
    }
}
