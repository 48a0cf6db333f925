package tongchou.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.Period;
import tongchou.core.ledger.Account;
import tongchou.core.ledger.Entry;
import tongchou.core.ledger.Journal;
import tongchou.core.money.Fen;
import tongchou.core.settlement.Counter;

/// Manual adjustments on a relational store (手工调账).
final class SqlAdjustments implements Adjustments {

    private static final String COLUMNS = """
            select j.public_id, m.token, t.public_id, j.reason, j.document, j.booked_at, j.id
            from adjustments j join members m on m.id = j.member left join adjustments t on t.id = j.takes_back\s""";

    private final Dialect dialect;
    private final Writer writer;
    private final SqlKeys.Reader reader;
    private final AuditLog audit;
    private final Members members;
    private final Dictionary accounts = new Dictionary("accounts", "kind", "owner");

    SqlAdjustments(Dialect dialect, Writer writer, SqlKeys.Reader reader, AuditLog audit, Members members) {
        this.dialect = dialect;
        this.writer = writer;
        this.reader = reader;
        this.audit = audit;
        this.members = members;
    }

    @Override
    public Adjusted book(Order order) {
        return writer.write(session -> {
            members.lock(session, order.member());
            var before = find(session, order.id());
            if (before.isPresent()) {
                return new Adjusted.Done(before.get(), true);
            }
            var member = Members.id(session, order.member());
            if (member.isEmpty()) {
                return new Adjusted.Not("member", order.member());
            }
            if (order.takesBack() == null) {
                return book(session, order, member.get(), order.change(), null);
            }
            var wrong = find(session, order.takesBack())
                    .filter(found -> found.member().equals(order.member()) && found.takesBack() == null);
            if (wrong.isEmpty() || session.number("""
                    select count(*) from adjustments b join adjustments j on b.takes_back = j.id
                    where j.public_id = ?""", order.takesBack()) > 0) {
                return new Adjusted.Not("takes_back", order.takesBack());
            }
            var change = wrong.get().change();
            return book(session, order, member.get(), new Change(change.currentYear().negated(),
                    change.earlierYears().negated(), change.counter(), -change.more()),
                    session.number("select id from adjustments where public_id = ?", order.takesBack()));
        });
    }

    private record Sum(long id, long value) {
    }

    private Adjusted book(Session session, Order order, long member, Change change, @Nullable Long takesBack) {
        var account = session.row("select current_year_fen, earlier_years_fen from members where id = ?",
                row -> new long[] {row.number(1) + change.currentYear().value(),
                    row.number(2) + change.earlierYears().value()}, member).orElseThrow();
        if (account[0] < 0 || account[1] < 0) {
            return new Adjusted.Not(account[0] < 0 ? "current_year_change_fen" : "earlier_years_change_fen",
                    "the account would hold " + Math.min(account[0], account[1]));
        }
        var key = change.counter();
        var sum = key == null ? Optional.<Sum>empty() : session.row("""
                select c.id, c.sum from counters c join counter_names n on n.id = c.name
                where c.member = ? and n.name = ? and n.period = ? and c.period_key = ?""",
                row -> new Sum(row.number(1), row.number(2)), member, key.name(), key.period().name(),
                key.periodKey());
        if (key != null && sum.isEmpty()) {
            return new Adjusted.Not("counter", "the member has no such sum");
        }
        if (sum.isPresent() && sum.get().value() + change.more() < 0) {
            return new Adjusted.Not("change", "the sum would be " + (sum.get().value() + change.more()));
        }
        var id = dialect.next(session);
        var money = change.currentYear().plus(change.earlierYears());
        writeEntries(session, id, order, money);
        if (!change.currentYear().isZero() || !change.earlierYears().isZero()) {
            session.change("update members set current_year_fen = ?, earlier_years_fen = ? where id = ?",
                    account[0], account[1], member);
            session.insertAll("account_movements", """
                    member, adjustment, current_year_fen, earlier_years_fen, current_year_after_fen,
                    earlier_years_after_fen""", List.of(List.of(member, id, change.currentYear().value(),
                            change.earlierYears().value(), account[0], account[1])));
        }
        sum.ifPresent(present -> {
            session.change("update counters set sum = ? where id = ?", present.value() + change.more(), present.id());
            session.insertAll("adjustment_movements", "adjustment, counter, before, after", List.of(List.of(
                    id, present.id(), present.value(), present.value() + change.more())));
        });
        session.insertAll("adjustments",
                "id, public_id, member, takes_back, reason, document, account_fen, booked_at",
                List.of(Arrays.<@Nullable Object>asList(id, order.id(), member, takesBack, order.reason(),
                        order.document(), money.value(), order.now().toEpochMilli())));
        audit.append(session, new AuditLog.Act(order.now(), order.by(), "adjust", order.id(), List.of(
                "member", order.member(), "change", change.toString(), "takes-back",
                String.valueOf(order.takesBack()), "reason", order.reason(), "document", order.document())));
        return new Adjusted.Done(find(session, order.id()).orElseThrow(), false);
    }

    /// What the member gets more, the bureau's adjustment account gives.
    private void writeEntries(Session session, long id, Order order, Fen money) {
        if (money.isZero()) {
            return;
        }
        var journal = new Journal(List.of(
                new Entry(new Account(Account.Kind.PERSONAL_ACCOUNT, order.member()), money),
                new Entry(new Account(Account.Kind.ADJUSTMENT, order.area()), money.negated())));
        var rows = new ArrayList<List<Object>>();
        for (var entry : journal.entries()) {
            rows.add(List.of(id, rows.size() + 1, accounts.id(session, entry.account().kind().name(),
                    entry.account().owner()), entry.amount().value()));
        }
        session.insertAll("adjustment_entries", "adjustment, number, account, amount_fen", rows);
    }

    @Override
    public List<Adjustment> of(String member) {
        return reader.read(session -> session.rows(COLUMNS + "where m.token = ? order by j.id",
                row -> read(session, row), member));
    }

    @Override
    public Optional<Adjustment> find(String id) {
        return reader.read(session -> find(session, id));
    }

    private static Optional<Adjustment> find(Session session, String id) {
        return session.row(COLUMNS + "where j.public_id = ?", row -> read(session, row), id);
    }

    private static Adjustment read(Session session, Session.Row row) {
        var id = row.number(7);
        var money = session.row(
                "select current_year_fen, earlier_years_fen from account_movements where adjustment = ?",
                found -> new long[] {found.number(1), found.number(2)}, id).orElse(new long[2]);
        record Moved(Counter.Key key, long more) {
        }
        var moved = session.row("""
                select n.name, n.period, c.period_key, a.after - a.before
                from adjustment_movements a join counters c on c.id = a.counter join counter_names n on n.id = c.name
                where a.adjustment = ?""", found -> new Moved(new Counter.Key(found.text(1),
                        found.constant(2, Period.class), found.text(3)), found.number(4)), id);
        var entries = session.rows("""
                select a.kind, a.owner, e.amount_fen from adjustment_entries e join accounts a on a.id = e.account
                where e.adjustment = ? order by e.number""", found -> new Entry(
                        new Account(found.constant(1, Account.Kind.class), found.text(2)), Fen.of(found.number(3))),
                id);
        return new Adjustment(row.text(1), row.text(2), new Change(Fen.of(money[0]), Fen.of(money[1]),
                moved.map(Moved::key).orElse(null), moved.map(Moved::more).orElse(0L)), row.textOrNull(3),
                row.text(4), row.text(5), Instant.ofEpochMilli(row.number(6)), entries);
    }
}
