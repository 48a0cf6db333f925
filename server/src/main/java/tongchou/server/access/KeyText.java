package tongchou.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The text of a key (密钥文本): `tck_` with an id that is no secret and 32 random bytes that are.
///
/// @param id twelve letters or digits
/// @param text the whole key
record KeyText(String id, String text) {

    /// What every key begins with.
    static final String PREFIX = "tck_";

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int ID_LENGTH = 12;
    private static final int SECRET_BYTES = 32;
    private static final int ID_END = PREFIX.length() + ID_LENGTH;
    private static final int LENGTH = ID_END + 1 + 43;

    /// A new key.
    static KeyText random(RandomGenerator random) {
        var id = new StringBuilder();
        for (var i = 0; i < ID_LENGTH; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new KeyText(id.toString(), PREFIX + id + "_" + Base64.getUrlEncoder().withoutPadding()
                .encodeToString(secret));
    }

    /// A key as it was sent; empty when it has not the form of one. Whether it is one, its hash says.
    static Optional<KeyText> read(String text) {
        return text.length() == LENGTH && text.startsWith(PREFIX) && text.charAt(ID_END) == '_'
                ? Optional.of(new KeyText(text.substring(PREFIX.length(), ID_END), text)) : Optional.empty();
    }

    /// What is kept of it: SHA-256 of every character, so that nothing but exactly this text fits. A random secret of
    /// 256 bits needs no salt and no slow hash.
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Whether this is the key whose hash is kept, in the same time however much of it fits.
    boolean fits(byte[] kept) {
        return MessageDigest.isEqual(hash(), kept);
    }

    /// Its id only: the text is a secret.
    @Override
    public String toString() {
        return PREFIX + id + "_...";
    }
}
