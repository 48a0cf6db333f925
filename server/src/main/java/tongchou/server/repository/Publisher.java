package tongchou.server.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.server.repository.PackIndex.Release;
import tongchou.server.trust.PackContents;
import tongchou.server.trust.SignatureCheck;
import tongchou.api.pack.PackIdentity;

/// Puts signed packs into a repository (发布政策包). A version that is there is never replaced.
public final class Publisher {

    private static final int ATTEMPTS = 5;

    private final Shelf shelf;

    private Publisher(Shelf shelf) {
        this.shelf = shelf;
    }

    /// A publisher to a folder or an HTTP server.
    ///
    /// @param token goes with HTTP requests as bearer token; null for none
    public static Publisher to(String address, @Nullable String token) {
        return new Publisher(Shelf.of(address, token));
    }

    /// What became of it.
    public enum Outcome {
        /// It is offered now (已发布).
        PUBLISHED,
        /// The same file was offered before (此前已发布).
        SAME,
        /// The version is offered with other content (版本已被占用); nothing was changed.
        TAKEN,
        /// It is not signed, or not as it was signed (未签名或已改动); nothing was changed.
        UNSIGNED
    }

    /// Publishes a jar.
    ///
    /// @throws IOException when the jar or the repository cannot be read or written
    public Outcome publish(Path jar, LocalDate today) throws IOException {
        var contents = PackContents.of(jar);
        if (!SignatureCheck.isWhole(contents)) {
            return Outcome.UNSIGNED;
        }
        var pack = PackIdentity.of(contents.pack());
        var bytes = Files.readAllBytes(jar);
        var id = "tongchou-pack-" + pack.id();
        var path = id + "/" + pack.version() + "/" + id + "-" + pack.version() + ".jar";
        var requires = contents.manifest("Plugin-Requires");
        var release = new Release(pack.version(), today.toString(), requires.isEmpty() ? null : requires, path,
                sum(bytes));
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (shelf instanceof Shelf.Folder folder) {
                Files.createDirectories(folder.root());
            }
            var found = shelf.read(PackIndex.PLACE);
            var index = found.isPresent() ? PackIndex.read(found.get().content()) : new PackIndex(List.of());
            var same = index.entry(id).stream().flatMap(entry -> entry.releases().stream())
                    .filter(one -> one.version().equals(pack.version())).findFirst();
            if (same.isPresent()) {
                return same.get().sum().equalsIgnoreCase(release.sum()) ? Outcome.SAME : Outcome.TAKEN;
            }
            // The jar first: an index never offers what is not there.
            shelf.write(path, bytes, null);
            if (shelf.write(PackIndex.PLACE, index.with(id, pack.name(), release).text(),
                    found.map(Shelf.Found::mark).orElse(""))) {
                return Outcome.PUBLISHED;
            }
        }
        throw new IOException("others publish at this moment; try again");
    }

    static String sum(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
