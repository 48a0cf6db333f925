package tongchou.storage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tongchou.core.calendar.Period;
import tongchou.core.ledger.Account;
import tongchou.core.ledger.Entry;
import tongchou.core.money.Fen;
import tongchou.core.people.Purse;
import tongchou.core.settlement.Counter;
import tongchou.core.settlement.YearToDate.Movement;
import tongchou.storage.Book.Answer;
import tongchou.storage.Book.Reversal;
import tongchou.storage.Book.Reversed;
import tongchou.storage.Book.Reversing;

/// Settlements that are taken back in the store (退费, 撤销): the same rows with the other sign.
final class Reversals {

    private static final String STORED = """
            select r.public_id, s.public_id, r.sender, r.key, m.token, r.reason, r.reversed_at, p.reply,
                p.content_hash, p.content
            from reversals r join settlements s on s.id = r.settlement join members m on m.id = s.member
                join reversal_papers p on p.reversal = r.id
            """;

    private static final String AMOUNTS = "total_fen, full_self_pay_fen, over_limit_fen, pre_pay_fen, in_scope_fen, "
            + "deductible_fen, fund_fen, account_fen, cash_fen, hospital_fen";

    private final Dialect dialect;
    private final Settlements settlements;
    private final Members members;
    private final ParkingRows parkings;
    private final StaleSettlements stale;
    private final Corrections corrections;

    Reversals(Dialect dialect, Settlements settlements, Members members, ParkingRows parkings, StaleSettlements stale,
            Corrections corrections) {
        this.dialect = dialect;
        this.settlements = settlements;
        this.members = members;
        this.parkings = parkings;
        this.stale = stale;
        this.corrections = corrections;
    }

    private record Known(Reversal reversal, byte[] contentHash, byte[] content) {
    }

    private record Back(long counter, long before, long after) {
    }

    Reversed reverse(Session session, Reversing request, Deflated content, Answer answer) {
        var settlement = settlements.byId(session, request.settlement());
        settlement.ifPresent(stored -> members.lock(session, stored.member()));
        var known = known(session, request, content);
        if (known.isPresent()) {
            return known.get();
        }
        if (settlement.isEmpty()) {
            return new Reversed.UnknownSettlement(request.settlement());
        }
        var parked = parkings.of(session, settlement.get());
        if (parked.isPresent()) {
            return new Reversed.Parked(settlement.get().member(), parked.get().reason());
        }
        return new Reversed.Done(book(session, request, content, settlement.get(), answer), false);
    }

    /// What a request comes to whose key was used before, or whose settlement is reversed.
    Optional<Reversed> known(Session session, Reversing request, Deflated content) {
        var byKey = session.row(STORED + "where r.sender = ? and r.key = ?", Reversals::known,
                request.sender(), request.key());
        if (byKey.isPresent() && !content.isSame(byKey.get().contentHash())) {
            return Optional.of(new Reversed.KeyTaken(
                    byKey.get().reversal(), byKey.get().content()));
        }
        return byKey.map(Known::reversal).or(() -> ofSettlement(session, request.settlement()))
                .map(reversal -> new Reversed.Done(reversal, true));
    }

    private Reversal book(Session session, Reversing request, Deflated content, Book.Stored stored, Answer answer) {
        var settlement = session.number("select id from settlements where public_id = ?", request.settlement());
        var at = request.now().truncatedTo(ChronoUnit.MILLIS);
        var before = purse(session, stored.member());
        var sums = sums(session, settlement);
        var numbers = dialect.next(session, 1 + Corrections.standing(session, settlement));
        long id = numbers.removeLast();
        // The account money goes back first, so that there is enough of it when corrections are taken back.
        members.restore(session, settlement, id);
        corrections.takeBack(session, settlement, at, numbers::removeFirst);
        session.change("insert into reversal_postings (reversal, number, payer, layer, amount_fen) "
                + "select cast(? as bigint), number, payer, layer, -amount_fen from postings where settlement = ?", id,
                settlement);
        session.change("insert into reversal_entries (reversal, number, account, amount_fen) "
                + "select cast(? as bigint), number, account, -amount_fen from entries where settlement = ?", id,
                settlement);
        moveCountersBack(session, id, settlement);
        var reply = answer.to(new Undone(stored, settlements.entries(session, stored.id()),
                moved(sums, sums(session, settlement)), before, purse(session, stored.member()),
                Corrections.of(session, stored.id()).stream().filter(one -> one.takesBack() == null).toList()));
        session.insertAll("reversal_papers", "reversal, content_hash, content, reply",
                List.of(List.of(id, content.hash(), content.packed(), Deflated.deflate(reply))));
        var amounts = session.row("select " + AMOUNTS + " from settlements where id = ?", row -> {
            var negative = new ArrayList<Object>();
            for (var i = 1; i <= 10; i++) {
                negative.add(-row.number(i));
            }
            return negative;
        }, settlement).orElseThrow();
        var head = new ArrayList<Object>(List.of(id, request.id(), settlement, request.sender(), request.key(),
                request.reason(), at.toEpochMilli()));
        head.addAll(amounts);
        session.insertAll("reversals",
                "id, public_id, settlement, sender, key, reason, reversed_at, " + AMOUNTS, List.of(head));
        stale.reversed(session, settlement, id);
        return new Reversal(request.id(), stored.id(), request.sender(), request.key(), stored.member(),
                request.reason(), at, reply);
    }

