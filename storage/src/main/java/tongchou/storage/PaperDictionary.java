package tongchou.storage;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.Adler32;

/// What the papers of one benefit repeat, made ready to pack many of them (存档词典): a Zstandard dictionary.
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
    private static final int MOST_ROOM = 256 << 10;
    private static final Queue<Packer> IDLE = new ConcurrentLinkedQueue<>();

    /// To make one takes longer than to unpack a paper. As many as ever unpacked at the same moment wait here.
    private static final Queue<ZstdDecompressCtx> IDLE_UNPACKERS = new ConcurrentLinkedQueue<>();

    private final int adler;
    private final ZstdDictCompress ready;

    PaperDictionary(byte[] words) {
        this.adler = (int) adler(words);
        this.ready = new ZstdDictCompress(words, LEVEL);
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
        var plain = new byte[(int) size];
        var waiting = IDLE_UNPACKERS.poll();
        var unpacker = waiting == null ? new ZstdDecompressCtx() : waiting;
        try {
            unpacker.loadDict(words);
            var length = unpacker.decompressByteArray(plain, 0, plain.length, packed, 0, packed.length - Integer.BYTES);
            if (length != plain.length) {
                throw damaged(new IllegalArgumentException("it ends early"));
            }
        } catch (ZstdException why) {
            throw damaged(why);
        } finally {
            IDLE_UNPACKERS.add(unpacker);
        }
        return plain;
    }

    private static BookException damaged(Exception why) {
        return new BookException("a stored document is damaged", why, false);
    }
}
