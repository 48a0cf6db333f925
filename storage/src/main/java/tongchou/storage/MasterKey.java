package tongchou.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// The key that wraps the keys of identities (主密钥, KEK): 32 random bytes in a file or a variable, never in the book.
public final class MasterKey {

    private static final int BYTES = 32;
    private static final byte[] PURPOSE = "tongchou master key".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;

    private MasterKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A new one.
    ///
    /// @param random a [java.security.SecureRandom], unless somebody tests
    public static MasterKey random(RandomGenerator random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new MasterKey(bytes);
    }

    /// A key as [#text] writes it.
    ///
    /// @throws IllegalArgumentException when it is none; nothing of it is repeated
    public static MasterKey of(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException notBase64) {
            bytes = new byte[0];
        }
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("not 32 bytes in base64");
        }
        return new MasterKey(bytes);
    }

    /// Reads a file.
    ///
    /// @throws IllegalArgumentException when it holds no key
    public static MasterKey in(Path file) throws IOException {
        return of(Files.readString(file, StandardCharsets.US_ASCII));
    }

    /// Writes a new file that its owner alone may read, durably; where there is one already this fails.
    public void writeTo(Path file) throws IOException {
        var owner = file.toAbsolutePath().getFileSystem().supportedFileAttributeViews().contains("posix");
        if (owner) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
        Files.writeString(file, text() + "\n", StandardCharsets.US_ASCII, StandardOpenOption.SYNC,
                StandardOpenOption.WRITE);
    }

    /// The key as text: base64.
    public String text() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// By what it is known without showing it: the first eight bytes of a hash, as hexadecimal digits.
    public String fingerprint() {
        return HexFormat.of().formatHex(CipherSuite.sha256(PURPOSE, bytes), 0, 8);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /// Its fingerprint only: the key is a secret.
    @Override
    public String toString() {
        return "master key " + fingerprint();
    }
}
