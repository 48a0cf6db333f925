package tongchou.storage;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tongchou.core.calendar.Period;
import tongchou.storage.Book.Stale;

/// Settlements that met sums which changed behind them (待重算).
final class StaleSettlements {

    /// The benefits that a settlement was settled by, first and by its corrections, read a sum, or may read any.
    private static final String READS = """
            (exists (select 1 from rule_counters r where r.name = c.name and (r.rule = s.rules
                    or r.rule in (select k.rules from corrections k where k.settlement = s.id)))
                or not exists (select 1 from rule_counters r where r.rule = s.rules))""";

    private static final String READERS = """
            select s.id, s.binding_day, i.code, e.name, e.episode, n.period, c.period_key
            from counters c join counter_names n on n.id = c.name
                join settlements s on s.member = c.member join encounters e on e.id = s.id
                join institutions i on i.id = e.institution
            where not exists (select 1 from reversals r where r.settlement = s.id) and\s""" + READS;

    /// Whoever reads a sum that a settlement or one of its corrections moved, once for each such sum.
    private static final String READERS_OF_ITS_SUMS = READERS + """
             and c.id in (select m.counter from counter_movements m where m.settlement = ?
                union select m.counter from corrections k join correction_movements m on m.correction = k.id
                where k.settlement = ?)
            """;

    /// A settlement, once for each sum it reads that settlements of later days have moved; which these are does not
    /// depend on the sum, so that the store looks for them once.
    private static final String OVERTAKEN = READERS + """
             and s.id = ? and c.id in (select m.counter from settlements x
                join settlements l on l.member = x.member and l.binding_day > x.binding_day
                join counter_movements m on m.settlement = l.id
                where x.id = ? and not exists (select 1 from reversals r where r.settlement = l.id))
            """;

    /// Marks that were not looked at since.
    private static final String OPEN = """
            not exists (select 1 from stale_clearings z where z.settlement = x.settlement and z.cause = x.cause)
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

    /// Marks what was booked after a settlement that is now reversed, or lies later, and met its sums.
    void reversed(Session session, long settlement, long reversal) {
        mark(session, Stale.Reason.REVERSAL, reversal, session.rows(READERS_OF_ITS_SUMS
                + "and (s.id > ? or s.binding_day > (select y.binding_day from settlements y where y.id = ?))",
                StaleSettlements::reader, settlement, settlement, settlement, settlement));
    }

    /// Marks what lies later than a settlement that arrives now, and was booked without it; and the settlement itself,
    /// when it met what those have added to the sums it reads.
    void booked(Session session, long settlement, LocalDate day) {
        var readers = new ArrayList<>(session.rows(READERS_OF_ITS_SUMS + "and s.binding_day > ?",
                StaleSettlements::reader, settlement, settlement, Session.text(day)));
        readers.addAll(session.rows(OVERTAKEN, StaleSettlements::reader, settlement, settlement));
        mark(session, Stale.Reason.LATE_ARRIVAL, settlement, readers);
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
                where m.token = ? and not exists (select 1 from reversals y where y.settlement = s.id) and
                """ + OPEN + """
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
                where m.token > ? and not exists (select 1 from reversals y where y.settlement = s.id) and
                """ + OPEN + """
                order by m.token limit ?""", row -> row.text(1), after, limit);
    }
}
