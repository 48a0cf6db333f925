package tongchou.api.http;

import org.jspecify.annotations.Nullable;

/// That what was shown is to be booked (确认).
///
/// @param revision of the re-settlement that was looked at; a later one is not confirmed
/// @param note why; it is kept in the audit log
public record ConfirmRequest(
        @Field(least = 1) long revision, @Field(omissible = true) @Nullable String note) {
}
