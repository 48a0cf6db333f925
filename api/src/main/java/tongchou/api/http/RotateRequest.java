package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A new key for the holder of an old one (轮换密钥).
///
/// @param overlapDays how many days the old key goes on, today not counted; 7 where nothing is said
/// @param to last day of the new key; a year from today where nothing is said
public record RotateRequest(
        @Field(omissible = true, most = 90) @Nullable Long overlapDays,
        @Field(omissible = true) @Nullable LocalDate to) {
}
