package tongchou.api.http;

import org.jspecify.annotations.Nullable;

/// A manual adjustment that was booked (调账记录).
///
/// @param id the id of the approval by which two persons decided it
/// @param counter the sum that was moved; left out where account money was
/// @param takesBack id of the adjustment that it takes back
public record AdjustmentReply(String id, String member, long currentYearChangeFen, long earlierYearsChangeFen,
        @Nullable String counter, @Nullable String period, @Nullable String periodKey, long sumChange,
        @Nullable String takesBack, String reason, String document, String bookedAt) {
}
