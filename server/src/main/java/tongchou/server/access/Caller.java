package tongchou.server.access;

import tongchou.api.http.Role;

/// Who is calling (调用方).
///
/// @param id the id of the key, or the subject of the token
/// @param holder whom the key was given to, or the subject again
/// @param scope code of the institution, alliance or area; empty for an administrator
public record Caller(By by, String id, String holder, Role role, String scope) {

    /// Somebody who showed nothing, where nothing has to be shown.
    public static final Caller NOBODY = new Caller(By.NOTHING, "", "", Role.ADMINISTRATOR, "");

    /// What a caller showed.
    public enum By {
        /// Nothing at all.
        NOTHING,
        /// A key of this installation.
        KEY,
        /// A token of the configured issuer.
        TOKEN
    }
}
