package tongchou.storage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A transaction as the book's SQL sees it (会话): statements with `?`, rows read by place.
final class Session {

    /// Rows one insert statement takes at most; every store allows at least 32,766 parameters.
    private static final int MOST_ROWS = 500;

    private final Transaction store;
    private final List<Runnable> whenDurable = new ArrayList<>();
    private final Map<Long, byte[]> dictionaries = new HashMap<>();
    private Set<String> changedMembers = Set.of();
    private final Tail tail;
    private final boolean apart;
    private int changes;
    private long number;

    Session(Transaction store) {
        this(store, new Tail(), true);
    }

    /// @param apart whether the change is made by itself, so that it asks before it writes what may be refused
    Session(Transaction store, Tail tail, boolean apart) {
        this.store = store;
        this.tail = tail;
        this.apart = apart;
    }

    /// What its rows follow.
    Tail tail() {
        return tail;
    }

    /// Whether it is made by itself. One of several that are made together need not ask first: when the store refuses
    /// it, all are made again, each by itself.
    boolean isApart() {
        return apart;
    }

    <T> List<T> rows(String sql, Function<Row, T> read, @Nullable Object... parameters) {
        return store.query(sql, columns -> read.apply(new Row(columns, this)), parameters);
    }

    <T> Optional<T> row(String sql, Function<Row, T> read, @Nullable Object... parameters) {
        var rows = rows(sql, read, parameters);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    /// The number that a query without an empty answer gives.
    long number(String sql, @Nullable Object... parameters) {
        return row(sql, row -> row.number(1), parameters).orElseThrow();
    }

    /// Changes rows.
    ///
    /// @return how many rows were changed
    long change(String sql, @Nullable Object... parameters) {
        var changed = store.change(sql, parameters);
        changes += changed > 0 ? 1 : 0;
        return changed;
    }

    /// Inserts a row and gives the id that the store chose.
    long insert(String table, String columns, @Nullable Object... values) {
        changes++;
        return number("insert into " + table + " (" + columns + ") values " + places(values.length)
                + " returning id", values);
    }

    /// Inserts a row unless one like it is there already.
    ///
    /// @return the id that the store chose, empty when nothing was inserted
    Optional<Long> insertNew(String table, String columns, @Nullable Object... values) {
        return row("insert into " + table + " (" + columns + ") values " + places(values.length)
                + " on conflict do nothing returning id", row -> row.number(1), values);
    }

    /// Inserts rows that have no id of their own, many with one statement.
    void insertAll(String table, String columns, List<? extends List<? extends @Nullable Object>> rows) {
        for (var from = 0; from < rows.size(); from += MOST_ROWS) {
            var part = rows.subList(from, Math.min(rows.size(), from + MOST_ROWS));
            changes++;
            var places = places(part.getFirst().size());
            var values = new ArrayList<@Nullable Object>();
            part.forEach(values::addAll);
            store.change("insert into " + table + " (" + columns + ") values " + places
                    + (", " + places).repeat(part.size() - 1), values.toArray());
        }
    }

    /// Whether any row was changed, other than words that dictionaries keep.
    boolean hasWritten() {
        return changes > 0;
    }

    /// How many statements have changed rows so far, other than words that dictionaries keep.
    int changes() {
        return changes;
    }

    /// Says that what was changed concerns these members and nobody else.
    void concernsOnly(Collection<String> members) {
        changedMembers = Set.copyOf(members);
    }

    /// The change has a number, see [Changes].
    void numbered(long given) {
        number = given;
    }

    long number() {
        return number;
    }

    /// Whom the change concerns; empty when nobody said so.
    Set<String> changedMembers() {
        return changedMembers;
    }

    /// Leaves something to be done as soon as what was written is durable; it is forgotten if it never is.
    void whenDurable(Runnable then) {
        whenDurable.add(then);
    }

    void nowDurable() {
        whenDurable.forEach(Runnable::run);
    }

    private Optional<byte[]> dictionary(int adler) {
        var key = Integer.toUnsignedLong(adler);
        var known = dictionaries.get(key);
        if (known == null) {
            known = row("select content from paper_dictionaries where adler = ?", row -> row.bytes(1), key)
                    .orElse(null);
            if (known != null) {
                dictionaries.put(key, known);
            }
        }
        return Optional.ofNullable(known);
    }

    private static String places(int count) {
        return "(?" + ", ?".repeat(count - 1) + ")";
    }

    /// A day as both stores take it; null for an unknown last day.
    static @Nullable String text(@Nullable LocalDate day) {
        return day == null || day.equals(LocalDate.MAX) ? null
                : day.equals(LocalDate.MIN) ? FIRST_OF_ALL.toString() : day.toString();
    }

    private static final LocalDate FIRST_OF_ALL = LocalDate.of(1, 1, 1);

    /// A row whose columns count from one.
    record Row(Transaction.Columns columns, Session session) {

        private Object value(int place) {
            return Objects.requireNonNull(columns.value(place));
        }

        long number(int place) {
            return ((Number) value(place)).longValue();
        }

        String text(int place) {
            return (String) value(place);
        }

        @Nullable String textOrNull(int place) {
            var value = columns.value(place);
            return value == null ? null : value.toString();
        }

        boolean isGiven(int place) {
            return columns.value(place) != null;
        }

        byte[] bytes(int place) {
            return (byte[]) value(place);
        }

        /// A document that was stored deflated.
        ///
        /// @throws BookException when it is damaged
        byte[] document(int place) {
            return Deflated.inflate(bytes(place), session::dictionary);
        }

        LocalDate day(int place) {
            var day = LocalDate.parse(value(place).toString());
            return day.equals(FIRST_OF_ALL) ? LocalDate.MIN : day;
        }

        @Nullable LocalDate dayOrNull(int place) {
            return textOrNull(place) == null ? null : day(place);
        }

        /// The last day of a period, [LocalDate#MAX] when none is known.
        LocalDate lastDay(int place) {
            return textOrNull(place) == null ? LocalDate.MAX : day(place);
        }

        <E extends Enum<E>> E constant(int place, Class<E> type) {
            return Enum.valueOf(type, text(place));
        }
    }
}
