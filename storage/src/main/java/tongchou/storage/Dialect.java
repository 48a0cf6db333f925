package tongchou.storage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.Syllables;

/// Where the SQL of the two stores differs (方言): everything else is said once for both.
enum Dialect {

    /// One file, one writer: what a writing transaction reads is locked already.
    SQLITE("sqlite", "select max((select coalesce(max(id), 0) from settlements), "
            + "(select coalesce(max(id), 0) from reversals), (select coalesce(max(id), 0) from corrections), "
            + "(select coalesce(max(id), 0) from adjustments)) + 1", "", "", ""),

    /// Many writers: rows that a decision rests on are locked by name.
    POSTGRESQL("postgresql", "select nextval('settlement_ids')", " for update",
            "lock table memberships in share row exclusive mode", "select pg_advisory_xact_lock(7010931)");

    /// The advisory lock that bookings share.
    private static final long BOOKINGS = 7_010_932;

    private final String folder;
    private final String nextSettlement;
    private final String forUpdate;
    private final String lockMemberships;
    private final String lockAudit;

    Dialect(String folder, String nextSettlement, String forUpdate, String lockMemberships,
            String lockAudit) {
        this.folder = folder;
        this.nextSettlement = nextSettlement;
        this.forUpdate = forUpdate;
        this.lockMemberships = lockMemberships;
        this.lockAudit = lockAudit;
    }

    /// Where the migrations lie. The hyphen keeps the folder from being a package, which Flyway could not read.
    String migrations() {
        return "classpath:" + scripts();
    }

    /// The folder of the migrations; a file of the same name ending in `.txt` lists them with their checksums.
    String scripts() {
        return "db-migration/" + folder;
    }

    /// The number of the next settlement, reversal or correction; later bookings of a member have greater ones.
    long next(Session session) {
        return locksRows() ? session.number(nextSettlement) : session.tail().next(session, nextSettlement);
    }

    /// The numbers of the next bookings, for one that comes to several.
    List<Long> next(Session session, long count) {
        var numbers = new ArrayList<Long>();
        for (var i = 0; i < count; i++) {
            numbers.add(next(session));
        }
        return numbers;
    }

    /// Writes a sum of a member that is not there yet.
    ///
    /// @param name the number of what it counts
    /// @return the number of its row
    long newCounter(Session session, long member, long name, String periodKey, long sum) {
        if (locksRows()) {
            return session.insert("counters", "member, name, period_key, sum", member, name, periodKey, sum);
        }
        var id = session.tail().nextCounter(session);
        session.change("insert into counters (id, member, name, period_key, sum) values (?, ?, ?, ?, ?)",
                id, member, name, periodKey, sum);
        return id;
    }

    String forUpdate() {
        return forUpdate;
    }

    /// The column of the full-text index that holds the number of an item.
    String textId() {
        return this == SQLITE ? "rowid" : "item";
    }

    /// The words of an item as the full-text index takes them: pairs of characters, sounds, and the marks of filters.
    String words(String lines, Set<String> sounds, List<String> marks) {
        var pairs = SearchTerms.grams(lines);
        return this == SQLITE ? Stream.concat(pairs.stream(), sounds.stream()).collect(Collectors.joining(" "))
                : array(Stream.of(pairs, sounds, marks).flatMap(Collection::stream));
    }

    /// Words as numbers, which PostgreSQL compares several times faster and keeps in a third of the room; what has the
    /// number of another word is left out when the text itself is compared.
    private static String array(Stream<String> words) {
        return words.map(word -> Integer.toString(word.hashCode())).collect(Collectors.joining(",", "{", "}"));
    }

    /// The same for what is asked: a text may be held as it stands, or be syllables.
    List<Object> asked(String text, List<String> marks) {
        var pairs = words(text, Set.of(), marks);
        var syllables = Syllables.of(text);
        if (syllables == null) {
            return List.of(pairs);
        }
        var sounds = SearchTerms.sounds(syllables);
        return this == SQLITE ? List.of("(" + pairs + ") OR (" + String.join(" ", sounds) + ")")
                : List.of(pairs, array(Stream.concat(sounds.stream(), marks.stream())));
    }

    /// Has the statements of a search planned for what is asked: how often a text is held decides which way is short.
    void planAnew(Session session) {
        if (this == POSTGRESQL) {
            session.change("set local plan_cache_mode = force_custom_plan");
        }
    }

    /// Lets a transaction end before it is on the disk: it is there at the latest with the next one that waits.
    void writeBehind(Session session) {
        if (this == POSTGRESQL) {
            session.change("set local synchronous_commit = off");
        }
    }

    /// Items through their terms, term by term in order: a filter must not lead a store to go through all items first.
    String fromTerms() {
        return this == SQLITE ? " from catalogue_terms t cross join catalogue_items i on i.id = t.item"
                : " from catalogue_terms t cross join lateral "
                + "(select * from catalogue_items where id = t.item offset 0) i";
    }

