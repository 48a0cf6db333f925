package tongchou.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.ItemKind;
import tongchou.storage.CatalogueRows.Identity;
import tongchou.storage.CatalogueRows.Prepared;
import tongchou.storage.CatalogueRows.Term;

/// The rows of one import on their way into the store (装载), in transactions so short that bookings go on between them.
///
/// The next items are read and spelled while the store takes the ones before. Terms are kept back and written in the
/// order of their index: in the order of the file nearly every one of them would touch a page of its own.
final class CatalogueLoad {

    /// Items a transaction takes: a fraction of a second, so that bookings are not kept waiting.
    private static final int TOGETHER = 5_000;

    /// Terms a transaction takes, for the same reason.
    private static final int TERMS_TOGETHER = 40_000;

    /// Terms that are kept back at most, some 100 bytes each.
    private static final int MOST_TERMS = 3_000_000;

    private final Writer writer;
    private final Dialect dialect;
    private final ItemKind kind;
    private final long version;
    private final List<List<Term>> terms = SearchTerms.FIELDS.stream().<List<Term>>map(field -> new ArrayList<>())
            .toList();
    private @Nullable Boolean first;
    private long kept;
    private long taken;
    private long added;

    CatalogueLoad(Writer writer, Dialect dialect, ItemKind kind, long version) {
        this.writer = writer;
        this.dialect = dialect;
        this.kind = kind;
        this.version = version;
    }

    /// Writes all items; they are not seen before the version is published.
    Catalogue.Imported all(Iterator<Catalogue.Entry> entries, LongConsumer progress) {
        var ahead = CompletableFuture.supplyAsync(() -> part(entries));
        try {
            for (var part = joined(ahead); !part.isEmpty(); part = joined(ahead)) {
                ahead = CompletableFuture.supplyAsync(() -> part(entries));
                write(part);
                progress.accept(taken);
            }
        } finally {
            // Whoever gave the items closes their source next.
            ahead.handle((part, failure) -> failure == null).join();
        }
        writeTerms();
        return new Catalogue.Imported(version, added, taken - added);
    }

    private List<Prepared> part(Iterator<Catalogue.Entry> entries) {
        var part = new ArrayList<Prepared>(TOGETHER);
        while (part.size() < TOGETHER && entries.hasNext()) {
            var entry = entries.next();
            if (entry.kind() != kind) {
                throw new IllegalArgumentException(entry.kind() + " among " + kind);
            }
            part.add(CatalogueRows.prepared(entry, dialect));
        }
        return part;
    }

    private static List<Prepared> joined(CompletableFuture<List<Prepared>> ahead) {
        try {
            return ahead.join();
        } catch (CompletionException failed) {
            switch (failed.getCause()) {
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                case null, default -> throw failed;
            }
        }
    }

    private void write(List<Prepared> part) {
        var fresh = writer.write(session -> add(session, part));
        fresh.forEach((id, item) -> {
            for (var field = 0; field < terms.size(); field++) {
                for (var text : item.terms().get(field)) {
                    terms.get(field).add(new Term(text, id));
                    kept++;
                }
            }
        });
        taken += part.size();
        added += fresh.size();
        if (kept >= MOST_TERMS) {
            writeTerms();
        }
    }

    /// Writes the terms of each field in their order, while those of the next are being sorted.
    private void writeTerms() {
        var sorted = terms.stream().map(field -> CompletableFuture.runAsync(() -> field.sort(null))).toList();
        for (var field = 0; field < terms.size(); field++) {
            sorted.get(field).join();
            var name = SearchTerms.FIELDS.get(field);
            var all = terms.get(field);
            for (var from = 0; from < all.size(); from += TERMS_TOGETHER) {
                var part = all.subList(from, Math.min(all.size(), from + TERMS_TOGETHER));
                writer.write(session -> {
                    own(session);
                    CatalogueRows.insertTerms(session, dialect, kind, name, part);
                    return true;
                });
            }
            all.clear();
        }
        kept = 0;
    }

    /// Sees to it that nobody began another import meanwhile, which would have cleared what this one wrote. Nothing
    /// waits for the disk before what publishes it.
    private void own(Session session) {
        dialect.writeBehind(session);
        if (session.row("select version from catalogue_versions where version = ? and published = 0"
                + dialect.forUpdate(), row -> row.number(1), version).isEmpty()) {
            var why = "another import began meanwhile; start this one again after it";
            throw new BookException(why, new IOException(why), false);
        }
    }

    /// Writes the items that were not there or say something else.
    ///
    /// @return them, by their numbers
    private SequencedMap<Long, Prepared> add(Session session, List<Prepared> part) {
        own(session);
        var known = isFirst(session) ? Map.<Identity, Known>of() : known(session, part);
        var next = 1 + session.number("select coalesce(max(id), ?) from catalogue_items where id >= ? and id < ?",
                CatalogueRows.firstOf(kind), CatalogueRows.firstOf(kind), CatalogueRows.endOf(kind));
        var fresh = new LinkedHashMap<Long, Prepared>();
        for (var item : part) {
            var before = known.get(Identity.of(item.entry()));
            if (before == null || !before.fingerprint().equals(item.fingerprint())) {
                if (before != null) {
                    session.change("update catalogue_items set ended = ? where id = ?", version, before.id());
                }
                fresh.put(next++, item);
            }
        }
        if (!fresh.isEmpty()) {
            CatalogueRows.insert(session, dialect, fresh, version);
        }
        return fresh;
    }

    /// Whether there was nothing of the kind before, so that nothing needs to be compared.
    private boolean isFirst(Session session) {
        var known = first;
        if (known == null) {
            known = session.number("select count(*) from (select 1 from catalogue_items where kind = ? limit 1) one",
                    kind.word()) == 0;
            first = known;
        }
        return known;
    }

    /// A row that is open, and what it says in short.
    private record Known(long id, String fingerprint) {
    }

    private Map<Identity, Known> known(Session session, List<Prepared> part) {
        var known = new HashMap<Identity, Known>();
        var parameters = new ArrayList<@Nullable Object>();
        parameters.add(kind.word());
        part.forEach(item -> parameters.add(SearchTerms.plain(item.entry().code())));
        session.rows("select i.id, i.fingerprint, i.code, i.edition, i.first_day from " + CatalogueRows.OF_CODES
                + ", ?".repeat(part.size() - 1) + ") and i.ended is null",
                row -> known.put(new Identity(row.text(3), row.text(4), row.day(5)),
                        new Known(row.number(1), row.text(2))) == null, parameters.toArray());
        return known;
    }
}
