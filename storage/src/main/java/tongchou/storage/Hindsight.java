package tongchou.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.Period;
import tongchou.core.money.Fen;
import tongchou.core.people.Purse;
import tongchou.core.settlement.Counter;
import tongchou.core.settlement.YearToDate;
import tongchou.storage.Book.Stored;

/// Puts every settlement before what it was decided on once more (复算): bookings are walked through in their order, so
/// that sums and account money are those that each of them met.
///
/// In memory are one number per counter and two per account.
final class Hindsight {

    private static final long STEP = 2_000;

    private final Session session;
    private final Members members;
    private final Map<Long, Map<Counter.Key, Long>> sums = new HashMap<>();
    private final Map<String, long[]> accounts = new HashMap<>();
    private @Nullable Map<String, Long> registered;
    private long settled;

    Hindsight(Session session) {
        this.session = session;
        // Nothing is locked here, which is all that the stores would say otherwise.
        this.members = new Members(Dialect.SQLITE);
    }

    private record Paper(long id, long member, Stored stored, byte[] request) {
    }

    private record Sum(long booking, long member, Counter.Key key, long after) {
    }

    private record Money(long booking, String member, long currentYear, long earlierYears) {
    }

    /// Asks about every settlement.
    ///
    /// @param found is told what is wrong with one of them
    void ask(Inspection how, Consumer<Finding> found) {
        session.rows("""
                select 0, m.token, a.current_year_after_fen, a.earlier_years_after_fen
                from account_movements a join members m on m.id = a.member
                where a.settlement is null and a.reversal is null and a.correction is null and a.adjustment is null""",
                Hindsight::money).forEach(this::apply);
        var last = session.number(Statements.LAST_BOOKING);
        for (var from = 0L; from < last; from += STEP) {
            how.progress().at("replies", from, last);
            step(how, from, from + STEP, found);
        }
        how.progress().at("replies", last, last);
    }

    private void step(Inspection how, long from, long to, Consumer<Finding> found) {
        var changes = new TreeMap<Long, List<Runnable>>();
        session.rows("""
                select v.booking, c.member, n.name, n.period, c.period_key, v.after
                from movements v join counters c on c.id = v.counter join counter_names n on n.id = c.name
                where v.booking > ? and v.booking <= ?""", row -> new Sum(row.number(1), row.number(2),
                        new Counter.Key(row.text(3), row.constant(4, Period.class), row.text(5)), row.number(6)),
                from, to).forEach(sum -> later(changes, sum.booking()).add(
                        () -> sums.computeIfAbsent(sum.member(), member -> new HashMap<>())
                                .put(sum.key(), sum.after())));
        session.rows("""
                select x.booking, m.token, a.current_year_after_fen, a.earlier_years_after_fen
                from (select id, settlement as booking from account_movements where settlement > ? and settlement <= ?
                    union all select id, reversal from account_movements where reversal > ? and reversal <= ?
                    union all select id, correction from account_movements where correction > ? and correction <= ?
                    union all select id, adjustment from account_movements where adjustment > ? and adjustment <= ?) x
                    join account_movements a on a.id = x.id join members m on m.id = a.member order by x.id""",
                Hindsight::money, from, to, from, to, from, to, from, to).forEach(money ->
                later(changes, money.booking()).add(() -> apply(money)));
        var papers = session.rows("""
                select s.public_id, i.code, s.key, m.token, s.booked_at, p.reply, p.content, s.id, s.member
                from settlements s join institutions i on i.id = s.institution join members m on m.id = s.member
                    join papers p on p.settlement = s.id
                where s.id > ? and s.id <= ? order by s.id""", Hindsight::paper, from, to);
        for (var paper : papers) {
            until(changes, paper.id());
            settled++;
            if (paper.request().length > 0) {
                differs(how, paper).ifPresent(found);
            }
        }
        until(changes, Long.MAX_VALUE);
    }

    /// A paper; without its request when it is damaged, which others find.
    private static Paper paper(Session.Row row) {
        try {
            return new Paper(row.number(8), row.number(9), Settlements.stored(row), row.document(7));
        } catch (BookException damaged) {
            return new Paper(row.number(8), row.number(9), new Stored(row.text(1), row.text(2), row.text(3),
                    row.text(4), java.time.Instant.EPOCH, new byte[0]), new byte[0]);
        }
    }

    private static List<Runnable> later(Map<Long, List<Runnable>> changes, long booking) {
        return changes.computeIfAbsent(booking, number -> new ArrayList<>());
    }

    /// What was booked before a number has happened.
    private static void until(TreeMap<Long, List<Runnable>> changes, long booking) {
        var before = changes.headMap(booking);
        before.values().forEach(all -> all.forEach(Runnable::run));
        before.clear();
    }

    private static Money money(Session.Row row) {
        return new Money(row.number(1), row.text(2), row.number(3), row.number(4));
    }

    private void apply(Money money) {
        accounts.put(money.member(), new long[] {money.currentYear(), money.earlierYears()});
    }

    private Optional<Finding> differs(Inspection how, Paper paper) {
        var stored = paper.stored();
        var now = members.household(session, stored.member()).orElseThrow().person();
        var standings = Standings.knownAt(session, stored.member(), paper.id());
        var own = accounts.getOrDefault(stored.member(), new long[2]);
        var family = now.sharers().stream().map(token -> accounts.getOrDefault(token, new long[2]))
                .mapToLong(account -> account[0] + account[1]).sum();
        var person = new Person(now.member(), standings,
                new Purse(Fen.of(own[0]), Fen.of(own[1]), Fen.of(family)), now.sharers());
        var met = new HashMap<>(sums.getOrDefault(paper.member(), Map.of()));
        met.values().removeIf(sum -> sum == 0);
        var what = how.recompute().differs(new Inputs(stored, paper.request(), person, new YearToDate(met),
                (code, day) -> Institutions.knownAt(session, code, day, paper.id())));
        return what.filter(difference -> !isRegisteredSince(stored));
    }

    /// Whether the member or the institution was registered anew after the settlement at a time when the book did not
    /// keep what it knew when, so that the settlement cannot be repeated.
    private boolean isRegisteredSince(Stored stored) {
        if (session.number("""
                select (select count(*) from standings s join members m on m.id = s.member
                        where m.token = ? and s.recorded is null)
                    + (select count(*) from institution_versions v join institutions i on i.id = v.institution
                        where i.code = ? and v.recorded is null)""", stored.member(), stored.institution()) == 0) {
            return false;
        }
        var known = registered == null ? registrations() : registered;
        registered = known;
        return known.getOrDefault("standing " + stored.member(), 0L) >= settled
                || known.getOrDefault("institution " + stored.institution(), 0L) >= settled;
    }

    /// How many settlements the audit log tells of before it tells for the last time that something was registered.
    private Map<String, Long> registrations() {
        var last = new HashMap<String, Long>();
        var before = 0L;
        for (var rows = AuditLog.after(session, 0, 1_000); !rows.isEmpty();
                rows = AuditLog.after(session, rows.getLast().number(), 1_000)) {
            for (var row : rows) {
                var lines = row.lines();
                var kind = lines.size() > 4 ? lines.get(3) : "";
                before += kind.equals("settle") ? 1 : 0;
                if (kind.equals("standing") || kind.equals("institution")) {
                    last.put(kind + " " + lines.get(4), before);
                }
            }
        }
        return last;
    }
}
