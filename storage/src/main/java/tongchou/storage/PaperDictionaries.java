package tongchou.storage;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// The dictionaries with which papers are packed (存档词典): clauses, names, sentences.
///
/// The first few settlements by a benefit are samples: their requests and replies become the dictionary of all later
/// ones, so that only what differs, the amounts, takes room. Dictionaries that are known to be durable are remembered.
final class PaperDictionaries {

    private static final int MOST_REMEMBERED = 200;

    /// From how many settlements a dictionary is made: one shows what they share, a few what else they may say.
    private static final int SAMPLES = 5;

    private final ConcurrentMap<Long, Optional<PaperDictionary>> known = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, List<Packed>> samples = new ConcurrentHashMap<>();

    /// Papers as they are stored.
    record Packed(byte[] content, byte[] reply) {
    }

    /// Packs the papers of a settlement by a benefit.
    ///
    /// @param rule the number of the benefit's row
    Packed pack(Session session, long rule, byte[] content, byte[] reply) {
        var dictionary = known.get(rule);
        if (dictionary == null) {
            dictionary = find(session, rule).map(PaperDictionary::new);
            var shown = samples.computeIfAbsent(rule, none -> new CopyOnWriteArrayList<>());
            if (dictionary.isPresent() || shown.size() >= SAMPLES) {
                dictionary = dictionary.or(() -> add(session, rule, shown).map(PaperDictionary::new));
                remember(session, rule, dictionary);
            } else {
                session.whenDurable(() -> shown.add(new Packed(content, reply)));
            }
        }
        return pack(dictionary, content, reply);
    }

    private void remember(Session session, long rule, Optional<PaperDictionary> dictionary) {
        session.whenDurable(() -> {
            if (known.size() < MOST_REMEMBERED) {
                known.put(rule, dictionary);
                samples.remove(rule);
            }
        });
    }

    /// Packs the papers where their dictionary is known to be durable.
    Optional<Packed> pack(long rule, byte[] content, byte[] reply) {
        return Optional.ofNullable(known.get(rule)).map(dictionary -> pack(dictionary, content, reply));
    }

    private static Packed pack(Optional<PaperDictionary> dictionary, byte[] content, byte[] reply) {
        return dictionary.map(words -> new Packed(words.pack(content), words.pack(reply)))
                .orElseGet(() -> new Packed(Deflated.deflate(content), Deflated.deflate(reply)));
    }

    private static Optional<byte[]> find(Session session, long rule) {
        return session.row("select content from paper_dictionaries where rule = ?", row -> row.bytes(1), rule);
    }

    /// Nothing when another dictionary has the same checksum, by which papers name theirs.
    private static Optional<byte[]> add(Session session, long rule, List<Packed> shown) {
        var all = new ByteArrayOutputStream();
        shown.forEach(papers -> all.writeBytes(papers.reply()));
        shown.forEach(papers -> all.writeBytes(papers.content()));
        var words = PaperDictionary.words(all.toByteArray());
        session.change("insert into paper_dictionaries (adler, rule, content) values (?, ?, ?) on conflict do nothing",
                PaperDictionary.adler(words), rule, words);
        return find(session, rule);
    }
}
