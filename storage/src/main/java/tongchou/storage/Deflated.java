package tongchou.storage;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Bytes as the book keeps them (压缩): raw deflate, without header and checksum.
final class Deflated {

    private Deflated() {
    }

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
