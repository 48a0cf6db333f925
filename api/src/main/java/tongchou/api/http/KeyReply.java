package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A key (密钥).
///
/// @param key the key itself, only in the answer that gives it out; nobody can read it again
/// @param scope code of the institution, alliance or area; left out for an administrator
/// @param replaces the id of the key it took the place of
public record KeyReply(
        String id, @Nullable String key, Role role, @Nullable String scope, String holder, LocalDate from, LocalDate to,
        String createdBy, String createdAt, @Nullable String replaces, @Nullable String revokedAt,
        @Nullable String revokedBy, @Nullable String reason) {
}
