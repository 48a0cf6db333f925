package tongchou.server.load;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Processors that wait without sleeping (处理器不休眠), for as long as this is open: Linux is told that nobody bears
/// a processor that takes time to wake.
///
/// On a virtual machine whose host has to wake the processor that takes tens of microseconds, and a request wakes
/// several one after the other, which a latency then consists of. Only root may say so; elsewhere they sleep.
final class Awake implements AutoCloseable {

    private static final Path LONGEST_SLEEP = Path.of("/dev/cpu_dma_latency");

    private final @Nullable FileOutputStream held;

    private Awake(@Nullable FileOutputStream held) {
        this.held = held;
    }

    /// Keeps them awake from now on, where that is allowed.
    static Awake now() {
        if (!Files.isWritable(LONGEST_SLEEP)) {
            return new Awake(null);
        }
        try {
            var held = new FileOutputStream(LONGEST_SLEEP.toFile());
            held.write(new byte[Integer.BYTES]);
            return new Awake(held);
        } catch (IOException refused) {
            return new Awake(null);
        }
    }

    @Override
    public void close() {
        if (held != null) {
            try {
                held.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    @Override
    public String toString() {
        return held == null ? "processors sleep when nothing is to do" : "processors are kept awake";
    }
}
