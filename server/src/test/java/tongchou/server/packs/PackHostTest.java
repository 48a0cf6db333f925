package tongchou.server.packs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.PrePay;
import tongchou.core.people.Scheme;

/// Packs come from jars and folders; whatever is broken is left out with its findings while the others load.
class PackHostTest {

    private static final Path FIXTURE = Path.of("src/test/resources/packs/fixture");

    private static void jar(Path to, Path from, Map<String, String> manifest) throws IOException {
        var main = new Manifest();
        main.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((name, value) -> main.getMainAttributes().putValue(name, value));
        try (var jar = new JarOutputStream(Files.newOutputStream(to), main); var files = Files.walk(from)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                jar.putNextEntry(new JarEntry("data/" + from.relativize(file)));
                jar.write(Files.readAllBytes(file));
                jar.closeEntry();
            }
        }
    }

    @Test
    void aBrokenPackDoesNotStopTheOthers(@TempDir Path directory) throws IOException {
        jar(directory.resolve("good.jar"), FIXTURE, Map.of("Plugin-Id", "good", "Plugin-Version", "1.0.0",
                "Plugin-Requires", ">=0.1.0 & <0.2.0"));
        jar(directory.resolve("broken.jar"), Path.of("src/test/resources/packs/broken"),
                Map.of("Plugin-Id", "broken", "Plugin-Version", "1.0.0"));
        jar(directory.resolve("later.jar"), FIXTURE, Map.of("Plugin-Id", "later", "Plugin-Version", "1.0.0",
                "Plugin-Requires", ">=9.0.0"));
        jar(directory.resolve("nameless.jar"), FIXTURE, Map.of());
        Files.writeString(directory.resolve("garbage.jar"), "not a jar");
        var packs = PackHost.load(directory, List.of(directory.resolve("no-such-folder")), "0.1.0");
        assertEquals(List.of("fixture"), packs.loaded().stream().map(loaded -> loaded.pack().id()).toList());
        assertEquals(List.of("broken", "garbage.jar", "later.jar", "nameless.jar", "no-such-folder"),
                packs.left().stream().map(Packs.Left::id).sorted().toList());
        packs.left().forEach(left -> assertTrue(!left.findings().isEmpty(), left.toString()));
        assertTrue(packs.policy("999901").isPresent());
    }

    @Test
    void aFolderAloneIsEnoughAndItemsAreFoundByDay() {
        var packs = PackHost.load(null, List.of(FIXTURE), "0.1.0");
        var catalogue = packs.catalogue("fixture", "sample");
        var lastYear = LocalDate.of(2025, 12, 31);
        var drug = catalogue.item("X0002", lastYear, KnownOn.LATEST).orElseThrow().value();
        assertEquals("15% 10%", share(catalogue, drug, lastYear) + " " + share(catalogue, drug, lastYear.plusDays(1)));
        assertTrue(catalogue.item("X0002", LocalDate.of(2023, 1, 1), KnownOn.LATEST).isEmpty());
        assertTrue(catalogue.item("X9999", lastYear, KnownOn.LATEST).isEmpty());
    }

    private static String share(Catalogue catalogue, Item drug, LocalDate day) {
        return catalogue.about(PrePay.class, drug, day, KnownOn.LATEST).stream()
                .filter(found -> found.value().scheme() == Scheme.RESIDENT).findFirst().orElseThrow().value().share()
                .percent();
    }
}
