package tongchou.server.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How fast one caller may ask (限速): a bucket of tokens that fills steadily; every request takes one.
public final class Pace {

    private static final int SECONDS_IN_BUCKET = 2;

    private final Clock clock;
    private final long perSecond;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /// A pace.
    ///
    /// @param perSecond how many requests a second, on the long run; twice as many at once; 0 for any number
    public Pace(Clock clock, long perSecond) {
        this.clock = clock;
        this.perSecond = perSecond;
    }

    /// Tokens are counted in thousandths, so that a millisecond fills whole ones.
    private record Bucket(long thousandths, long at, boolean taken) {
    }

    /// Takes a token of a caller.
    ///
    /// @throws Turned when there is none
    void take(String caller) {
        if (perSecond == 0) {
            return;
        }
        var now = clock.millis();
        var full = Math.multiplyExact(perSecond, SECONDS_IN_BUCKET * 1000L);
        var bucket = buckets.compute(caller, (id, before) -> {
            var held = before == null ? full : filled(before, now, full);
            var at = before == null ? now : Math.max(now, before.at());
            return held >= 1000 ? new Bucket(held - 1000, at, true) : new Bucket(held, at, false);
        });
        if (!bucket.taken()) {
            var missing = Duration.ofMillis(Math.ceilDiv(1000 - bucket.thousandths(), perSecond));
            throw Turned.tooOften(Math.max(1, missing.plusMillis(999).toSeconds()));
        }
    }

    private long filled(Bucket before, long now, long full) {
        var passed = Math.clamp(now - before.at(), 0, SECONDS_IN_BUCKET * 1000L);
        return Math.min(full, before.thousandths() + passed * perSecond);
    }
}
