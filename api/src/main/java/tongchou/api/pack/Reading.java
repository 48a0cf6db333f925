package tongchou.api.pack;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of reading a pack (读取结果): the pack, or everything that stands in its way.
///
/// @param pack null when a finding is an error
/// @param origin where it was read
/// @param findings everything found, errors first, in the order of files and lines
public record Reading(@Nullable Pack pack, String origin, List<Finding> findings) {

    /// Copies the findings.
    public Reading {
        findings = List.copyOf(findings);
    }

    /// Whether the pack can be used.
    public boolean isUsable() {
        return pack != null;
    }
}
