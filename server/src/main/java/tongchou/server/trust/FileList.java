package tongchou.server.trust;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tongchou.api.pack.PackIdentity;
import tongchou.server.audit.SigningKey;

/// The list of everything in a pack that is signed (签名清单): who and what, then each file with its size and two hashes.
///
/// @param head what is said about the pack, by name, in the order of the text
/// @param files each file's line by its path
record FileList(Map<String, String> head, SortedMap<String, String> files) {

    /// Where the list lies in the jar.
    static final String PLACE = "META-INF/TONGCHOU-PACK.LST";
    /// Where its signature lies.
    static final String SIGNATURE = "META-INF/TONGCHOU-PACK.SIG";

    private static final String TITLE = "tongchou-pack-1";
    private static final int HASH = 64;

    /// What is said about a pack, whoever signs it.
    static SortedMap<String, String> about(PackIdentity pack) {
        return new TreeMap<>(Map.of("pack", pack.id(), "version", pack.version(), "divisions",
                String.join(" ", pack.divisions()), "covers", pack.cover().toString(), "demonstration",
                Boolean.toString(pack.demonstration())));
    }

    /// The list of a pack as it is.
    static FileList of(PackContents contents, PackIdentity pack, SigningKey key, Instant now) {
        var head = about(pack);
        head.put("key", key.keyId());
        head.put("signature", key.kind().signature());
        head.put("signed-at", now.toString());
        return new FileList(head, lines(contents));
    }

    /// The lines that the files of a jar would have; the list and its signature have none.
    static SortedMap<String, String> lines(PackContents contents) {
        var lines = new TreeMap<String, String>();
        contents.files().forEach((path, content) -> {
            if (!path.equals(PLACE) && !path.equals(SIGNATURE)) {
                lines.put(path, hash("SHA-256", content) + " " + hash("SM3", content) + " " + content.length);
            }
        });
        return lines;
    }

    private static String hash(String algorithm, byte[] content) {
        try {
            var digest = algorithm.equals("SM3") ? MessageDigest.getInstance("SM3", SigningKey.provider())
                    : MessageDigest.getInstance(algorithm);
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /// The list as text, which is signed.
    byte[] text() {
        var lines = new ArrayList<String>(List.of(TITLE));
        head.forEach((name, value) -> lines.add(name + ": " + value));
        lines.add("");
        files.forEach((path, line) -> lines.add(line + " " + path));
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// Reads a list, empty when the text is none.
    static Optional<FileList> read(byte[] text) {
        var lines = new String(text, StandardCharsets.UTF_8).split("\n", -1);
        var end = List.of(lines).indexOf("");
        if (!lines[0].equals(TITLE) || end < 0) {
            return Optional.empty();
        }
        var head = new TreeMap<String, String>();
        var files = new TreeMap<String, String>();
        for (var i = 1; i < lines.length - 1; i++) {
            var words = i < end ? lines[i].split(": ", 2) : lines[i].split(" ", 4);
            if (i < end && words.length == 2) {
                head.put(words[0], words[1]);
            } else if (i > end && words.length == 4 && words[0].length() == HASH) {
                files.put(words[3], words[0] + " " + words[1] + " " + words[2]);
            } else if (i != end) {
                return Optional.empty();
            }
        }
        return Optional.of(new FileList(head, files));
    }
}
