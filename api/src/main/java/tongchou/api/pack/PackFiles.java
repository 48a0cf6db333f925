package tongchou.api.pack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files of a pack as bytes (包内文件), read once from a folder or a plug-in jar.
///
/// @param origin where they were read, for messages
/// @param files content by path inside the pack, with `/` between folders, sorted
public record PackFiles(String origin, SortedMap<String, byte[]> files) {

    private static final long LARGEST = 64L << 20;

    /// Reads a pack from its folder (the one that holds `pack.yaml`, or a `data` folder with it) or from a plug-in jar.
    ///
    /// @throws IOException when nothing is there, it holds no `pack.yaml`, or it is larger than 64 MiB
    public static PackFiles of(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            var data = place.resolve("data");
            return read(place, Files.exists(place.resolve("pack.yaml")) ? place : data);
        }
        try (var jar = FileSystems.newFileSystem(place)) {
            return read(place, jar.getPath("data"));
        }
    }

    /// Reads only what a pack says of itself: `pack.yaml` and its `area.yaml` files, see [PackIdentity].
    ///
    /// @throws IOException as [#of]
    public static PackFiles outline(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            return outline(place, Files.exists(place.resolve("pack.yaml")) ? place : place.resolve("data"));
        }
        try (var jar = FileSystems.newFileSystem(place)) {
            return outline(place, jar.getPath("data"));
        }
    }

    private static PackFiles outline(Path place, Path root) throws IOException {
        var files = new TreeMap<String, byte[]>();
        files.put("pack.yaml", Files.readAllBytes(root.resolve("pack.yaml")));
        var areas = root.resolve("areas");
        if (Files.isDirectory(areas)) {
            try (var folders = Files.list(areas)) {
                for (var folder : (Iterable<Path>) folders::iterator) {
                    var area = folder.resolve("area.yaml");
                    if (Files.exists(area)) {
                        files.put(root.relativize(area).toString().replace('\\', '/'), Files.readAllBytes(area));
                    }
                }
            }
        }
        return new PackFiles(place.toString(), files);
    }

    private static PackFiles read(Path place, Path root) throws IOException {
        if (!Files.exists(root.resolve("pack.yaml"))) {
            throw new IOException(place + " holds no pack.yaml, neither at its top nor under data/");
        }
        var files = new TreeMap<String, byte[]>();
        var size = 0L;
        try (var paths = Files.walk(root)) {
            for (var path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                size += Files.size(path);
                if (size > LARGEST) {
                    throw new IOException(place + " is larger than " + LARGEST + " bytes");
                }
                files.put(root.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        }
        return new PackFiles(place.toString(), files);
    }

    /// SHA-256 in hexadecimal over every path and content, and over what the pack builds on.
    ///
    /// @param parentHash hash of the pack it extends, empty for the root
    public String hash(String parentHash) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(parentHash.getBytes(StandardCharsets.UTF_8));
            for (var file : files.entrySet()) {
                digest.update((file.getKey() + "\n" + file.getValue().length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(file.getValue());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
