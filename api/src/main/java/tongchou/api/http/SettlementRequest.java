package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A claim to settle (结算申请). Who: `member` (a token of the book) or, for a preview, `person`. Where: `institution`
/// (a code of the book) or, for a preview, `institution_facts`.
///
/// @param key the caller's idempotency key, unique per institution; required to book, ignored by a preview
/// @param totalFen the bill, which must equal the sum of its lines
/// @param account which account money may be used; own and family money where nothing is said
/// @param knownOn as of when the rules are read; the latest knowledge where nothing is said
/// @param yearToDate sums to start from; only for a preview of a `person`
/// @param quote the quote of a preview; booked only when nothing it rests on has changed since
public record SettlementRequest(
        @Field(omissible = true, form = Field.Form.KEY) @Nullable String key,
        @Field(omissible = true, form = Field.Form.CODE) @Nullable String member,
        @Field(omissible = true) @Nullable PersonFacts person,
        @Field(omissible = true, form = Field.Form.CODE) @Nullable String institution,
        @Field(omissible = true) @Nullable InstitutionFacts institutionFacts,
        EncounterFacts encounter,
        long totalFen,
        @Field(least = 1, most = 1000) List<LineFacts> lines,
        @Field(omissible = true) @Nullable AccountUse account,
        @Field(omissible = true) @Nullable LocalDate knownOn,
        @Field(omissible = true, most = 100) List<SumFacts> yearToDate,
        @Field(omissible = true, form = Field.Form.QUOTE) @Nullable String quote) {
}
