package tongchou.server.trust;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import tongchou.api.pack.PackFiles;

/// Everything that a plug-in jar of a pack holds (包内全部文件), read once, so that what is checked is what is used.
///
/// @param files content by path inside the jar, sorted
public record PackContents(Path place, SortedMap<String, byte[]> files) {

    private static final long LARGEST = 64L << 20;
    private static final String DATA = "data/";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final long SAME_TIME = 315_576_000_000L;

    /// Reads a jar.
    ///
    /// @throws IOException when it is none, is larger than 64 MiB unpacked, or holds a name twice or one that leads out
    public static PackContents of(Path jar) throws IOException {
        var files = new TreeMap<String, byte[]>();
        var size = 0L;
        try (var zip = new ZipFile(jar.toFile())) {
            for (var entry : Collections.list(zip.entries())) {
                if (entry.isDirectory()) {
                    continue;
                }
                var name = entry.getName();
                if (name.startsWith("/") || name.contains("\\") || name.contains("//")
                        || name.matches("(.*/)?\\.{1,2}(/.*)?") || files.containsKey(name)) {
                    throw new IOException("a name that is used twice or leads out of the pack: " + name);
                }
                try (var in = zip.getInputStream(entry)) {
                    var content = in.readNBytes((int) (LARGEST - size) + 1);
                    size += content.length;
                    if (size > LARGEST) {
                        throw new IOException("larger than " + LARGEST + " bytes");
                    }
                    files.put(name, content);
                }
            }
        }
        return new PackContents(jar, files);
    }

    /// What a folder would be as a plug-in jar.
    ///
    /// @param requires which versions of Tongchou it works with, as PF4J writes it
    public static PackContents ofFolder(PackFiles pack, String id, String version, String requires) throws IOException {
        var manifest = new Manifest();
        var main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Plugin-Id", "tongchou-pack-" + id);
        main.putValue("Plugin-Version", version);
        main.putValue("Plugin-Requires", requires);
        var text = new ByteArrayOutputStream();
        manifest.write(text);
        var files = new TreeMap<String, byte[]>();
        files.put(MANIFEST, text.toByteArray());
        pack.files().forEach((name, content) -> files.put(DATA + name, content));
        return new PackContents(Path.of(pack.origin()), files);
    }

    /// The rules among them, as they are read and hashed.
    public PackFiles pack() {
        var data = new TreeMap<String, byte[]>();
        files.forEach((name, content) -> {
            if (name.startsWith(DATA)) {
                data.put(name.substring(DATA.length()), content);
            }
        });
        return new PackFiles(place.toString(), data);
    }

    /// What the manifest of the plug-in says under a name, empty when nothing.
    public String manifest(String name) {
        try (var in = new java.io.ByteArrayInputStream(files.getOrDefault(MANIFEST, new byte[0]))) {
            var value = new Manifest(in).getMainAttributes().getValue(name);
            return value == null ? "" : value;
        } catch (IOException damaged) {
            return "";
        }
    }

    /// The same with other files added or replaced.
    public PackContents with(SortedMap<String, byte[]> others) {
        var all = new TreeMap<>(files);
        all.putAll(others);
        return new PackContents(place, all);
    }

    /// Writes them as a jar, the same bytes for the same files.
    public void write(Path jar) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            // Whoever reads a jar from its beginning expects the manifest first.
            for (var first : new boolean[] {true, false}) {
                for (var file : files.entrySet()) {
                    if (file.getKey().equals(MANIFEST) == first) {
                        var entry = new ZipEntry(file.getKey());
                        entry.setTime(SAME_TIME);
                        zip.putNextEntry(entry);
                        zip.write(file.getValue());
                        zip.closeEntry();
                    }
                }
            }
        }
        var folder = jar.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        var fresh = Files.createTempFile(folder, ".pack", ".tmp");
        try {
            Files.write(fresh, bytes.toByteArray());
            Files.move(fresh, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
