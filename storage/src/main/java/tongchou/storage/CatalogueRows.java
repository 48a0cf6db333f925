package tongchou.storage;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Tier;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.PayClass;

/// The rows of the catalogue's tables (目录行): how an item is written and read.
final class CatalogueRows {

    /// The columns that [#read] reads, in its order.
    static final String COLUMNS = "i.id, i.kind, i.code, i.names, i.generic, i.approval, i.pay_class, i.procurement, "
            + "i.first_day, i.last_day, i.edition, i.source, i.attributes, i.spellings, i.initials";

    /// Items of a kind that may have one of some codes: what terms leave out of a code, others may have in theirs.
    static final String OF_CODES = "catalogue_terms t join catalogue_items i on i.id = t.item "
            + "where t.kind = ? and t.field = 'c' and t.term in (?";

    /// The columns that [#insert] writes, with their types.
    private static final SequencedMap<String, String> WRITTEN = columns("id bigint, kind text, code text, names text, "
            + "generic text, approval text, pay_class text, procurement text, first_day date, last_day date, "
            + "edition text, source text, attributes text, spellings text, initials text, searched text, "
            + "fingerprint text, added bigint, tiers integer");

    private static final int TERMS_TOGETHER = 1_000;

    private static final Pattern BREAK = Pattern.compile("\\s*\\R\\s*");

    private CatalogueRows() {
    }

    /// Numbers of one kind end before this.
    static long endOf(ItemKind kind) {
        return firstOf(kind) + (1L << 40);
    }

    /// An item with its number.
    record Numbered(long id, Catalogue.Entry entry) {
    }

    /// Numbers of one kind begin here.
    static long firstOf(ItemKind kind) {
        return (kind.ordinal() + 1L) << 40;
    }

    /// An item as it will be written, all but its number.
    ///
    /// @param terms per field of [SearchTerms#FIELDS]
    record Prepared(Catalogue.Entry entry, String searched, String grams, String fingerprint,
            List<List<String>> terms) {
    }

    /// What an item is found by from its beginning.
    record Term(String text, long item) implements Comparable<Term> {

        @Override
        public int compareTo(Term other) {
            var byText = text.compareTo(other.text);
            return byText != 0 ? byText : Long.compare(item, other.item);
        }
    }

    static Prepared prepared(Catalogue.Entry entry, Dialect dialect) {
        var terms = SearchTerms.FIELDS.stream().map(field -> SearchTerms.of(entry, field)).toList();
        var searched = Stream.of(SearchTerms.NAMES, SearchTerms.INITIALS).flatMap(rank -> terms.get(rank).stream())
                .distinct().collect(Collectors.joining("\n"));
        return new Prepared(entry, searched, dialect.words(searched, SearchTerms.sounds(entry),
                marks(entry.payClass(), !entry.procurement().isEmpty())), fingerprint(entry), terms);
    }

    /// The words under which the full-text index finds what passes a filter, where it keeps them (筛选标记).
    static List<String> marks(@Nullable PayClass payClass, @Nullable Boolean procured) {
        var marks = new ArrayList<String>(2);
        if (payClass != null) {
            marks.add("y" + payClass);
        }
        if (procured != null && procured) {
            marks.add("yp");
        }
        return marks;
    }

    private static SequencedMap<String, String> columns(String text) {
        var columns = new LinkedHashMap<String, String>();
        for (var column : text.split(", ")) {
            var space = column.indexOf(' ');
            columns.put(column.substring(0, space), column.substring(space + 1));
        }
        return columns;
    }

