package tongchou.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which versions of packs the servers of a book worked with (政策包装载记录). Only added to, each with its audit row.
public interface PackLoads {

    /// Records that versions are worked with from now on, all of them or none.
    ///
    /// @param by who had them loaded, for the audit log
    void add(List<Load> loads, String by);

    /// The version of a pack that was worked with last.
    Optional<Load> latest(String pack);

    /// Every one, in the order in which they were loaded.
    List<Load> all();

    /// A version of a pack that was loaded.
    ///
    /// @param signer id of the key that signed it; empty for what nobody signed
    /// @param forced whether it is lower than the one before it, and somebody wanted that
    record Load(String pack, String version, String hash, String signer, boolean forced, Instant at) {
    }
}
