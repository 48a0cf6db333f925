package tongchou.api.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of the audit log (审计日志), in the order of its rows.
///
/// @param size how many rows the log has
public record AuditReply(long size, List<AuditRowReply> rows) {

    /// A row. What lies outside the caller's area is left out; number, time, kind and hash are always there.
    ///
    /// @param at when, as whoever made the change said; left out where nobody did
    /// @param who on whose behalf, for example `key abcdefghijkl`
    /// @param kind what was done, in one word
    /// @param subject to what or to whom
    /// @param facts each a name, `=` and a value
    /// @param hash what binds the row to all before it, in hexadecimal
    public record AuditRowReply(long number, @Nullable String at, @Nullable String who, String kind,
            @Nullable String subject, List<String> facts, String algorithm, String hash) {
    }
}
