package tongchou.storage;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.TreeSet;
import tongchou.core.calendar.Period;
import tongchou.storage.Book.Stale;

/// Settlements that met sums which changed behind them (待重算).
final class StaleSettlements {

    /// Whoever reads a sum that a settlement moved: every settlement of the member that stands, once for each such sum.
    private static final String READERS = """
            select s.id, s.binding_day, i.code, e.name, e.episode, n.period, c.period_key
            from counter_movements m join counters c on c.id = m.counter join counter_names n on n.id = c.name
                join settlements s on s.member = c.member join encounters e on e.id = s.encounter
                join institutions i on i.id = e.institution
            where m.settlement = ?
                and (exists (select 1 from rule_counters r where r.rule = s.rules and r.name = c.name)
                    or not exists (select 1 from rule_counters r where r.rule = s.rules))
                and not exists (select 1 from reversals r where r.settlement = s.id)
            """;

    private record Reader(long id, LocalDate day, String institution, String name, String episode, Period period,
            String periodKey) {

        private boolean isInPeriod() {
            return switch (period) {
                case ENCOUNTER -> false;
                case DAY -> periodKey.equals(day.toString());
                case DAY_AND_INSTITUTION -> periodKey.equals(day + "@" + institution);
                case MONTH -> periodKey.equals(YearMonth.from(day).toString());
                case YEAR -> !day.isBefore(LocalDate.parse(periodKey))
                        && day.isBefore(LocalDate.parse(periodKey).plusYears(1));
                case EPISODE -> periodKey.equals(episode) || periodKey.equals(name);
            };
        }
    }

    /// Marks what was booked after a settlement that is now reversed, and met its sums.
    void reversed(Session session, long settlement, long reversal) {
        mark(session, Stale.Reason.REVERSAL, reversal,
                session.rows(READERS + "and s.id > ?", StaleSettlements::reader, settlement, settlement));
    }

    /// Marks what lies later than a settlement that arrives now, and was booked without it.
    void booked(Session session, long settlement, long member, LocalDate day) {
        var later = session.row("select 1 from settlements where member = ? and binding_day > ? limit 1",
                row -> row.number(1), member, Session.text(day));
        if (later.isPresent()) {
            mark(session, Stale.Reason.LATE_ARRIVAL, settlement, session.rows(
                    READERS + "and s.binding_day > ?", StaleSettlements::reader, settlement, Session.text(day)));
        }
    }

    private static Reader reader(Session.Row row) {
        var episode = row.textOrNull(5);
        return new Reader(row.number(1), row.day(2), row.text(3), row.text(4), episode == null ? "" : episode,
                row.constant(6, Period.class), row.text(7));
    }

    private static void mark(Session session, Stale.Reason reason, long cause, List<Reader> readers) {
        var met = new TreeSet<Long>();
        readers.stream().filter(Reader::isInPeriod).forEach(reader -> met.add(reader.id()));
        session.insertAll("stale_settlements", "settlement, cause, reason",
                met.stream().map(id -> List.<Object>of(id, cause, reason.name())).toList());
    }

    List<Stale> of(Session session, String token) {
        return session.rows("""
                select s.public_id, s.binding_day, x.reason, r.public_id, l.public_id
                from members m join settlements s on s.member = m.id join stale_settlements x on x.settlement = s.id
                    left join reversals r on r.id = x.cause left join settlements l on l.id = x.cause
                where m.token = ? and not exists (select 1 from reversals y where y.settlement = s.id)
                order by s.binding_day, s.id, x.cause""", row -> {
                    var reversal = row.textOrNull(4);
                    return new Stale(row.text(1), row.day(2), row.constant(3, Stale.Reason.class),
                            reversal == null ? row.text(5) : reversal);
                }, token);
    }

    List<String> members(Session session, String after, int limit) {
        return session.rows("""
                select distinct m.token
                from stale_settlements x join settlements s on s.id = x.settlement join members m on m.id = s.member
                where m.token > ? and not exists (select 1 from reversals y where y.settlement = s.id)
                order by m.token limit ?""", row -> row.text(1), after, limit);
    }
}
