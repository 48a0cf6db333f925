package tongchou.storage;

import java.util.List;

/// The audit log, to be read (审计日志): every change in its order, each row bound to the one before it.
public interface AuditTrail {

    /// A page of rows in their order.
    ///
    /// @param after the number of the last row of the page before, 0 for the first page
    List<Entry> page(long after, int limit);

    /// The checkpoints that the book keeps; the same are in the second place.
    List<Checkpoint> checkpoints();

    /// A row.
    ///
    /// @param algorithm the hash that binds it
    /// @param at when, as it was told; empty when nobody said so
    /// @param who on whose behalf; empty when nobody said so
    /// @param kind what was done, in one word
    /// @param subject to what or to whom
    /// @param facts each a name, `=` and a value
    record Entry(long number, String algorithm, byte[] hash, String at, String who, String kind, String subject,
            List<String> facts) {
    }
}
