package tongchou.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.Period;
import tongchou.core.ledger.Account;
import tongchou.core.ledger.Entry;
import tongchou.core.money.Fen;
import tongchou.core.policy.Payer;
import tongchou.core.settlement.Counter;
import tongchou.storage.Resettlements.Correction;
import tongchou.storage.Resettlements.Rules;

/// Difference entries of settlements in the store (更正分录): what a settlement comes to now less what is booked for it.
final class Corrections {

    private static final String AMOUNTS = "full_self_pay_fen, over_limit_fen, pre_pay_fen, in_scope_fen, "
            + "deductible_fen, fund_fen, account_fen, cash_fen, hospital_fen";
    private static final String COLUMNS = "id, public_id, settlement, resettlement, takes_back, rules, known_on, "
            + "booked_at, " + AMOUNTS;

    private final Dialect dialect;
    private final Members members;
    private final UsedRules rules;
    private final Dictionary layers = new Dictionary("layers", "name");
    private final Dictionary accounts = new Dictionary("accounts", "kind", "owner");
    private final Dictionary counterNames = new Dictionary("counter_names", "name", "period", "unit");

    Corrections(Dialect dialect, Members members, UsedRules rules) {
        this.dialect = dialect;
        this.members = members;
        this.rules = rules;
    }

    /// What was written, for the audit log.
    record Written(String id, String settlement, String amounts, byte[] reply) {
    }

    /// Books a difference.
    Written write(Session session, long resettlement, long member, Recount recount, Instant now) {
        var id = dialect.next(session);
        session.insertAll("correction_papers", "correction, reply",
                List.of(List.of(id, Deflated.deflate(recount.reply()))));
        writePostings(session, id, recount);
        var entries = new ArrayList<List<Object>>();
        for (var entry : recount.journal()) {
            entries.add(List.of(id, entries.size() + 1, accounts.id(session, entry.account().kind().name(),
                    entry.account().owner()), entry.amount().value()));
        }
        session.insertAll("correction_entries", "correction, number, account, amount_fen", entries);
        moveCounters(session, id, member, recount);
        recount.returned().forEach(back -> members.giveBack(session, back, id));
        return writeHead(session, id, resettlement, recount, now);
    }

    private void writePostings(Session session, long id, Recount recount) {
        var rows = new ArrayList<List<@Nullable Object>>();
        recount.postings().forEach((share, amount) -> rows.add(Arrays.asList(id, rows.size() + 1, share.payer().name(),
                share.layer().isEmpty() ? null : layers.id(session, share.layer()), amount)));
        session.insertAll("correction_postings", "correction, number, payer, layer, amount_fen", rows);
    }

    private record Sum(long id, long value) {
    }

    private void moveCounters(Session session, long id, long member, Recount recount) {
        Map<Counter.Key, Sum> present = new HashMap<>();
        session.rows("""
                select c.id, n.name, n.period, c.period_key, c.sum
                from counters c join counter_names n on n.id = c.name where c.member = ?""", row -> present.put(
                        new Counter.Key(row.text(2), row.constant(3, Period.class), row.text(4)),
                        new Sum(row.number(1), row.number(5))) == null, member);
        var rows = new ArrayList<List<Object>>();
        for (var change : recount.counters()) {
            var more = change.after() - change.before();
            if (more == 0) {
                continue;
            }
            var key = change.key();
            var sum = present.get(key);
            var before = sum == null ? 0 : sum.value();
            if (before + more < 0) {
                throw new Broken("the correction would leave " + (before + more) + " in " + key);
            }
            long counter;
            if (sum == null) {
                counter = dialect.newCounter(session, member, counterNames.id(
                        session, key.name(), key.period().name(), change.unit().name()), key.periodKey(), more);
            } else {
                counter = sum.id();
                session.change("update counters set sum = ? where id = ?", before + more, counter);
            }
            rows.add(List.of(id, counter, before, before + more));
        }
        session.insertAll("correction_movements", "correction, counter, before, after", rows);
    }

    /// The head comes last: the store compares it with the parts and then closes the correction.
    private Written writeHead(Session session, long id, long resettlement, Recount recount, Instant now) {
        var count = session.number("select count(*) from corrections where settlement = ?", recount.id());
        var publicId = recount.publicId() + "-c" + (count + 1);
        var known = recount.now().knownOn();
        var parts = recount.parts();
        var more = new EnumMap<Payer, Long>(Payer.class);
        recount.postings().forEach((share, amount) -> more.merge(share.payer(), amount, Long::sum));
        var fund = 0L;
        var account = 0L;
        for (var payer : more.entrySet()) {
            fund += payer.getKey().isFund() ? payer.getValue() : 0;
            account += payer.getKey().isAccount() ? payer.getValue() : 0;
        }
        var cash = more.getOrDefault(Payer.CASH, 0L);
        var hospital = more.getOrDefault(Payer.HOSPITAL, 0L);
        session.insertAll("corrections", COLUMNS, List.of(Arrays.<@Nullable Object>asList(id, publicId, recount.id(),
                resettlement, null, rules.id(session, recount.now()), Session.text(known.day()), now.toEpochMilli(),
                parts.fullSelfPay(), parts.overLimit(), parts.prePay(), parts.inScope(), parts.deductible(), fund,
                account, cash, hospital)));
        return new Written(publicId, recount.publicId(), fund + " " + account + " " + cash + " " + hospital,
                recount.reply());
    }

