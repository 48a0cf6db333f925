package tongchou.api.http;

import java.util.List;

/// What a verification of the audit log found (审计日志核验), the first difference first.
///
/// @param holds whether nothing was found
/// @param size how many rows the log has
/// @param checkpoints how many checkpoints of the second place it was compared with
/// @param findings at most 100
public record VerificationReply(boolean holds, long size, int checkpoints, List<FlawReply> findings) {

    /// What does not hold.
    ///
    /// @param check what was checked
    /// @param subject the row or checkpoint
    /// @param what what was read and what was expected
    public record FlawReply(String check, String subject, String what) {
    }
}
