package tongchou.storage;

import java.util.Optional;

/// What was sent with a booking (原始申请): kept as it came, in its canonical form.
public interface Papers {

    /// The canonical request that a settlement was booked from; empty when there is no such settlement.
    Optional<byte[]> request(String settlement);
}
