package tongchou.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import org.jspecify.annotations.Nullable;

/// What signs checkpoints of the audit log, and the second place where they are kept (签章).
///
/// @param keyId name under which a verifier finds the public key
/// @param algorithm of the signature, for example `Ed25519`
/// @param provider who knows the algorithm; null for those that Java has installed
/// @param place a file that only grows, best where the operator of the book cannot change it
public record Seal(String keyId, PrivateKey key, String algorithm, @Nullable Provider provider, Path place) {

    /// Checks the name.
    ///
    /// @throws IllegalArgumentException when it could not stand in a line
    public Seal {
        if (!keyId.matches("[\\w.@-]+") || !algorithm.matches("[\\w.-]+")) {
            throw new IllegalArgumentException("letters, digits and ._@- only: " + keyId + " " + algorithm);
        }
    }

    /// An Ed25519 key.
    public Seal(String keyId, PrivateKey key, Path place) {
        this(keyId, key, "Ed25519", null, place);
    }

    byte[] sign(byte[] text) {
        try {
            var signature = provider == null
                    ? Signature.getInstance(algorithm) : Signature.getInstance(algorithm, provider);
            signature.initSign(key);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException wrongKey) {
            throw new IllegalArgumentException("the key " + keyId + " does not sign " + algorithm, wrongKey);
        }
    }

    /// Adds a checkpoint to the second place, durably.
    void keep(Checkpoint checkpoint) {
        var line = ByteBuffer.wrap((checkpoint.line() + "\n").getBytes(StandardCharsets.UTF_8));
        try (var file = FileChannel.open(place, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (line.hasRemaining()) {
                file.write(line);
            }
            file.force(true);
        } catch (IOException failed) {
            throw new BookException("the checkpoint could not be written to " + place, failed, false);
        }
    }
}
