package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Papers come back as they were, whatever kind of dictionary they were packed with.
class PaperDictionaryTest {

    /// RFC 8878, section 5: the first four bytes of a dictionary with tables, the least first.
    private static final int TABLES = 0xEC30A437;

    /// About 1,200 bytes: lines of a claim, in which codes and amounts differ.
    private static byte[] paper(int number) {
        var random = new Random(number);
        var text = new StringBuilder("{\"key\":\"" + number + "\",\"lines\":[");
        for (var line = 0; line < 20; line++) {
            text.append("{\"item\":\"S").append(random.nextInt(3_000)).append("\",\"amount_fen\":")
                    .append(random.nextInt(90_000)).append(",\"class\":\"甲类\"},");
        }
        return text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] samples(int count) {
        var all = ByteBuffer.allocate(200 << 10);
        for (var number = 0; number < count; number++) {
            all.put(paper(number));
        }
        return Arrays.copyOf(all.array(), all.position());
    }

    private static int packed(byte[] words) {
        var dictionary = new PaperDictionary(words);
        var room = 0;
        for (var number = 100; number < 150; number++) {
            var packed = dictionary.pack(paper(number));
            assertTrue(PaperDictionary.isPacked(packed));
            assertEquals((int) PaperDictionary.adler(words), PaperDictionary.adlerOf(packed));
            assertArrayEquals(paper(number), PaperDictionary.unpack(packed, words));
            room += packed.length;
        }
        return room / 50;
    }

    private static boolean hasTables(byte[] words) {
        return ByteBuffer.wrap(words).order(ByteOrder.LITTLE_ENDIAN).getInt() == TABLES;
    }

    @Test
    void tablesInADictionaryMakePapersSmallerAndTheSamplesStandBehindThem() {
        var samples = samples(10);
        var words = PaperDictionary.words(samples);
        assertTrue(hasTables(words));
        assertArrayEquals(samples, Arrays.copyOfRange(words, words.length - samples.length, words.length));
        var with = packed(words);
        var without = packed(samples);
        assertTrue(with < without, with + " bytes with tables, " + without + " without");
    }

    @Test
    void aDictionaryHolds64KilobytesAtMost() {
        var samples = samples(100);
        var words = PaperDictionary.words(samples);
        assertEquals(64 << 10, words.length);
        assertTrue(hasTables(words));
        assertEquals(samples[samples.length - 1], words[words.length - 1]);
        packed(words);
    }

    /// Less than eleven pieces of 512 bytes are too few to count in; random bytes do not recur.
    @Test
    void whereTheTrainerFindsNothingTheSamplesAreTheDictionary() {
        for (var samples : new byte[][] {{}, {1}, paper(1), samples(4)}) {
            assertArrayEquals(samples, PaperDictionary.words(samples));
            packed(samples);
        }
        var noise = new byte[20_000];
        new Random(7).nextBytes(noise);
        packed(PaperDictionary.words(noise));
    }

    @Test
    void bytesThatNoSampleHadComeBack() {
        var words = PaperDictionary.words(samples(10));
        var dictionary = new PaperDictionary(words);
        var random = new Random(11);
        for (var length : new int[] {0, 1, 7, 100, 1_000, 9_000, 200_000}) {
            var plain = new byte[length];
            random.nextBytes(plain);
            assertArrayEquals(plain, PaperDictionary.unpack(dictionary.pack(plain), words), "of " + length + " bytes");
        }
    }

    @Test
    void whatIsDamagedIsSaidAndTheNextPaperIsRead() {
        var words = PaperDictionary.words(samples(10));
        var packed = new PaperDictionary(words).pack(paper(200));
        var cut = Arrays.copyOfRange(packed, 0, packed.length - 9);
        assertThrows(BookException.class, () -> PaperDictionary.unpack(cut, words));
        assertArrayEquals(paper(200), PaperDictionary.unpack(packed, words));
        var found = 0;
        for (var place = 0; place < packed.length - Integer.BYTES; place++) {
            var damaged = packed.clone();
            damaged[place] ^= 0x55;
            try {
                PaperDictionary.unpack(damaged, words);
            } catch (BookException said) {
                assertEquals("a stored document is damaged", said.getMessage());
                found++;
            }
        }
        // The others come out as other bytes, which the hash of the paper finds.
        assertTrue(found > 10, found + " of " + packed.length);
        assertArrayEquals(paper(200), PaperDictionary.unpack(packed, words));
    }
}
