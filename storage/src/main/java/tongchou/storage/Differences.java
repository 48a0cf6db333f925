package tongchou.storage;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tongchou.core.calendar.Period;
import tongchou.core.money.Fen;
import tongchou.core.policy.Payer;
import tongchou.core.settlement.Counter;
import tongchou.storage.Resettlements.Change;
import tongchou.storage.Resettlements.CounterChange;
import tongchou.storage.Resettlements.Difference;
import tongchou.storage.Resettlements.Obstacle;
import tongchou.storage.Resettlements.Rules;
import tongchou.storage.Resettlements.Sum;

/// What re-settlements have found in the store (差额清单): shown, and replaced when a member is computed again.
final class Differences {

    /// How a member stands in a re-settlement.
    enum Standing {
        /// It was computed and waits.
        COMPUTED,
        /// It cannot be booked.
        BLOCKED,
        /// It came out otherwise when it was to be booked, and waits for another look.
        CHANGED,
        /// It is booked.
        BOOKED
    }

    private final UsedRules rules;
    private final Dictionary counterNames = new Dictionary("counter_names", "name", "period", "unit");

    Differences(UsedRules rules) {
        this.rules = rules;
    }

    /// Writes down what came out for a member, in the place of what came out before.
    void write(Session session, long resettlement, Refold.Fold fold, Standing standing) {
        session.change("delete from differences where resettlement = ? and member = ?", resettlement, fold.member());
        session.change("delete from resettlement_members where resettlement = ? and member = ?", resettlement,
                fold.member());
        session.insertAll("resettlement_members",
                "resettlement, member, state, settlements, fingerprint, obstacle_at, obstacle", List.of(List.of(
                        resettlement, fold.member(), (fold.isBlocked() ? Standing.BLOCKED : standing).name(),
                        fold.folded(), fold.fingerprint(), fold.at(), fold.why())));
        fold.differences().forEach(difference -> write(session, resettlement, fold.member(), difference));
    }

    private void write(Session session, long resettlement, long member, Recount recount) {
        var id = session.number("""
                insert into differences (resettlement, member, settlement, rules, known_on, reply)
                values (?, ?, ?, ?, ?, ?) returning id""", resettlement, member, recount.id(),
                rules.id(session, recount.now()), Session.text(recount.now().knownOn().day()),
                Deflated.deflate(recount.reply()));
        session.insertAll("difference_payers", "difference, payer, before_fen, after_fen",
                recount.payers().entrySet().stream().map(payer -> List.<Object>of(id, payer.getKey().name(),
                        payer.getValue().before().value(), payer.getValue().after().value())).toList());
        session.insertAll("difference_counters", "difference, name, period_key, met, before, after",
                recount.counters().stream().map(change -> List.<Object>of(id, counterNames.id(session,
                        change.key().name(), change.key().period().name(), change.unit().name()),
                        change.key().periodKey(), change.met(), change.before(), change.after())).toList());
    }

    /// How a member stands, empty when it was not looked at.
    record Found(Standing standing, byte[] fingerprint) {
    }

    static java.util.Optional<Found> of(Session session, long resettlement, long member, String forUpdate) {
        return session.row("select state, fingerprint from resettlement_members where resettlement = ? and member = ?"
                + forUpdate, row -> new Found(row.constant(1, Standing.class), row.bytes(2)), resettlement, member);
    }

    static void stand(Session session, long resettlement, long member, Standing standing) {
        session.change("update resettlement_members set state = ? where resettlement = ? and member = ?",
                standing.name(), resettlement, member);
    }

    /// The next members that wait to be booked.
    static List<String> waiting(Session session, long resettlement, int limit) {
        return session.rows("""
                select m.token from resettlement_members x join members m on m.id = x.member
                where x.resettlement = ? and x.state = 'COMPUTED' order by m.token limit ?""", row -> row.text(1),
                resettlement, limit);
    }

    // Read -----------------------------------------------------------------------------------------------------------

