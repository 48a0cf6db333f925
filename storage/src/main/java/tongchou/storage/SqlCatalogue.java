package tongchou.storage;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.ItemKind;
import tongchou.storage.CatalogueRows.Numbered;

/// The catalogue on a relational store (目录库).
///
/// @param few so many items that pass a filter are sooner looked through than what a text finds is sieved for them
/// @param ahead how many of the next items are looked at before an index is asked which hold a text
record SqlCatalogue(Dialect dialect, Witness witness, SqlKeys.Reader reader, int few, int ahead) implements Catalogue {

    private static final int FEW = 1_000;
    private static final int AHEAD = 1_000;

    SqlCatalogue(Dialect dialect, Witness witness, SqlKeys.Reader reader) {
        this(dialect, witness, reader, FEW, AHEAD);
    }

    /// Sorts behind every text that goes on from here.
    private static final String LAST = new String(Character.toChars(Character.MAX_CODE_POINT));

    private static final int CODES_TOGETHER = 500;

    private static final String SEEN = " and i.added <= ? and (i.ended is null or i.ended > ?)";

    @Override
    public Imported load(ItemKind kind, String source, Instant now, Iterator<Entry> entries, LongConsumer progress) {
        var version = witness.writer().write(session -> begin(session, kind, source, now));
        var imported = new CatalogueLoad(witness.writer(), dialect, kind, version).all(entries, progress);
        var count = imported.added();
        witness.write(session -> publish(session, version, count), done -> new AuditLog.Act(now, witness.who(),
                "catalogue", kind.word(), List.of("version", Long.toString(version), "source", source, "added",
                        Long.toString(count))));
        witness.writer().write(this::count);
        return imported;
    }

    /// Clears what an interrupted import left and draws the next number.
    private long begin(Session session, ItemKind kind, String source, Instant now) {
        if (dialect.locksRows()) {
            session.change("lock table catalogue_versions in share row exclusive mode");
        }
        // Before anything is cleared, so that no import draws the number of one that is still being written.
        var version = 1 + session.number("select coalesce(max(version), 0) from catalogue_versions");
        for (var left : session.rows("select version from catalogue_versions where published = 0",
                row -> row.number(1))) {
            session.change("delete from catalogue_terms where item in "
                    + "(select id from catalogue_items where added = ?) and kind in "
                    + "(select kind from catalogue_versions where version = ?)", left, left);
            session.change("delete from catalogue_text where " + dialect.textId()
                    + " in (select id from catalogue_items where added = ?)", left);
            session.change("delete from catalogue_items where added = ?", left);
            session.change("update catalogue_items set ended = null where ended = ?", left);
            session.change("delete from catalogue_versions where version = ?", left);
        }
        session.change("insert into catalogue_versions (version, kind, source, imported_at, published, rows) "
                + "values (?, ?, ?, ?, 0, 0)", version, kind.word(), source, now.toEpochMilli());
        return version;
    }

    private static boolean publish(Session session, long version, long added) {
        if (session.change("update catalogue_versions set published = 1, rows = ? where version = ? and published = 0",
                added, version) == 0) {
            var why = "another import began meanwhile; start this one again after it";
            throw new BookException(why, new IOException(why), false);
        }
        return true;
    }

    /// Lets the store put away what its index keeps for later, and count again what it plans by.
    private boolean count(Session session) {
        if (dialect.locksRows()) {
            session.number("select gin_clean_pending_list('catalogue_text_grams'::regclass)");
            session.change("analyze catalogue_items, catalogue_terms, catalogue_text");
        }
        return true;
    }

    @Override
    public long version() {
        return reader.read(session -> session.number(
                "select coalesce(max(version), 0) from catalogue_versions where published = 1"));
    }

    @Override
    public List<Entry> history(ItemKind kind, String code, long version) {
        return reader.read(session -> session.rows("select " + CatalogueRows.COLUMNS + " from "
                + CatalogueRows.OF_CODES + ") and i.code = ?" + SEEN + " order by i.first_day, i.id",
                row -> CatalogueRows.read(row).entry(), kind.word(), SearchTerms.plain(code), code, version, version));
    }

    @Override
    public Optional<Place> place(ItemKind kind, long item, String text) {
        return reader.read(session -> session.row("select " + CatalogueRows.COLUMNS
                + " from catalogue_items i where i.id = ? and i.kind = ?", CatalogueRows::read, item, kind.word()))
                .flatMap(row -> SearchTerms.found(row.entry(), item, SearchTerms.plain(text)));
    }

