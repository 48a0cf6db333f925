package tongchou.server.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// What the host of a virtual machine has given to others in its place (宿主占用), as Linux counts it since its start.
///
/// A figure during which much was withheld says more about the neighbours than about the server.
///
/// @param stolen units of processor time in which a processor was wanted and not had
/// @param all units of all processors, idle ones among them
record Withheld(long stolen, long all) {

    private static final Path COUNTED = Path.of("/proc/stat");

    /// In the first line of the file: user, nice, system, idle, iowait, irq, softirq, steal.
    private static final int STEAL = 7;

    /// Until now; nothing at all where nobody counts it.
    static Withheld now() {
        if (!Files.isReadable(COUNTED)) {
            return new Withheld(0, 0);
        }
        try (var lines = Files.lines(COUNTED)) {
            var units = Arrays.stream(lines.findFirst().orElse("").split(" +")).skip(1).mapToLong(Long::parseLong)
                    .limit(STEAL + 1).toArray();
            return units.length <= STEAL ? new Withheld(0, 0) : new Withheld(units[STEAL], Arrays.stream(units).sum());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// What was withheld from then on until now, for the end of a line; empty where nobody counts it.
    String untilNow() {
        var now = now();
        return now.all == all ? "" : ", the host withheld %d of 1000".formatted(
                (now.stolen - stolen) * 1000 / (now.all - all));
    }
}