    static List<Difference> page(Session session, String resettlement, long after, int limit) {
        var payers = new HashMap<Long, Map<Payer, Change>>();
        var of = "from resettlements r join differences d on d.resettlement = r.id ";
        var last = session.row("select max(id) from (select d.id " + of
                + "where r.public_id = ? and d.id > ? order by d.id limit ?) page", row ->
                row.textOrNull(1) == null ? after : row.number(1), resettlement, after, limit).orElse(after);
        session.rows("select p.difference, p.payer, p.before_fen, p.after_fen " + of
                + "join difference_payers p on p.difference = d.id where r.public_id = ? and d.id > ? and d.id <= ?",
                row -> payers.computeIfAbsent(row.number(1), id -> new EnumMap<>(Payer.class)).put(
                        row.constant(2, Payer.class), new Change(Fen.of(row.number(3)), Fen.of(row.number(4)))) == null,
                resettlement, after, last);
        var counters = new HashMap<Long, List<CounterChange>>();
        session.rows("select p.difference, n.name, n.period, p.period_key, n.unit, p.met, p.before, p.after " + of
                + "join difference_counters p on p.difference = d.id join counter_names n on n.id = p.name "
                + "where r.public_id = ? and d.id > ? and d.id <= ? order by n.name, p.period_key",
                row -> counters.computeIfAbsent(row.number(1), id -> new java.util.ArrayList<>()).add(new CounterChange(
                        new Counter.Key(row.text(2), row.constant(3, Period.class), row.text(4)),
                        row.constant(5, Counter.Unit.class), row.number(6), row.number(7), row.number(8))),
                resettlement, after, last);
        return session.rows("""
                select d.id, m.token, s.public_id, i.code, s.binding_day, u.pack, u.version, u.hash, u.area, d.known_on,
                    d.reply, k.public_id
                from resettlements r join differences d on d.resettlement = r.id join members m on m.id = d.member
                    join settlements s on s.id = d.settlement join encounters e on e.id = s.id
                    join institutions i on i.id = e.institution join rules u on u.id = d.rules
                    left join corrections k on k.resettlement = r.id and k.settlement = d.settlement
                where r.public_id = ? and d.id > ? and d.id <= ? order by d.id""", row -> {
                    var paid = payers.getOrDefault(row.number(1), Map.of());
                    var cash = paid.get(Payer.CASH);
                    return new Difference(row.number(1), row.text(2), row.text(3), row.text(4), row.day(5), paid,
                            cash == null ? Fen.ZERO : cash.more().negated(),
                            counters.getOrDefault(row.number(1), List.of()),
                            new Rules(row.text(6), row.text(7), row.text(8), row.text(9)), row.dayOrNull(10),
                            row.document(11), row.textOrNull(12));
                }, resettlement, after, last);
    }

    static List<Sum> sums(Session session, String resettlement) {
        return session.rows("""
                select i.code, p.payer, sum(case when p.before_fen <> p.after_fen then 1 else 0 end),
                    sum(p.before_fen), sum(p.after_fen)
                from resettlements r join differences d on d.resettlement = r.id
                    join difference_payers p on p.difference = d.id join settlements s on s.id = d.settlement
                    join encounters e on e.id = s.id join institutions i on i.id = e.institution
                where r.public_id = ? group by i.code, p.payer""", row -> new Sum(row.text(1),
                        row.constant(2, Payer.class), row.number(3),
                        new Change(Fen.of(row.number(4)), Fen.of(row.number(5)))), resettlement).stream()
                .sorted(Comparator.comparing(Sum::institution).thenComparing(Sum::payer)).toList();
    }

    /// Fund money that is paid more or less by what is not booked yet.
    static Fen fundsMoved(Session session, String resettlement) {
        return Fen.of(session.rows("""
                select p.payer, sum(abs(p.after_fen - p.before_fen))
                from resettlements r join differences d on d.resettlement = r.id
                    join difference_payers p on p.difference = d.id
                where r.public_id = ? and not exists (
                    select 1 from corrections k where k.resettlement = r.id and k.settlement = d.settlement)
                group by p.payer""", row -> row.constant(1, Payer.class).isFund() ? row.number(2) : 0L, resettlement)
                .stream().reduce(0L, Math::addExact));
    }

    static List<Obstacle> obstacles(Session session, String resettlement, String after, int limit) {
        return session.rows("""
                select m.token, x.obstacle_at, x.obstacle
                from resettlements r join resettlement_members x on x.resettlement = r.id
                    join members m on m.id = x.member
                where r.public_id = ? and x.state = 'BLOCKED' and m.token > ? order by m.token limit ?""",
                row -> new Obstacle(row.text(1), row.text(2), row.text(3)), resettlement, after, limit);
    }

    /// Marks of a member that were looked at are no longer open.
    static void clear(Session session, long resettlement, long member) {
        session.change("""
                insert into stale_clearings (settlement, cause, resettlement)
                select x.settlement, x.cause, cast(? as bigint)
                from settlements s join stale_settlements x on x.settlement = s.id
                where s.member = ? and not exists (
                    select 1 from stale_clearings z where z.settlement = x.settlement and z.cause = x.cause)""",
                resettlement, member);
    }
}
