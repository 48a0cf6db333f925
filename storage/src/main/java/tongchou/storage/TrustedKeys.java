package tongchou.storage;

import java.time.Instant;
import java.util.List;

/// Whose signatures of packs the servers of a book accept (信任记录). Only added to, each with its audit row.
public interface TrustedKeys {

    /// Records that a key is trusted from now on, under this name and for these areas, or no longer.
    ///
    /// @param by who changed it, for the audit log
    void add(Change change, String by);

    /// The last change of every key that is trusted now, by its id.
    List<Change> trusted();

    /// A change of what is trusted.
    ///
    /// @param keyId id of the key
    /// @param signature what it signs with
    /// @param name whose it is
    /// @param areas beginnings of the division codes that its packs may settle; empty for all
    /// @param trusted false when it is no longer trusted
    record Change(String keyId, String signature, String name, List<String> areas, boolean trusted, Instant at) {

        /// Copies the areas.
        public Change {
            areas = List.copyOf(areas);
        }
    }
}
