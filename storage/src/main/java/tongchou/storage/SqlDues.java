package tongchou.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tongchou.core.money.Fen;
import tongchou.core.policy.Payer;

/// What corrections left due, on a relational store (应补应退).
final class SqlDues implements Dues {

    private static final String BOOKED = """
            from corrections k join settlements s on s.id = k.settlement join encounters e on e.id = s.id
                join institutions i on i.id = e.institution
            """;
    private static final String WITHIN = "where k.booked_at >= ? and k.booked_at < ?";

    private final SqlKeys.Reader reader;

    SqlDues(SqlKeys.Reader reader) {
        this.reader = reader;
    }

    @Override
    public List<Due> sums(Time time) {
        var from = time.from().toEpochMilli();
        var before = time.before().toEpochMilli();
        return reader.read(session -> {
            var more = new HashMap<String, Map<Payer, Fen>>();
            session.rows("select i.code, p.payer, sum(p.amount_fen) " + BOOKED
                    + "join correction_postings p on p.correction = k.id " + WITHIN + " group by i.code, p.payer",
                    row -> add(more.computeIfAbsent(row.text(1), code -> new EnumMap<>(Payer.class)), row), from,
                    before);
            return session.rows("select i.code, count(distinct k.settlement) " + BOOKED + WITHIN
                    + " group by i.code order by i.code", row -> new Due(row.text(1), row.number(2),
                            new Shares(more.getOrDefault(row.text(1), Map.of()))), from, before);
        });
    }

    private static boolean add(Map<Payer, Fen> more, Session.Row row) {
        more.put(row.constant(2, Payer.class), Fen.of(row.number(3)));
        return true;
    }

    @Override
    public List<Line> lines(Time time, String institution, long after, int limit) {
        record Head(long id, String correction, String settlement, String institution, String member, Instant at) {
        }
        return reader.read(session -> {
            var heads = session.rows("select k.id, k.public_id, s.public_id, i.code, m.token, k.booked_at " + BOOKED
                    + "join members m on m.id = s.member " + WITHIN
                    + " and k.id > ? and (cast(? as text) = '' or i.code = ?) order by k.id limit ?", row -> new Head(
                            row.number(1), row.text(2), row.text(3), row.text(4), row.text(5),
                            Instant.ofEpochMilli(row.number(6))), time.from().toEpochMilli(),
                    time.before().toEpochMilli(), after, institution, institution, limit);
            var lines = new ArrayList<Line>();
            for (var head : heads) {
                var more = new EnumMap<Payer, Fen>(Payer.class);
                session.rows("select correction, payer, sum(amount_fen) from correction_postings where correction = ? "
                        + "group by correction, payer", row -> add(more, row), head.id());
                lines.add(new Line(head.id(), head.correction(), head.settlement(), head.institution(), head.member(),
                        head.at(), new Shares(more)));
            }
            return lines;
        });
    }
}