    static void insert(Session session, Dialect dialect, SequencedMap<Long, Prepared> items, long version) {
        var rows = new ArrayList<List<@Nullable Object>>();
        var texts = new ArrayList<List<Object>>();
        items.forEach((id, item) -> {
            var entry = item.entry();
            rows.add(Arrays.asList(id, entry.kind().word(), entry.code(), String.join("\n", entry.names()),
                    entry.generic(), entry.approval(), word(entry), entry.procurement(),
                    Session.text(entry.firstDay()), Session.text(entry.lastDay()), entry.edition(), entry.source(),
                    lines(entry.attributes()), String.join("\n", entry.spellings()),
                    String.join("\n", entry.initials()), item.searched(), item.fingerprint(), version,
                    bits(entry.tiers())));
            texts.add(List.of(id, item.grams()));
        });
        dialect.insertAll(session, "catalogue_items", WRITTEN, rows);
        dialect.insertAll(session, "catalogue_text", columns(dialect.textId() + " bigint, grams integer[]"), texts);
    }

    /// Writes terms of one field. What all have in common is said once: a driver takes values one by one.
    static void insertTerms(Session session, Dialect dialect, ItemKind kind, String field, List<Term> terms) {
        var constant = "insert into catalogue_terms (kind, field, term, item) select '" + kind.word() + "', '" + field
                + "', ";
        if (dialect.locksRows()) {
            var rows = terms.stream().map(term -> List.of(term.text(), term.item())).toList();
            session.change(constant + "term, item from unnest(?::text[], ?::bigint[]) as given (term, item)",
                    Dialect.column(rows, 0), Dialect.column(rows, 1));
            return;
        }
        for (var from = 0; from < terms.size(); from += TERMS_TOGETHER) {
            var part = terms.subList(from, Math.min(terms.size(), from + TERMS_TOGETHER));
            var values = new ArrayList<Object>(2 * part.size());
            part.forEach(term -> {
                values.add(term.text());
                values.add(term.item());
            });
            session.change(constant + "column1, column2 from (values (?, ?)" + ", (?, ?)".repeat(part.size() - 1)
                    + ") as terms", values.toArray());
        }
    }

    /// Tiers as the store holds them, each a bit.
    static int bits(Collection<Tier> tiers) {
        return tiers.stream().mapToInt(tier -> 1 << tier.ordinal()).sum();
    }

    private static String word(Catalogue.Entry entry) {
        return entry.payClass() == null ? "" : entry.payClass().name();
    }

    private static String fingerprint(Catalogue.Entry entry) {
        return HexFormat.of().formatHex(Fingerprint.SHA_256.of(entry.toString().getBytes(StandardCharsets.UTF_8)), 0,
                16);
    }

    private static String lines(SortedMap<String, String> attributes) {
        var lines = new StringBuilder();
        attributes.forEach((name, value) -> lines.append(name).append('\t')
                .append(BREAK.matcher(value).replaceAll(" ")).append('\n'));
        return lines.toString();
    }

    static Numbered read(Session.Row row) {
        var attributes = new TreeMap<String, String>();
        for (var line : row.text(13).split("\n")) {
            var tab = line.indexOf('\t');
            if (tab > 0) {
                attributes.put(line.substring(0, tab), line.substring(tab + 1));
            }
        }
        var payClass = row.text(7);
        return new Numbered(row.number(1), new Catalogue.Entry(kind(row.text(2)), row.text(3), split(row.text(4)),
                row.text(5), row.text(6), payClass.isEmpty() ? null : PayClass.valueOf(payClass), row.text(8),
                row.day(9), row.dayOrNull(10), row.text(11), row.text(12), attributes, split(row.text(14)),
                split(row.text(15))));
    }

    private static ItemKind kind(String word) {
        return Arrays.stream(ItemKind.values()).filter(kind -> kind.word().equals(word)).findFirst().orElseThrow();
    }

    private static List<String> split(String lines) {
        return lines.isEmpty() ? List.of() : List.of(lines.split("\n"));
    }

    /// What makes two rows the same item: their code, edition and first day.
    record Identity(String code, String edition, LocalDate firstDay) {
        static Identity of(Catalogue.Entry entry) {
            return new Identity(entry.code(), entry.edition(), entry.firstDay());
        }
    }
}
