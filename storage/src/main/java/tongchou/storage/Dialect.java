package tongchou.storage;

import java.util.ArrayList;
import java.util.List;

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

    /// The pairs of characters of lines as the full-text index takes them, to keep and to ask for.
    String grams(String lines) {
        return this == SQLITE ? SearchTerms.grams(lines, ' ') : "{" + SearchTerms.grams(lines, ',') + "}";
    }

    /// Has the statements of a search planned for what is asked: how often a text is held decides which way is short.
    void planAnew(Session session) {
        if (this == POSTGRESQL) {
            session.change("set local plan_cache_mode = force_custom_plan");
        }
    }

    /// Items through their terms, term by term in order: a filter must not lead a store to go through all items first.
    String fromTerms() {
        return this == SQLITE ? " from catalogue_terms t cross join catalogue_items i on i.id = t.item"
                : " from catalogue_terms t cross join lateral "
                + "(select * from catalogue_items where id = t.item offset 0) i";
    }

    /// The items that hold a text: its grams, the numbers between which they lie, and the text itself. PostgreSQL is
    /// kept to this order: told of filters at once, it would go through all that pass one and look for the text there;
    /// and of what the index gives, only so many are looked at as are asked for.
    String fromHeld() {
        return this == SQLITE
                ? " from catalogue_text cross join catalogue_items i on i.id = catalogue_text.rowid "
                + "where catalogue_text match ? and catalogue_text.rowid > ? and catalogue_text.rowid < ? "
                + "and instr(i.searched, ?) > 0"
                : " from (select item from catalogue_text where grams @> ? and item > ? and item < ? "
                + "order by item offset 0) t cross join lateral "
                + "(select * from catalogue_items where id = t.item offset 0) i where position(? in i.searched) > 0";
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

    /// Items that hold a text among those between two numbers.
    String fromNext() {
        return " from catalogue_items i where i.id > ? and i.id < ? and position(? in i.searched) > 0";
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
