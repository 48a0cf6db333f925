package tongchou.api.http;

import java.util.List;

/// Everything found in a pack (检查发现).
///
/// @param usable whether the pack is loaded in spite of it
public record FindingsReply(String id, String origin, boolean usable, List<FindingReply> findings) {

    /// One finding.
    ///
    /// @param line from one; 0 when it is about the file as a whole
    /// @param expected what would do, in the language asked for
    public record FindingReply(String severity, String file, int line, String key, String read, String expected) {
    }
}
