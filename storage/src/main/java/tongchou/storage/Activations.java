package tongchou.storage;

import java.time.Instant;
import java.util.List;

/// Which versions of policy packs book, and since when (政策包启用). Only added to; the latest that is effective counts.
public interface Activations {

    /// Records one, once for each approval.
    ///
    /// @return whether it was recorded
    boolean add(Activation activation, String by);

    /// Every one, in the order in which they were confirmed.
    List<Activation> all();

    /// A version of a pack that books.
    ///
    /// @param approval id of the approval by which two persons decided it
    /// @param effectiveAt from when on
    /// @param forced whether it is lower than one before it, and somebody wanted that
    record Activation(String approval, String pack, String version, String hash, Instant effectiveAt, boolean forced,
            Instant confirmedAt) {
    }
}