    /// A sum of the member, by the number of its row.
    private record Sum(Counter.Key key, Counter.Unit unit, long value) {
    }

    private static Map<Long, Sum> sums(Session session, long settlement) {
        var sums = new TreeMap<Long, Sum>();
        session.rows("""
                select c.id, n.name, n.period, c.period_key, n.unit, c.sum
                from settlements s join counters c on c.member = s.member join counter_names n on n.id = c.name
                where s.id = ?""", row -> sums.put(row.number(1), new Sum(new Counter.Key(row.text(2),
                        row.constant(3, Period.class), row.text(4)), row.constant(5, Counter.Unit.class),
                        row.number(6))) == null, settlement);
        return sums;
    }

    private static List<Movement> moved(Map<Long, Sum> before, Map<Long, Sum> after) {
        return before.entrySet().stream().filter(sum -> !sum.getValue().equals(after.get(sum.getKey())))
                .map(sum -> new Movement(sum.getValue().key(), sum.getValue().unit(), sum.getValue().value(),
                        java.util.Objects.requireNonNull(after.get(sum.getKey())).value())).toList();
    }

    private static void moveCountersBack(Session session, long id, long settlement) {
        var back = session.rows("""
                select c.id, c.sum, c.sum - (m.after - m.before)
                from counter_movements m join counters c on c.id = m.counter where m.settlement = ? order by c.id""",
                row -> new Back(row.number(1), row.number(2), row.number(3)), settlement);
        for (var move : back) {
            if (move.after() < 0) {
                throw new Broken("the reversal would leave " + move.after() + " in a counter that holds "
                        + move.before());
            }
            session.change("update counters set sum = ? where id = ?", move.after(), move.counter());
        }
        session.insertAll("reversal_movements", "reversal, counter, before, after", back.stream()
                .map(move -> List.<Object>of(id, move.counter(), move.before(), move.after())).toList());
    }

    private Purse purse(Session session, String member) {
        return members.household(session, member).orElseThrow().person().purse();
    }

    Optional<Reversal> byId(Session session, String id) {
        return session.row(STORED + "where r.public_id = ?", Reversals::known, id).map(Known::reversal);
    }

    Optional<Reversal> byKey(Session session, String sender, String key) {
        return session.row(STORED + "where r.sender = ? and r.key = ?", Reversals::known, sender, key)
                .map(Known::reversal);
    }

    Optional<Reversal> ofSettlement(Session session, String settlement) {
        return session.row(STORED + "where s.public_id = ?", Reversals::known, settlement).map(Known::reversal);
    }

    List<Entry> entries(Session session, String id) {
        return session.rows("""
                select a.kind, a.owner, e.amount_fen
                from reversals r join reversal_entries e on e.reversal = r.id join accounts a on a.id = e.account
                where r.public_id = ? order by e.number""", row -> new Entry(
                        new Account(row.constant(1, Account.Kind.class), row.text(2)), Fen.of(row.number(3))), id);
    }

    long count(Session session) {
        return session.number("select count(*) from reversals");
    }

    private static Known known(Session.Row row) {
        return new Known(new Reversal(row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6),
                Instant.ofEpochMilli(row.number(7)), row.document(8)), row.bytes(9), row.document(10));
    }
}
