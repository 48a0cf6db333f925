package tongchou.server.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Migrations are only added, and each stands in the list of its store, from which a start knows that a book is new.
class MigrationsTest {

    private static final Path FOLDER = House.ROOT.resolve("storage/src/main/resources/db-migration");

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void every_script_is_listed_with_its_checksum(String store) throws IOException {
        try (var scripts = Files.list(FOLDER.resolve(store))) {
            var found = scripts.sorted(Comparator.comparingInt(MigrationsTest::version))
                    .map(script -> script.getFileName() + " " + checksum(script)).collect(Collectors.joining("\n"));
            assertEquals(found + "\n", Files.readString(FOLDER.resolve(store + ".txt")),
                    "db-migration/" + store + ".txt: add the line of a new script; a published one stays");
        }
    }

    private static int version(Path script) {
        var name = script.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    /// What Flyway keeps of a script: CRC-32 of its lines without what ends them.
    private static int checksum(Path script) {
        try {
            var crc = new CRC32();
            Files.readAllLines(script).forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
            return (int) crc.getValue();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