    // With a reversal ------------------------------------------------------------------------------------------------

    /// How many corrections of a settlement a reversal has to take back.
    static long standing(Session session, long settlement) {
        return session.number("select count(*) from corrections where settlement = ?", settlement);
    }

    /// Books every correction of a settlement again with the other sign, the newest first.
    ///
    /// @param numbers the numbers that the bookings get
    void takeBack(Session session, long settlement, Instant now, LongSupplier numbers) {
        record Old(long id, String publicId) {
        }
        for (var old : session.rows("select id, public_id from corrections where settlement = ? order by id desc",
                row -> new Old(row.number(1), row.text(2)), settlement)) {
            var id = numbers.getAsLong();
            session.change("insert into correction_postings (correction, number, payer, layer, amount_fen) select "
                    + "cast(? as bigint), number, payer, layer, -amount_fen from correction_postings "
                    + "where correction = ?", id, old.id());
            session.change("insert into correction_entries (correction, number, account, amount_fen) select "
                    + "cast(? as bigint), number, account, -amount_fen from correction_entries where correction = ?",
                    id, old.id());
            moveBack(session, id, old.id());
            members.takeAgain(session, old.id(), id);
            session.change("insert into corrections (" + COLUMNS + ") select cast(? as bigint), cast(? as text), "
                    + "settlement, null, id, rules, known_on, cast(? as bigint), -full_self_pay_fen, -over_limit_fen, "
                    + "-pre_pay_fen, -in_scope_fen, -deductible_fen, -fund_fen, -account_fen, -cash_fen, "
                    + "-hospital_fen from corrections where id = ?",
                    id, old.publicId() + "-r", now.toEpochMilli(), old.id());
        }
    }

    private static void moveBack(Session session, long id, long old) {
        record Back(long counter, long before, long after) {
        }
        var back = session.rows("""
                select c.id, c.sum, c.sum - (m.after - m.before)
                from correction_movements m join counters c on c.id = m.counter where m.correction = ? order by c.id""",
                row -> new Back(row.number(1), row.number(2), row.number(3)), old);
        for (var move : back) {
            if (move.after() < 0) {
                throw new Broken("taking a correction back would leave " + move.after() + " in a counter");
            }
            session.change("update counters set sum = ? where id = ?", move.after(), move.counter());
        }
        session.insertAll("correction_movements", "correction, counter, before, after", back.stream()
                .map(move -> List.<Object>of(id, move.counter(), move.before(), move.after())).toList());
    }

    // Read -----------------------------------------------------------------------------------------------------------

    static List<Correction> of(Session session, String settlement) {
        var more = new HashMap<String, Map<Payer, Fen>>();
        session.rows("""
                select k.public_id, p.payer, sum(p.amount_fen)
                from settlements s join corrections k on k.settlement = s.id
                    join correction_postings p on p.correction = k.id
                where s.public_id = ? group by k.public_id, p.payer""", row -> more
                .computeIfAbsent(row.text(1), id -> new EnumMap<>(Payer.class))
                .put(row.constant(2, Payer.class), Fen.of(row.number(3))) == null, settlement);
        return session.rows("""
                select k.public_id, r.public_id, b.public_id, u.pack, u.version, u.hash, u.area, k.known_on,
                    k.booked_at, -k.cash_fen, p.reply
                from settlements s join corrections k on k.settlement = s.id join rules u on u.id = k.rules
                    left join resettlements r on r.id = k.resettlement left join corrections b on b.id = k.takes_back
                    left join correction_papers p on p.correction = k.id
                where s.public_id = ? order by k.id""", row -> new Correction(row.text(1), settlement,
                        row.textOrNull(2), row.textOrNull(3),
                        new Rules(row.text(4), row.text(5), row.text(6), row.text(7)), row.dayOrNull(8),
                        Instant.ofEpochMilli(row.number(9)), more.getOrDefault(row.text(1), Map.of()),
                        Fen.of(row.number(10)), row.textOrNull(3) == null ? row.document(11)
                                : new byte[0]), settlement);
    }

    static List<Entry> entries(Session session, String correction) {
        return session.rows("""
                select a.kind, a.owner, e.amount_fen
                from corrections k join correction_entries e on e.correction = k.id join accounts a on a.id = e.account
                where k.public_id = ? order by e.number""", row -> new Entry(
                        new Account(row.constant(1, Account.Kind.class), row.text(2)), Fen.of(row.number(3))),
                correction);
    }
}
