package tongchou.server.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.TreeMap;
import tongchou.api.pack.PackFiles;
import tongchou.api.pack.PackIdentity;
import tongchou.server.audit.SigningKey;

/// Signs packs (签署政策包): makes a plug-in jar of a folder, or takes a jar, and adds the signed list of its files.
public final class PackSigner {

    private PackSigner() {
    }

    /// A pack that was signed.
    public record Signed(PackIdentity pack, String hash, PackContents contents) {

        /// The file name under which it is handed on.
        public String fileName() {
            return "pack-" + pack.id() + "-" + pack.version() + ".jar";
        }
    }

    /// The key of a file, made when there is none, with the public half beside it (`FILE.pub`).
    ///
    /// @param wanted the kind of a key that is made; one that exists keeps its own
    /// @throws IOException when the file holds no key or cannot be written
    public static SigningKey key(Path file, SigningKey.Kind wanted) throws IOException {
        var kind = Files.exists(file) ? SigningKey.Public.of(Files.readString(file), TrustStore.PREFIX)
                .map(SigningKey.Public::kind).orElse(wanted) : wanted;
        var key = SigningKey.at(file, TrustStore.PREFIX, kind);
        var published = file.resolveSibling(file.getFileName() + ".pub");
        if (!Files.exists(published)) {
            Files.writeString(published, key.publicText());
        }
        return key;
    }

    /// Signs a pack.
    ///
    /// @param place its folder or jar; a jar that was signed before gets the new signature in place of the old
    /// @param requires which versions of Tongchou a folder works with
    public static Signed sign(Path place, SigningKey key, Instant now, String requires) throws IOException {
        PackContents contents;
        if (Files.isDirectory(place)) {
            var files = PackFiles.of(place);
            var identity = PackIdentity.of(files);
            contents = PackContents.ofFolder(files, identity.id(), identity.version(), requires);
        } else {
            contents = PackContents.of(place);
        }
        var identity = PackIdentity.of(contents.pack());
        var text = FileList.of(contents, identity, key, now).text();
        var added = new TreeMap<String, byte[]>();
        added.put(FileList.PLACE, text);
        added.put(FileList.SIGNATURE, (Base64.getEncoder().encodeToString(key.sign(text)) + "\n")
                .getBytes(StandardCharsets.US_ASCII));
        return new Signed(identity, contents.pack().hash(""), contents.with(added));
    }
}