    @Override
    public Page search(Question question) {
        var text = SearchTerms.plain(question.text());
        if (text.isEmpty() && !question.text().isBlank()) {
            return new Page(List.of(), null);
        }
        return reader.read(session -> {
            dialect.planAnew(session);
            var rare = question.codes() == null ? rare(session, question) : "";
            var found = question.codes() != null ? ofCodes(session, question, List.copyOf(question.codes()), text)
                    : rare.isEmpty() ? ranked(session, question, text) : ofFew(session, question, rare, text);
            if (found.size() <= question.limit()) {
                return new Page(found, null);
            }
            var page = found.subList(0, question.limit());
            return new Page(page, page.getLast().place());
        });
    }

    /// One item more than asked for, rank by rank.
    private List<Hit> ranked(Session session, Question question, String text) {
        var found = new ArrayList<Hit>();
        var after = question.after();
        var last = question.text().isBlank() ? 0 : SearchTerms.HELD;
        for (var rank = after == null ? 0 : after.rank(); rank <= last && found.size() <= question.limit(); rank++) {
            var from = after != null && after.rank() == rank ? after : new Place(rank, text, 0);
            collect(session, question, text, from, found);
        }
        return found;
    }

    /// The condition of a filter that only few items of the kind pass, empty where there is none.
    private String rare(Session session, Question question) {
        var conditions = new ArrayList<String>();
        if (question.payClass() != null) {
            conditions.add(" i.kind = ? and i.pay_class = '" + question.payClass().name() + "'");
        }
        if (question.procured() != null && question.procured()) {
            conditions.add(" i.kind = ? and i.procurement <> ''");
        }
        return conditions.stream().filter(condition -> session.number("select count(*) from (select 1 from "
                + "catalogue_items i where" + condition + " limit " + (few + 1) + ") few", question.kind().word())
                <= few).findFirst().orElse("");
    }

    /// What the question finds among the few items that pass a filter. The store is told of this one alone, or it might
    /// begin with another.
    private List<Hit> ofFew(Session session, Question question, String rare, String text) {
        var found = new ArrayList<Hit>();
        find(session.rows("select " + CatalogueRows.COLUMNS + " from catalogue_items i where" + rare + SEEN,
                CatalogueRows::read, question.kind().word(), question.version(), question.version()).stream()
                .filter(item -> question.passes(item.entry())).toList(), question, text, found);
        found.sort(Comparator.comparing(Hit::place));
        return found;
    }

    /// Adds those of some items that the question finds behind its place.
    private static void find(List<Numbered> items, Question question, String text, List<Hit> found) {
        for (var item : items) {
            SearchTerms.found(item.entry(), item.id(), text)
                    .filter(place -> question.after() == null || place.compareTo(question.after()) > 0)
                    .ifPresent(place -> found.add(new Hit(item.entry(), place)));
        }
    }

    /// What the question finds among some codes: these are few beside the catalogue, so each is looked up.
    private List<Hit> ofCodes(Session session, Question question, List<String> codes, String text) {
        var found = new ArrayList<Hit>();
        for (var from = 0; from < codes.size(); from += CODES_TOGETHER) {
            var part = codes.subList(from, Math.min(codes.size(), from + CODES_TOGETHER));
            var parameters = new ArrayList<@Nullable Object>();
            parameters.add(question.kind().word());
            part.stream().map(SearchTerms::plain).forEach(parameters::add);
            parameters.addAll(part);
            parameters.addAll(List.of(question.version(), question.version()));
            var others = ", ?".repeat(part.size() - 1) + ")";
            var sql = "select " + CatalogueRows.COLUMNS + " from " + CatalogueRows.OF_CODES + others
                    + " and i.code in (?" + others + SEEN + filters(question, parameters);
            find(session.rows(sql, CatalogueRows::read, parameters.toArray()), question, text, found);
        }
        found.sort(Comparator.comparing(Hit::place));
        return found;
    }

    /// Adds the items of one rank behind a place until there is one more than asked for. One that a better rank or an
    /// earlier term finds as well is left to that.
    private void collect(Session session, Question question, String text, Place from, List<Hit> found) {
        var most = question.limit() + 1;
        for (var at = from; found.size() <= question.limit();) {
            var rows = rows(session, question, text, at, most);
            for (var row : rows) {
                if (found.size() <= question.limit()
                        && SearchTerms.found(row.item().entry(), row.item().id(), text)
                        .equals(Optional.of(row.place()))) {
                    found.add(new Hit(row.item().entry(), row.place()));
                }
            }
            if (rows.size() < most) {
                return;
            }
            at = rows.getLast().place();
        }
    }

