package tongchou.storage;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// A document as the book keeps it (存档件): packed, with the SHA-256 by which it is recognised.
///
/// Raw deflate stands alone; Zstandard and, in older papers, zlib format name a dictionary, see [PaperDictionaries].
record Deflated(byte[] hash, byte[] plain) {

    /// The first byte of zlib format, with which raw deflate never begins: its padding is zero.
    private static final byte ZLIB = 0x78;

    static Deflated of(byte[] plain) {
        try {
            return new Deflated(MessageDigest.getInstance("SHA-256").digest(plain), plain);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }

    byte[] packed() {
        return deflate(plain);
    }

    boolean isSame(byte[] otherHash) {
        return MessageDigest.isEqual(hash, otherHash);
    }

    /// Raw deflate, without header and checksum.
    static byte[] deflate(byte[] plain) {
        try (var deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            return deflate(deflater, plain);
        }
    }

    private static byte[] deflate(Deflater deflater, byte[] plain) {
        deflater.setInput(plain);
        deflater.finish();
        var packed = new ByteArrayOutputStream(plain.length / 2 + 16);
        var buffer = new byte[4096];
        while (!deflater.finished()) {
            packed.write(buffer, 0, deflater.deflate(buffer));
        }
        return packed.toByteArray();
    }

    /// @param dictionary finds a dictionary by its Adler-32
    /// @throws BookException when the bytes were never deflated, or their dictionary is not there
    static byte[] inflate(byte[] packed, IntFunction<Optional<byte[]>> dictionary) {
        if (PaperDictionary.isPacked(packed)) {
            var words = dictionary.apply(PaperDictionary.adlerOf(packed)).orElseThrow(() -> new BookException(
                    "a stored document is damaged", new DataFormatException("the dictionary is missing"), false));
            return PaperDictionary.unpack(packed, words);
        }
        try (var inflater = new Inflater(packed.length == 0 || packed[0] != ZLIB)) {
            inflater.setInput(packed);
            var plain = new ByteArrayOutputStream(packed.length * 4 + 16);
            var buffer = new byte[4096];
            while (!inflater.finished()) {
                var count = inflater.inflate(buffer);
                if (count == 0 && inflater.needsDictionary()) {
                    inflater.setDictionary(dictionary.apply(inflater.getAdler())
                            .orElseThrow(() -> new DataFormatException("the dictionary is missing")));
                } else if (count == 0 && inflater.needsInput()) {
                    throw new DataFormatException("the bytes end early");
                }
                plain.write(buffer, 0, count);
            }
            return plain.toByteArray();
        } catch (DataFormatException | IllegalArgumentException damaged) {
            throw new BookException("a stored document is damaged", damaged, false);
        }
    }
}
