package tongchou.api.http;

import java.util.List;

/// Asks that the server loads what lies in the places of its packs now (在线装载政策包).
///
/// @param allowLower ids of packs that may go back to a version lower than the one worked with last
/// @param reason why, for the audit log
public record PackLoadRequest(
        @Field(omissible = true, most = 100, form = Field.Form.CODE) List<String> allowLower, String reason) {

    /// Copies the list.
    public PackLoadRequest {
        allowLower = allowLower == null ? List.of() : List.copyOf(allowLower);
    }
}
