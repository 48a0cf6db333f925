package tongchou.storage;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/// The algorithms that seal and hash identities (密码算法): international ones, or those of the Chinese standards.
public enum CipherSuite {

    /// AES-256 in GCM and HMAC-SHA-256.
    AES("AES-GCM", "AES", 32, "HmacSHA256"),
    /// SM4 in GCM (GB/T 32907) and HMAC-SM3 (GB/T 32905).
    SM4("SM4-GCM", "SM4", 16, "HMAC-SM3");

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final String word;
    private final String cipher;
    private final int keyBytes;
    private final String mac;

    CipherSuite(String word, String cipher, int keyBytes, String mac) {
        this.word = word;
        this.cipher = cipher;
        this.keyBytes = keyBytes;
        this.mac = mac;
    }

    /// Loaded only where somebody chose what Java does not have.
    private static final class Bouncy {

        private static final Provider CASTLE = new BouncyCastleProvider();

        private Bouncy() {
        }
    }

    /// As the book writes it.
    public String word() {
        return word;
    }

    static CipherSuite of(String word) {
        return Stream.of(values()).filter(suite -> suite.word.equals(word)).findFirst().orElseThrow();
    }

    private @Nullable Provider provider() {
        return this == SM4 ? Bouncy.CASTLE : null;
    }

    /// Seals a text: a nonce of twelve bytes, the ciphertext, a tag of sixteen bytes.
    ///
    /// @param key 32 bytes; SM4 takes the first sixteen
    /// @param nonce never the same twice under one key
    /// @param bound what it is bound to
    byte[] seal(byte[] key, byte[] nonce, byte[] clear, byte[] bound) {
        try {
            var sealed = gcm(Cipher.ENCRYPT_MODE, key, nonce, bound).doFinal(clear);
            var whole = java.util.Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
            return whole;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Opens what was sealed.
    ///
    /// @throws GeneralSecurityException when it was cut, forged, moved, or sealed by another key
    byte[] open(byte[] key, byte[] sealed, byte[] bound) throws GeneralSecurityException {
        if (sealed.length < NONCE + TAG_BITS / 8) {
            throw new GeneralSecurityException("too short");
        }
        var nonce = java.util.Arrays.copyOf(sealed, NONCE);
        return gcm(Cipher.DECRYPT_MODE, key, nonce, bound).doFinal(sealed, NONCE, sealed.length - NONCE);
    }

    private Cipher gcm(int mode, byte[] key, byte[] nonce, byte[] bound) throws GeneralSecurityException {
        var name = cipher + "/GCM/NoPadding";
        var provider = provider();
        var gcm = provider == null ? Cipher.getInstance(name) : Cipher.getInstance(name, provider);
        gcm.init(mode, new SecretKeySpec(key, 0, keyBytes, cipher), new GCMParameterSpec(TAG_BITS, nonce));
        gcm.updateAAD(bound);
        return gcm;
    }

    /// A keyed hash of 32 bytes.
    byte[] hash(byte[] key, byte[] text) {
        try {
            var provider = provider();
            var hash = provider == null ? Mac.getInstance(mac) : Mac.getInstance(mac, provider);
            hash.init(new SecretKeySpec(key, mac));
            return hash.doFinal(text);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] sha256(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
