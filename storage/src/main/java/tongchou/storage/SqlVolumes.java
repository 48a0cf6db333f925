package tongchou.storage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tongchou.storage.Resettlements.Again;
import tongchou.storage.Resettlements.Cause;

/// What was charged, on a relational store (业务量).
record SqlVolumes(SqlKeys.Reader reader, Refold refold) implements Volumes {

    private static final String BILLS = """
            select s.id, s.public_id, i.code, m.token, s.binding_day, r.pack, r.area, p.content
            from settlements s join institutions i on i.id = s.institution join members m on m.id = s.member
                join rules r on r.id = s.rules join papers p on p.settlement = s.id
            where s.binding_day >= ? and s.binding_day <= ?""";

    private static final String STANDS =
            " and not exists (select 1 from reversals y where y.settlement = s.id)";

    @Override
    public List<String> items() {
        return reader.read(session -> session.rows("select name from items", row -> row.text(1))).stream().sorted()
                .toList();
    }

    @Override
    public List<Bill> bills(Span span, Collection<String> institutions, long after, int limit) {
        var parameters = new ArrayList<Object>(List.of(text(span.from()), text(span.to()), after));
        parameters.addAll(institutions);
        parameters.add(limit);
        return reader.read(session -> session.rows(BILLS + " and s.id > ?" + oneOf("i.code", institutions)
                + STANDS + " order by s.id limit ?", SqlVolumes::bill, parameters.toArray()));
    }

    @Override
    public List<Bill> bills(Span span, String member) {
        return reader.read(session -> session.rows(BILLS + " and m.token = ?" + STANDS + " order by s.id",
                SqlVolumes::bill, text(span.from()), text(span.to()), member));
    }

    private static Bill bill(Session.Row row) {
        return new Bill(row.number(1), row.text(2), row.text(3), row.text(4), row.day(5), row.text(6), row.text(7),
                row.document(8));
    }

    @Override
    public List<String> members(Span span, Collection<String> items, String area, String after, int limit) {
        var parameters = new ArrayList<Object>(List.of(after, text(span.from()), text(span.to())));
        parameters.addAll(items);
        parameters.add(area);
        parameters.add(limit);
        var charged = items.isEmpty() ? "" : " and exists (select 1 from charge_lines c join items t on t.id = c.item "
                + "where c.settlement = s.id" + oneOf("t.name", items) + ")";
        return reader.read(session -> session.rows("""
                select m.token from members m
                where m.token > ? and exists (select 1 from settlements s
                    where s.member = m.id and s.binding_day >= ? and s.binding_day <= ?""" + STANDS + charged
                + ") and exists (select 1 from standings t where t.member = m.id and substr(t.area, 1, "
                + area.length() + ") = ?) order by m.token limit ?", row -> row.text(1), parameters.toArray()));
    }

    private static String oneOf(String column, Collection<String> words) {
        return words.isEmpty() ? "" : " and " + column + " in (?" + ", ?".repeat(words.size() - 1) + ")";
    }

    private static String text(LocalDate day) {
        return java.util.Objects.requireNonNull(Session.text(day));
    }

    @Override
    public Refolded again(String member, String pack, LocalDate from, Again again) {
        return reader.read(session -> {
            // No version has the hash "", so that every settlement of the pack is settled again.
            var fold = refold.of(session, member, new Cause.NewRules(pack, "", "", null, from), again);
            return new Refolded(fold.folded(), fold.differences().stream().map(one -> new Outcome(one.publicId(),
                    one.now().claim().institution().code(), one.day(), one.payers())).toList(),
                    fold.isBlocked() ? (fold.why() + " " + fold.at()).strip() : "");
        });
    }
}
