package tongchou.api.http;

import org.jspecify.annotations.Nullable;

/// An identity of a member (证件信息): in requests with its number, in answers with the number masked.
///
/// @param type national code of the kind of document (`psn_cert_type`); the resident identity card where left out
public record IdentityFacts(
        @Field(omissible = true, form = Field.Form.DOCUMENT) @Nullable String type,
        @Field(form = Field.Form.IDENTITY) String number) {

    /// Nothing of the number.
    @Override
    public String toString() {
        return "identity of type " + type;
    }
}
