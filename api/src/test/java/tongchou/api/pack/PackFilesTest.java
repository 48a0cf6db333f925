package tongchou.api.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A pack is the same whether it lies in a folder or in a plug-in jar.
class PackFilesTest {

    @TempDir
    Path folder;

    /// The sample pack as a folder, as a folder with `data` in it, and as a jar among other things.
    @BeforeEach
    void lay() throws IOException {
        var files = SamplePack.files();
        for (var file : files.entrySet()) {
            for (var root : new String[] {"plain", "module/data"}) {
                var path = folder.resolve(root).resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
        }
        jar("pack.jar", files, "data/");
        jar("top.jar", files, "");
        Files.writeString(folder.resolve("text.jar"), "no jar at all");
        Files.createDirectories(folder.resolve("empty"));
    }

    private void jar(String name, SortedMap<String, byte[]> files, String inside) throws IOException {
        try (var jar = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            jar.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            jar.putNextEntry(new ZipEntry("data/"));
            for (var file : files.entrySet()) {
                jar.putNextEntry(new ZipEntry(inside + file.getKey()));
                jar.write(file.getValue());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"plain", "module", "pack.jar"})
    void aPackHoldsItsFilesAndNoOthers(String place) throws IOException {
        var read = PackFiles.of(folder.resolve(place));
        assertEquals(SamplePack.files().keySet(), read.files().keySet());
        SamplePack.files().forEach((name, bytes) -> assertArrayEquals(bytes, read.files().get(name), name));
        assertEquals(new PackFiles("", SamplePack.files()).hash(""), read.hash(""));
    }

    @ParameterizedTest
    @CsvSource({"plain", "module", "pack.jar"})
    void anOutlineIsWhatItSaysOfItself(String place) throws IOException {
        assertEquals("[areas/a/area.yaml, pack.yaml]",
                PackFiles.outline(folder.resolve(place)).files().keySet().toString());
    }

    @ParameterizedTest
    @CsvSource({"empty", "top.jar", "text.jar", "nowhere", "nowhere.jar"})
    void whatHoldsNoPackCannotBeRead(String place) {
        assertThrows(IOException.class, () -> PackFiles.of(folder.resolve(place)));
        assertThrows(IOException.class, () -> PackFiles.outline(folder.resolve(place)));
    }

    @Test
    void aPackMayHaveSixtyFourMebibytes() throws IOException {
        // pack.yaml, sources.yaml and area.yaml take less than a thousand bytes.
        var files = SamplePack.files();
        files.put("much.txt", new byte[(64 << 20) - 1_000]);
        jar("full.jar", files, "data/");
        assertEquals(4, PackFiles.of(folder.resolve("full.jar")).files().size());
        files.put("more.txt", new byte[1_000]);
        jar("over.jar", files, "data/");
        assertEquals(folder.resolve("over.jar") + " is larger than 67108864 bytes", assertThrows(IOException.class,
                () -> PackFiles.of(folder.resolve("over.jar"))).getMessage());
        Files.write(folder.resolve("plain/much.txt"), new byte[64 << 20]);
        assertThrows(IOException.class, () -> PackFiles.of(folder.resolve("plain")));
    }
}
