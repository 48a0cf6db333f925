package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/// A server from whose `lib/` a file is missing: it never starts half, whichever of its threads finds out first.
class IncompleteInstallationTest {

    @TempDir(factory = TempDirFactory.Standard.class)
    private Path folder;

    /// The registry of metrics is made beside the start. When that has failed, Helidon gives out what is left of it:
    /// the server would serve without the metrics of the JVM, and not start when its own thread is the first to ask.
    @Test
    void aServerWithoutALibraryOfTheMetricsSaysSoAndEnds() {
        var whole = Launch.asBuilt();
        var said = assertThrows(IOException.class, () -> {
            try (var server = new ServerProcess(whole.without("micrometer-commons"), folder.resolve("book"))) {
                server.stop();
            }
        }).getMessage();
        assertTrue(said.contains("io/micrometer/common/"), said);
        assertTrue(said.contains("unpack the distribution again"), said);
    }
}
