package tongchou.server.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tongchou.api.http.Fault;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;

/// Room for so much work at once (并发上限): more would pile up in memory whenever the disk or the collector pauses.
///
/// Only work is counted, not connections: who sends a request slowly keeps nobody from anything.
final class Room {

    private final Semaphore places;
    private final Duration patience;

    /// @param places how much is done at once
    /// @param patience how long more may wait for a place
    Room(int places, Duration patience) {
        this.places = new Semaphore(places, true);
        this.patience = patience;
    }

    /// Does work as soon as there is a place for it.
    ///
    /// @throws Refused with [ProblemCode#SERVER_BUSY] when there is none in time; nothing was done then
    <T> T within(Supplier<T> work) {
        if (!isFree()) {
            throw new Refused(Fault.of(ProblemCode.SERVER_BUSY, "", "", "稍后用同一幂等键重试",
                    "the same request with the same key, in a moment"));
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    private boolean isFree() {
        try {
            return places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
