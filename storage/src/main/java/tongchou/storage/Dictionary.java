package tongchou.storage;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// Words that many rows repeat, each written once and named by a number (词典).
///
/// Numbers that are known to be durable are remembered, up to a limit; words are never changed or removed.
final class Dictionary {

    private static final int MOST_REMEMBERED = 100_000;

    private final String columns;
    private final String table;
    private final String find;
    private final ConcurrentMap<List<String>, Long> known = new ConcurrentHashMap<>();

    /// A table of words.
    ///
    /// @param columns the columns that make up a word; they are unique together
    Dictionary(String table, String... columns) {
        this.table = table;
        this.columns = String.join(", ", columns);
        this.find = "select id from " + table + " where " + String.join(" = ? and ", columns) + " = ?";
    }

    /// The number of a word that is known to be durable.
    @Nullable Long known(String... word) {
        return known.get(List.of(word));
    }

    /// The number of a word, which is written when it is new.
    ///
    /// @param word one value per column
    long id(Session session, String... word) {
        var key = List.of(word);
        var remembered = known.get(key);
        if (remembered != null) {
            return remembered;
        }
        var id = find(session, word).or(() -> session.insertNew(table, columns, (Object[]) word))
                .or(() -> find(session, word))
                .orElseThrow(() -> new IllegalStateException(table + ": " + key + " contradicts what is there"));
        session.whenDurable(() -> {
            if (known.size() < MOST_REMEMBERED) {
                known.put(key, id);
            }
        });
        return id;
    }

    private Optional<Long> find(Session session, String... word) {
        return session.row(find, row -> row.number(1), (Object[]) word);
    }
}
