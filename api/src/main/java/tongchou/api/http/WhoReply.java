package tongchou.api.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is calling (当前调用方).
///
/// @param id the id of the key, or the subject of the token
/// @param by `key` or `token`
/// @param scope code of the institution, alliance or area; left out for an administrator
/// @param may what the role may do, in the words of docs/reference/access.md
public record WhoReply(String id, String by, String holder, Role role, @Nullable String scope, List<String> may) {
}
