package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderedIdsTest {

    private static OrderedIds at(String moment) {
        return new OrderedIds(Clock.fixed(Instant.parse(moment), ZoneOffset.UTC), new Random(7));
    }

    /// The example of RFC 9562, appendix A.6, is of this moment and begins with the same digits.
    @Test
    void anIdBeginsWithItsMoment() {
        var id = at("2022-02-22T19:22:22Z").get();
        assertTrue(id.startsWith("017f22e2-79b0-7"), id);
        assertEquals(7, UUID.fromString(id).version());
        assertEquals(2, UUID.fromString(id).variant());
    }

    @Test
    void laterIdsComeAfterEarlierOnesAndNoneComesTwice() {
        assertTrue(at("2026-01-01T00:00:00.001Z").get().compareTo(at("2026-01-01T00:00:00Z").get()) > 0);
        var ids = at("2026-01-01T00:00:00Z");
        var seen = new HashSet<String>();
        for (var i = 0; i < 10_000; i++) {
            assertTrue(seen.add(ids.get()));
        }
    }
}
