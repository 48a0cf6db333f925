package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// As of when a list is asked for (目录日期).
///
/// @param date the day; today where nothing is said
public record AllianceDayQuery(@Field(omissible = true) @Nullable LocalDate date) {
}