    /// An item and where it was found.
    private record At(Numbered item, Place place) {
    }

    private List<At> rows(Session session, Question question, String text, Place from, int most) {
        if (from.rank() < SearchTerms.HELD) {
            return begun(session, question, text, from, most);
        }
        if (text.codePointCount(0, text.length()) < 2) {
            return List.of();
        }
        var first = Math.max(CatalogueRows.firstOf(question.kind()), from.item());
        var end = CatalogueRows.endOf(question.kind());
        return dialect.walksFirst() ? near(session, question, text, first, most)
                : held(session, question, text, indexed(question, text, first, end), most);
    }

    /// Items that hold a text, the next ones first: PostgreSQL gathers all that its index knows and sorts them, which
    /// is long only for a text that so many hold that the next ones are enough.
    private List<At> near(Session session, Question question, String text, long first, int most) {
        var last = first + ahead - 1;
        var found = new ArrayList<>(held(session, question, text, new Way(dialect.fromNext(), "i.id",
                List.of(first, last + 1)), most));
        if (found.size() < most) {
            found.addAll(held(session, question, text, indexed(question, text, last,
                    CatalogueRows.endOf(question.kind())), most - found.size()));
        }
        return found;
    }

    private Way indexed(Question question, String text, long after, long before) {
        var parameters = new ArrayList<>(dialect.asked(text, CatalogueRows.marks(question.payClass(),
                question.procured())));
        parameters.addAll(List.of(after, before));
        return new Way(dialect.fromHeld(text), dialect.numberHeld(), parameters);
    }

    /// A way to the items that hold a text.
    private record Way(String from, String order, List<Object> parameters) {
    }

    /// Items one of whose terms begins with the text, term by term.
    private List<At> begun(Session session, Question question, String text, Place from, int most) {
        var parameters = new ArrayList<@Nullable Object>(List.of(question.kind().word(),
                SearchTerms.FIELDS.get(from.rank()), from.term(), from.item(), text + LAST));
        var sql = "select " + CatalogueRows.COLUMNS + ", t.term" + dialect.fromTerms()
                + " where t.kind = ? and t.field = ? and (t.term, t.item) > (?, ?) and t.term < ?";
        if (from.rank() > SearchTerms.INITIALS) {
            // Most of what is left begins with the question in its name or initials, and came before.
            sql += dialect.holdsNo();
            parameters.add("\n" + text);
        }
        sql += narrowed(question, parameters) + " order by t.term, t.item limit " + most;
        return session.rows(sql, row -> {
            var item = CatalogueRows.read(row);
            return new At(item, new Place(from.rank(), row.text(16), item.id()));
        }, parameters.toArray());
    }

    /// Items that hold the text somewhere in a line, and begin none with it, in the order of their numbers.
    private List<At> held(Session session, Question question, String text, Way way, int most) {
        var parameters = new ArrayList<@Nullable Object>(way.parameters());
        var sql = "select " + CatalogueRows.COLUMNS + way.from() + dialect.holds(text, parameters) + dialect.holdsNo();
        parameters.add("\n" + text);
        sql += narrowed(question, parameters) + " order by " + way.order() + " limit " + most;
        return session.rows(sql, row -> {
            var item = CatalogueRows.read(row);
            return new At(item, new Place(SearchTerms.HELD, "", item.id()));
        }, parameters.toArray());
    }

    private static String narrowed(Question question, List<@Nullable Object> parameters) {
        parameters.addAll(List.of(question.version(), question.version()));
        return SEEN + filters(question, parameters);
    }

    private static String filters(Question question, List<@Nullable Object> parameters) {
        var sql = "";
        if (question.payClass() != null) {
            sql += " and i.pay_class = ?";
            parameters.add(question.payClass().name());
        }
        if (question.procured() != null) {
            sql += question.procured() ? " and i.procurement <> ''" : " and i.procurement = ''";
        }
        if (question.tier() != null) {
            sql += " and (i.tiers & ?) <> 0";
            parameters.add(CatalogueRows.bits(List.of(question.tier())));
        }
        LocalDate day = question.day();
        if (day != null) {
            sql += " and i.first_day <= ? and (i.last_day is null or i.last_day >= ?)";
            parameters.add(Session.text(day));
            parameters.add(Session.text(day));
        }
        return sql;
    }
}
