package tongchou.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How long the audit log was at a time, and what was in it, signed (审计存证点).
///
/// @param size how many rows
/// @param algorithm the hash of the tree
/// @param root the root of the Merkle tree (RFC 6962) over the hashes of the rows
/// @param keyId name of the key that signed
/// @param signed the algorithm of the signature, for example `Ed25519`
public record Checkpoint(
        long size, String algorithm, byte[] root, Instant at, String keyId, String signed, byte[] signature) {

    private static final String TITLE = "tongchou-audit-1";

    /// What is signed: everything but the signature.
    byte[] text() {
        return String.join("\t", TITLE, Long.toString(size), algorithm, HexFormat.of().formatHex(root), at.toString(),
                keyId, signed).getBytes(StandardCharsets.UTF_8);
    }

    /// One line of text without its end, the fields divided by tabulators.
    public String line() {
        return new String(text(), StandardCharsets.UTF_8) + "\t" + Base64.getEncoder().encodeToString(signature);
    }

    /// Reads a line.
    ///
    /// @throws IllegalArgumentException when it is no checkpoint
    public static Checkpoint of(String line) {
        var words = line.split("\t", -1);
        if (words.length != 8 || !words[0].equals(TITLE)) {
            throw new IllegalArgumentException("not a checkpoint: " + line);
        }
        try {
            return new Checkpoint(Long.parseLong(words[1]), words[2], HexFormat.of().parseHex(words[3]),
                    Instant.parse(words[4]), words[5], words[6], Base64.getDecoder().decode(words[7]));
        } catch (java.time.DateTimeException noTime) {
            throw new IllegalArgumentException("not a checkpoint: " + line, noTime);
        }
    }

    /// Reads a place where checkpoints were written, the oldest first; nothing where there is none.
    ///
    /// @throws IllegalArgumentException when a line is no checkpoint
    public static List<Checkpoint> in(Path place) throws IOException {
        try {
            return Files.readAllLines(place).stream().map(Checkpoint::of).toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    /// Whether the owner of a key signed it.
    public boolean isSignedBy(PublicKey key, @Nullable Provider provider) {
        try {
            var check = provider == null ? Signature.getInstance(signed) : Signature.getInstance(signed, provider);
            check.initVerify(key);
            check.update(text());
            return check.verify(signature);
        } catch (GeneralSecurityException notThisKey) {
            return false;
        }
    }
}
