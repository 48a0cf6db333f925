package tongchou.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/// Folders of tests lie in memory where the machine has such a place: commits flush there too, and need not wait.
///
/// Tests of what a disk does name [TempDirFactory.Standard] instead.
final class InMemory implements TempDirFactory {

    private static final Path MEMORY = Path.of("/dev/shm");

    /// What PostgreSQL may come to, in bytes; containers often have less there.
    private static final long ROOM = 2L << 30;

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
        return folder();
    }

    static Path folder() throws IOException {
        return Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= ROOM
                ? Files.createTempDirectory(MEMORY, "tongchou-test")
                : Files.createTempDirectory("tongchou-test");
    }
}
