package tongchou.api.http;

import java.time.LocalDate;

/// A question about the waiting period after a gap (待遇等待期).
///
/// @param pack id of the pack whose rule is asked
/// @param rejoined first day of the new enrolment
/// @param missedYears years without enrolment
/// @param repairedYears how many of them were paid afterwards
public record WaitingRequest(
        @Field(form = Field.Form.CODE) String pack,
        LocalDate rejoined,
        @Field(least = 1, most = 50) int missedYears,
        @Field(least = 0, most = 50) int repairedYears) {
}
