package tongchou.storage;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/// What the papers of one benefit repeat, made ready to pack many of them (存档词典): a Zstandard dictionary.
///
/// Its words begin with what Zstandard's trainer makes of samples: tables of how often bytes, lengths and distances
/// occur, and pieces that recur; the samples follow. Without tables, as in older books, some are built for every paper:
/// 21 microseconds for a settlement where caches are cold, with them 13, and 30 bytes less.
///
/// A packed paper is a Zstandard frame, followed by the Adler-32 of its dictionary in four bytes. Its first byte is one
/// with which neither zlib format nor raw deflate begins, in which older papers are kept.
final class PaperDictionary {

    /// The first byte of every Zstandard frame.
    private static final byte FIRST = 0x28;

    /// Level 3 makes a settlement 50 bytes smaller and takes a fifth longer on the thread of every request, as recorded
    /// under load; alone both take the same. Level 6 takes four times as long.
    private static final int LEVEL = 1;
    private static final int LARGEST = 64 << 20;

    /// What a dictionary holds at most; of that, what the trainer makes, of pieces of which length.
    private static final int MOST_WORDS = 64 << 10;
    private static final int TRAINED = 8 << 10;
    private static final int PIECE = 512;

    private static final int MOST_ROOM = 256 << 10;
    private static final Queue<Packer> IDLE = new ConcurrentLinkedQueue<>();

    /// To make one takes longer than to unpack a paper. As many as ever unpacked at the same moment wait here.
    private static final Queue<Unpacker> IDLE_UNPACKERS = new ConcurrentLinkedQueue<>();

    private final int adler;
    private final ZstdDictCompress ready;

    PaperDictionary(byte[] words) {
        this.adler = (int) adler(words);
        this.ready = new ZstdDictCompress(words, LEVEL);
    }

    /// The words of a dictionary for papers like these samples; what stands last is found nearest.
    static byte[] words(byte[] samples) {
        var trained = trained(samples);
        var rest = Math.min(samples.length, MOST_WORDS - trained.length);
        return ByteBuffer.allocate(trained.length + rest).put(trained).put(samples, samples.length - rest, rest)
                .array();
    }

    /// What the trainer makes of samples, cut into pieces, because it wants many; nothing where they are too few for
    /// it, up to 5 kB, or nothing in them recurs. Ten milliseconds, once for a benefit.
    private static byte[] trained(byte[] samples) {
        var pieces = IntStream.iterate(0, at -> at < samples.length, at -> at + PIECE)
                .mapToObj(at -> Arrays.copyOfRange(samples, at, Math.min(samples.length, at + PIECE)))
                .toArray(byte[][]::new);
        var made = new byte[TRAINED];
        try {
            var length = Zstd.trainFromBuffer(pieces, made, false, LEVEL);
            return Zstd.isError(length) ? new byte[0] : Arrays.copyOf(made, (int) length);
        } catch (ZstdException tooFew) {
            return new byte[0];
        }
    }

    /// The checksum by which papers name their dictionary.
    static long adler(byte[] words) {
        var adler = new Adler32();
        adler.update(words);
        return adler.getValue();
    }

    byte[] pack(byte[] plain) {
        var waiting = IDLE.poll();
        var packer = waiting == null ? new Packer() : waiting;
        var packed = packer.pack(plain, ready, adler);
        IDLE.add(packer);
        return packed;
    }

    /// Packs one paper at a time, into room that is used again.
    private static final class Packer {

        private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL).setDictID(false);
        private byte[] room = new byte[0];

        byte[] pack(byte[] plain, ZstdDictCompress dictionary, int adler) {
            var most = Math.toIntExact(Zstd.compressBound(plain.length));
            var into = most <= room.length ? room : new byte[2 * most];
            room = into.length <= MOST_ROOM ? into : room;
            context.loadDict(dictionary);
            var length = context.compress(into, plain);
            return ByteBuffer.allocate(length + Integer.BYTES).put(into, 0, length).putInt(adler).array();
        }
    }

    /// Whether bytes were packed with a dictionary of this kind.
    static boolean isPacked(byte[] packed) {
        return packed.length > Integer.BYTES && packed[0] == FIRST;
    }

    /// The checksum of the dictionary of a packed paper.
    static int adlerOf(byte[] packed) {
        return ByteBuffer.wrap(packed).getInt(packed.length - Integer.BYTES);
    }

    /// @throws BookException when the bytes are damaged
    static byte[] unpack(byte[] packed, byte[] words) {
        var size = Zstd.getFrameContentSize(packed);
        if (size < 0 || size > LARGEST) {
            throw damaged(new IllegalArgumentException("its size"));
        }
        var waiting = IDLE_UNPACKERS.poll();
        var unpacker = waiting == null ? new Unpacker() : waiting;
        try {
            return unpacker.unpack(packed, new byte[(int) size], words);
        } catch (ZstdException why) {
            throw damaged(why);
        } finally {
            IDLE_UNPACKERS.add(unpacker);
        }
    }

    /// Unpacks one paper at a time. Both papers of a settlement come with the same array of words, which is made ready
    /// once: that takes as long as to unpack a paper.
    private static final class Unpacker {

        private final ZstdDecompressCtx context = new ZstdDecompressCtx();
        private byte @Nullable [] ready;

        byte[] unpack(byte[] packed, byte[] plain, byte[] words) {
            if (ready != words) {
                ready = null;
                context.loadDict(words);
                ready = words;
            }
            var length = context.decompressByteArray(plain, 0, plain.length, packed, 0, packed.length - Integer.BYTES);
            if (length != plain.length) {
                throw damaged(new IllegalArgumentException("it ends early"));
            }
            return plain;
        }
    }

    private static BookException damaged(Exception why) {
        return new BookException("a stored document is damaged", why, false);
    }
}
