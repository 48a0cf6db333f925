package tongchou.api.http;

/// Asks that a budget gets more, or less (追加或核减预算): a second person confirms it.
///
/// @param key the caller's idempotency key
/// @param amountFen what is allotted in addition; less than zero for a cut
/// @param document number of the document behind it
public record AllotmentRequest(
        @Field(form = Field.Form.KEY) String key,
        @Field(least = -1_000_000_000_000L, most = 1_000_000_000_000L) long amountFen,
        String document,
        String reason) {
}
