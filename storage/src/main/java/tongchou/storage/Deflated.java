package tongchou.storage;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// A document as the book keeps it (存档件): deflated, with the SHA-256 by which it is recognised.
record Deflated(byte[] hash, byte[] packed) {

    static Deflated of(byte[] plain) {
        try {
            return new Deflated(MessageDigest.getInstance("SHA-256").digest(plain), deflate(plain));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }

    boolean isSame(byte[] otherHash) {
        return MessageDigest.isEqual(hash, otherHash);
    }

    /// Raw deflate, without header and checksum.
    static byte[] deflate(byte[] plain) {
        try (var deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(plain);
            deflater.finish();
            var packed = new ByteArrayOutputStream(plain.length / 2 + 16);
            var buffer = new byte[4096];
            while (!deflater.finished()) {
                packed.write(buffer, 0, deflater.deflate(buffer));
            }
            return packed.toByteArray();
        }
    }

    /// @throws BookException when the bytes were never deflated
    static byte[] inflate(byte[] packed) {
        try (var inflater = new Inflater(true)) {
            inflater.setInput(packed);
            var plain = new ByteArrayOutputStream(packed.length * 4 + 16);
            var buffer = new byte[4096];
            while (!inflater.finished()) {
                var count = inflater.inflate(buffer);
                if (count == 0 && inflater.needsInput()) {
                    throw new DataFormatException("the bytes end early");
                }
                plain.write(buffer, 0, count);
            }
            return plain.toByteArray();
        } catch (DataFormatException damaged) {
            throw new BookException("a stored document is damaged", damaged, false);
        }
    }
}
