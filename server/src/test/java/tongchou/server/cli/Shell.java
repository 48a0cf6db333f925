package tongchou.server.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/// The command line inside this process, with what it printed last.
@NullMarked
public final class Shell {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// Runs a command in English unless told otherwise.
    public int run(String... arguments) {
        return run(Path.of("target/no-home"), "", arguments);
    }

    /// Runs a command of a distribution that lies in a place, with something typed in.
    public int run(Path home, String in, String... arguments) {
        out.reset();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        var ids = new java.util.concurrent.atomic.AtomicLong();
        return Tongchou.run(new Surroundings(stream, stream,
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                Clock.fixed(Instant.parse("2026-03-10T02:00:00Z"), ZoneOffset.UTC),
                () -> "id-" + ids.incrementAndGet(), new SecureRandom(), "0.1.0", home, Locale.ENGLISH, Map.of()),
                arguments);
    }

    /// What the last command printed, on both channels.
    public String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
