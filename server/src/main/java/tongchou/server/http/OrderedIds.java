package tongchou.server.http;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Ids in the order in which they are given (时序编号): UUIDs of version 7 (RFC 9562), a moment and 74 random bits.
///
/// New ids lie side by side in an index, however many there are; ids at random would touch a page of it each.
public final class OrderedIds implements Supplier<String> {

    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /// Random bytes are drawn for so many ids at once: drawing them takes a lock and a call to the system.
    private static final int IDS = 100;

    private final Clock clock;
    private final RandomGenerator random;
    private final ByteBuffer drawn = ByteBuffer.allocate(IDS * (Short.BYTES + Long.BYTES)).limit(0);

    /// Ids by a clock.
    ///
    /// @param random a [java.security.SecureRandom], unless somebody tests
    public OrderedIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String get() {
        return next(clock.millis()).toString();
    }

    private synchronized UUID next(long moment) {
        if (!drawn.hasRemaining()) {
            random.nextBytes(drawn.array());
            drawn.clear();
        }
        return new UUID(moment << 16 | VERSION | drawn.getShort() & 0xfff, VARIANT | drawn.getLong() >>> 2);
    }
}
