package tongchou.api.pack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The packs of this repository and the fixture packs of its tests, read once.
final class ShippedPacks {

    static final List<PackFiles> SHIPPED = folders(Path.of("..", "policy-packs"));
    static final List<PackFiles> FIXTURES = folders(Path.of("src", "test", "resources", "packs"));
    static final PackLibrary LIBRARY = PackLibrary.of(Stream.concat(SHIPPED.stream(), FIXTURES.stream()).toList());

    private ShippedPacks() {
    }

    static Stream<PackFiles> all() {
        return Stream.concat(SHIPPED.stream(), FIXTURES.stream());
    }

    private static List<PackFiles> folders(Path root) {
        try (var folders = Files.list(root)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pack.yaml"))
                    || Files.exists(folder.resolve("data").resolve("pack.yaml"))).sorted().map(ShippedPacks::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static PackFiles read(Path folder) {
        try {
            return PackFiles.of(folder);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
