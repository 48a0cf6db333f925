package tongchou.api.http;

import org.jspecify.annotations.Nullable;

/// Asks for a manual adjustment (手工调账): of account money, of one sum of the year, or taking an earlier one back.
///
/// @param key the caller's idempotency key
/// @param currentYearChangeFen account money of the current year, more or less
/// @param earlierYearsChangeFen account money of earlier years, more or less
/// @param counter a sum of the member that is there, as `year-to-date` answers it
/// @param sumChange what the sum gets more or less, in fen or stays
/// @param takesBack id of the adjustment that is taken back; then nothing else changes
/// @param document number of the document behind it
public record AdjustmentRequest(
        @Field(form = Field.Form.KEY) String key,
        @Field(omissible = true, least = -10_000_000_000L) @Nullable Long currentYearChangeFen,
        @Field(omissible = true, least = -10_000_000_000L) @Nullable Long earlierYearsChangeFen,
        @Field(omissible = true) @Nullable String counter,
        @Field(omissible = true) @Nullable String period,
        @Field(omissible = true) @Nullable String periodKey,
        @Field(omissible = true, least = -10_000_000_000L) @Nullable Long sumChange,
        @Field(omissible = true, form = Field.Form.CODE) @Nullable String takesBack,
        String reason,
        String document) {
}
