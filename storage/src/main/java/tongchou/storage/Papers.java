package tongchou.storage;

import java.util.Optional;

/// What was sent with a booking (原始申请): kept as it came, in its canonical form.
public interface Papers {

    /// The canonical request that a settlement was booked from; empty when there is no such settlement.
    Optional<byte[]> request(String settlement);

    /// What a settlement was decided on, as it was known then; empty when there is no such settlement.
    ///
    /// Of the accounts it knows what the settlement took, which is all that its reply tells of them.
    Optional<Inputs> inputs(String settlement);
}
