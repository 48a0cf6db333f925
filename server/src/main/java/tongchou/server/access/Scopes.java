package tongchou.server.access;

import tongchou.api.http.Field;
import tongchou.api.http.Role;

/// The form of scopes (范围格式): what code goes with what role.
public final class Scopes {

    private Scopes() {
    }

    /// Whether the text can be the scope of the role: six digits for bureau and auditors, a code for institutions and
    /// alliances, nothing for administrators.
    public static boolean fits(Role role, String scope) {
        return switch (role) {
            case INSTITUTION, ALLIANCE_LEAD -> Field.Form.CODE.fits(scope);
            case BUREAU_CLERK, BUREAU_SUPERVISOR, AUDITOR -> Field.Form.DIVISION.fits(scope);
            case ADMINISTRATOR -> scope.isEmpty();
        };
    }
}
