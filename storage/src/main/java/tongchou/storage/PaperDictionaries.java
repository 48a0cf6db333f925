package tongchou.storage;

import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.zip.Adler32;
import java.util.zip.Deflater;

/// What the papers of one benefit repeat (存档词典): clauses, names, sentences.
///
/// The first request and reply that are settled by a benefit become the dictionary with which all of them are deflated,
/// so that only what differs, the amounts, takes room. Dictionaries that are known to be durable are remembered.
final class PaperDictionaries {

    private static final int MOST_REMEMBERED = 1_000;

    /// Deflate looks back no further.
    private static final int LARGEST = 32 << 10;

    private final ConcurrentMap<Long, byte[]> known = new ConcurrentHashMap<>();
    private final Queue<Deflater> idle = new ConcurrentLinkedQueue<>();

    /// Papers as they are stored.
    record Packed(byte[] content, byte[] reply) {
    }

    /// Packs the papers of a settlement by a benefit.
    ///
    /// @param rule the number of the benefit's row
    Packed pack(Session session, long rule, byte[] content, byte[] reply) {
        var dictionary = known.get(rule);
        if (dictionary == null) {
            dictionary = find(session, rule).or(() -> add(session, rule, content, reply)).orElse(new byte[0]);
            remember(session, rule, dictionary);
        }
        if (dictionary.length == 0) {
            return new Packed(Deflated.deflate(content), Deflated.deflate(reply));
        }
        var waiting = idle.poll();
        var deflater = waiting == null ? new Deflater() : waiting;
        var packed = new Packed(deflate(deflater, dictionary, content), deflate(deflater, dictionary, reply));
        idle.add(deflater);
        return packed;
    }

    private void remember(Session session, long rule, byte[] dictionary) {
        session.whenDurable(() -> {
            if (known.size() < MOST_REMEMBERED) {
                known.put(rule, dictionary);
            }
        });
    }

    private static byte[] deflate(Deflater deflater, byte[] dictionary, byte[] plain) {
        deflater.reset();
        deflater.setDictionary(dictionary);
        return Deflated.deflate(deflater, plain);
    }

    private static Optional<byte[]> find(Session session, long rule) {
        return session.row("select content from paper_dictionaries where rule = ?", row -> row.bytes(1), rule);
    }

    /// Nothing when another dictionary has the same checksum, by which papers name theirs.
    private static Optional<byte[]> add(Session session, long rule, byte[] content, byte[] reply) {
        var both = new byte[content.length + reply.length];
        System.arraycopy(reply, 0, both, 0, reply.length);
        System.arraycopy(content, 0, both, reply.length, content.length);
        var dictionary = Arrays.copyOfRange(both, Math.max(0, both.length - LARGEST), both.length);
        var adler = new Adler32();
        adler.update(dictionary);
        session.change("insert into paper_dictionaries (adler, rule, content) values (?, ?, ?) on conflict do nothing",
                adler.getValue(), rule, dictionary);
        return find(session, rule);
    }
}
