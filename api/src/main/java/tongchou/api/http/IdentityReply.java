package tongchou.api.http;

/// The identity of a member (证件信息).
///
/// @param token the member's token
/// @param type national code of the kind of document
/// @param number in clear only in the answer to a logged request for it
public record IdentityReply(String token, String type, String number) {

    /// Nothing of the number.
    @Override
    public String toString() {
        return "identity of " + token;
    }
}