    /// The items that may hold a text: what is asked of the index, and the numbers between which they lie. PostgreSQL
    /// is kept to this order: told of filters at once, it would go through all that pass one and look for the text
    /// there; and of what the index gives, only so many are looked at as are asked for.
    String fromHeld(String text) {
        return this == SQLITE
                ? " from catalogue_text cross join catalogue_items i on i.id = catalogue_text.rowid "
                + "where catalogue_text match ? and catalogue_text.rowid > ? and catalogue_text.rowid < ?"
                : " from (select item from catalogue_text where " + (Syllables.of(text) == null ? "grams @> ?"
                : "(grams @> ? or grams @> ?)")
                + " and item > ? and item < ? order by item offset 0) t cross join lateral "
                + "(select * from catalogue_items where id = t.item offset 0) i where true";
    }

    /// The condition that what an item is searched by holds a text, or may hold it as syllables: whether it does, only
    /// [SearchTerms#found] knows.
    ///
    /// @param parameters get what it asks for
    String holds(String text, List<@Nullable Object> parameters) {
        var held = this == SQLITE ? "instr(i.searched, ?) > 0" : "position(? in i.searched) > 0";
        parameters.add(text);
        var syllables = Syllables.of(text);
        if (syllables == null) {
            return " and " + held;
        }
        parameters.addAll(List.of(text, " " + syllables.first()));
        return " and (" + held + " or " + held.replace("i.searched", "replace(i.spellings, ' ', '')") + " and "
                + held.replace("searched", "spellings") + ")";
    }

    /// The condition that no line of what an item is searched by begins with a text, given behind a line break.
    String holdsNo() {
        return this == SQLITE ? " and instr(char(10) || i.searched, ?) = 0"
                : " and position(? in chr(10) || i.searched) = 0";
    }

    /// Whether the next items are looked at for a text before the index is asked: SQLite's gives them in their order.
    boolean walksFirst() {
        return this == POSTGRESQL;
    }

    /// Items between two numbers.
    String fromNext() {
        return " from catalogue_items i where i.id > ? and i.id < ?";
    }

    /// Writes many rows.
    ///
    /// @param columns name to type, in the order of the values
    void insertAll(Session session, String table, SequencedMap<String, String> columns,
            List<? extends List<? extends @Nullable Object>> rows) {
        if (this == SQLITE) {
            session.insertAll(table, String.join(", ", columns.keySet()), rows);
            return;
        }
        // A column at a time: a driver takes values one by one, and the server a parameter for each.
        var values = new Object[columns.size()];
        for (var column = 0; column < values.length; column++) {
            values[column] = column(rows, column);
        }
        var names = columns.sequencedKeySet().stream().toList();
        var types = columns.sequencedValues().stream().toList();
        var places = types.stream().map(type -> "?::" + (type.endsWith("[]") ? "text" : type) + "[]")
                .collect(Collectors.joining(", "));
        var casts = IntStream.range(0, values.length).mapToObj(i -> names.get(i)
                + (types.get(i).endsWith("[]") ? "::" + types.get(i) : "")).collect(Collectors.joining(", "));
        var all = String.join(", ", names);
        session.change("insert into " + table + " (" + all + ") select " + casts + " from unnest(" + places
                + ") as given (" + all + ")", values);
    }

    /// The values of a column as PostgreSQL reads an array.
    static String column(List<? extends List<? extends @Nullable Object>> rows, int column) {
        var array = new StringBuilder("{");
        for (var row : rows) {
            var value = row.get(column);
            array.append(array.length() > 1 ? "," : "");
            if (value == null) {
                array.append("NULL");
            } else if (value instanceof Number) {
                array.append(value);
            } else {
                quoted(array, value.toString());
            }
        }
        return array.append('}').toString();
    }

    private static void quoted(StringBuilder array, String text) {
        array.append('"');
        for (var i = 0; i < text.length(); i++) {
            var letter = text.charAt(i);
            if (letter == '"' || letter == '\\') {
                array.append('\\');
            }
            array.append(letter);
        }
        array.append('"');
    }

    /// The number by which items that hold a text come in order, in the words of their index.
    String numberHeld() {
        return this == SQLITE ? "catalogue_text.rowid" : "t.item";
    }

    boolean locksRows() {
        return !forUpdate.isEmpty();
    }

    /// Keeps two alliances from taking the same institution at once; empty where nobody else can write.
    String lockMemberships() {
        return lockMemberships;
    }

    /// From here on the transaction may book. What others register about institutions waits until it ends, so that what
    /// it reads of them stays so.
    void mayBook(Session session) {
        if (locksRows()) {
            session.rows("select 1 from pg_advisory_xact_lock_shared(" + BOOKINGS + ")", row -> row.number(1));
        }
    }

    /// Waits for every transaction that may book and holds up others until this one ends: what has a number is there,
    /// and whatever is booked later has a greater one. To be called before the transaction reads anything.
    void keepBookingsOut(Session session) {
        if (locksRows()) {
            session.rows("select 1 from pg_advisory_xact_lock(" + BOOKINGS + ")", row -> row.number(1));
        }
    }

    /// Keeps others from adding to the audit log until the transaction ends; empty where nobody else can write.
    String lockAudit() {
        return lockAudit;
    }
}
