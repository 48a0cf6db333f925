package tongchou.storage;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import org.jspecify.annotations.Nullable;

/// The hash by which the audit log is bound together (摘要算法).
///
/// @param algorithm as Java names it, for example `SHA-256` or `SM3`
/// @param provider who knows the algorithm; null for those that Java has installed
public record Fingerprint(String algorithm, @Nullable Provider provider) {

    /// SHA-256 as every Java has it.
    public static final Fingerprint SHA_256 = new Fingerprint("SHA-256", null);

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    /// Looks the algorithm up.
    ///
    /// @throws IllegalArgumentException when nobody knows it
    public Fingerprint {
        digest(algorithm, provider);
    }

    /// The same provider with another algorithm.
    Fingerprint named(String other) {
        return other.equals(algorithm) ? this : new Fingerprint(other, provider);
    }

    byte[] leaf(byte[] previous, byte[] document) {
        return of(LEAF, previous, document);
    }

    byte[] node(byte[] left, byte[] right) {
        return of(NODE, left, right);
    }

    byte[] of(byte[]... parts) {
        var digest = digest(algorithm, provider);
        for (var part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static MessageDigest digest(String algorithm, @Nullable Provider provider) {
        try {
            if (provider != null && provider.getService("MessageDigest", algorithm) != null) {
                return MessageDigest.getInstance(algorithm, provider);
            }
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException unknown) {
            throw new IllegalArgumentException("no message digest " + algorithm, unknown);
        }
    }
}
