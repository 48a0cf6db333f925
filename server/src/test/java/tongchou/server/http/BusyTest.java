package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tongchou.api.http.Refused;

/// More work than there is room for waits, and is refused when it waits too long.
class BusyTest {

    @Test
    void whoWaitsTooLongIsRefusedAndWhatIsAtWorkIsDone() throws Exception {
        var room = new Room(1, Duration.ofMillis(50));
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> room.within(() -> {
                begun.countDown();
                waitFor(end);
                return "first";
            }));
            begun.await();
            var refused = assertThrows(Refused.class, () -> room.within(() -> "second"));
            assertEquals("SERVER_BUSY 503", refused.faults().getFirst().code() + " "
                    + refused.faults().getFirst().status());
            end.countDown();
            assertEquals("first", first.get());
            assertEquals("third", room.within(() -> "third"));
            assertThrows(IllegalStateException.class, () -> room.within(() -> {
                throw new IllegalStateException("a defect gives its place back");
            }));
            assertEquals("fourth", room.within(() -> "fourth"));
        } finally {
            end.countDown();
        }
    }

    private static void waitFor(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
