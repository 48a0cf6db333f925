package tongchou.api.pack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/// The files of a pack as bytes (包内文件), read once from a folder or a plug-in jar.
///
/// @param origin where they were read, for messages
/// @param files content by path inside the pack, with `/` between folders, sorted
public record PackFiles(String origin, SortedMap<String, byte[]> files) {

    private static final long LARGEST = 64L << 20;

    private static final String FIRST = "pack.yaml";

    /// Where a jar holds the pack.
    private static final String DATA = "data/";

    private static final Pattern OUTLINE = Pattern.compile("pack\\.yaml|areas/[^/]+/area\\.yaml");

    /// Reads a pack from its folder (the one that holds `pack.yaml`, or a `data` folder with it) or from a plug-in jar.
    ///
    /// @throws IOException when nothing is there, it holds no `pack.yaml`, or it is larger than 64 MiB
    public static PackFiles of(Path place) throws IOException {
        return read(place, file -> true);
    }

    /// Reads only what a pack says of itself: `pack.yaml` and its `area.yaml` files, see [PackIdentity].
    ///
    /// @throws IOException as [#of]
    public static PackFiles outline(Path place) throws IOException {
        return read(place, OUTLINE.asMatchPredicate());
    }

    private static PackFiles read(Path place, Predicate<String> wanted) throws IOException {
        var inside = Files.exists(place.resolve(FIRST)) ? place : place.resolve(DATA);
        var files = Files.isDirectory(place) ? folder(inside, wanted) : jar(place, wanted);
        if (!files.containsKey(FIRST)) {
            throw new IOException(place + " holds no pack.yaml, neither at its top nor under data/");
        }
        return new PackFiles(place.toString(), files);
    }

    private static SortedMap<String, byte[]> folder(Path root, Predicate<String> wanted) throws IOException {
        var files = new TreeMap<String, byte[]>();
        if (!Files.isDirectory(root)) {
            return files;
        }
        var room = LARGEST;
        try (var paths = Files.walk(root)) {
            for (var path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                var name = root.relativize(path).toString().replace('\\', '/');
                if (wanted.test(name)) {
                    room = left(room - Files.size(path), root);
                    files.put(name, Files.readAllBytes(path));
                }
            }
        }
        return files;
    }

    /// A jar is read as a zip file: as a file system it would take twice as long.
    private static SortedMap<String, byte[]> jar(Path place, Predicate<String> wanted) throws IOException {
        var files = new TreeMap<String, byte[]>();
        var room = LARGEST;
        try (var jar = new ZipFile(place.toFile())) {
            for (var entry : Collections.list(jar.entries())) {
                var path = entry.getName();
                if (path.startsWith(DATA) && !entry.isDirectory() && wanted.test(path.substring(DATA.length()))) {
                    var content = jar.getInputStream(entry).readNBytes((int) room + 1);
                    room = left(room - content.length, place);
                    files.put(path.substring(DATA.length()), content);
                }
            }
        }
        return files;
    }

    private static long left(long room, Path place) throws IOException {
        if (room < 0) {
            throw new IOException(place + " is larger than " + LARGEST + " bytes");
        }
        return room;
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
