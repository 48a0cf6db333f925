package tongchou.api.http;

import org.jspecify.annotations.Nullable;

/// Asks that a loaded version of a pack books (政策包启用).
///
/// @param key the caller's idempotency key
/// @param version the version; it must be loaded
/// @param hash the hash of the version, that of the loaded one where left out
/// @param effectiveAt from when on, in UTC; from the confirmation on where left out
/// @param force whether a version lower than the present one may take its place
public record ActivationRequest(
        @Field(form = Field.Form.KEY) String key,
        String version,
        @Field(omissible = true) @Nullable String hash,
        @Field(omissible = true) @Nullable String effectiveAt,
        @Field(omissible = true) boolean force,
        String reason) {
}
