package tongchou.storage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import tongchou.core.ledger.Account;

/// What fund accounts gave by day, institution and account (基金支出): sums over the bookings up to a number, which a
/// reader carries on by what the journal holds since, and which are moved up when that has become much.
///
/// A settlement writes nothing of it. Sums are worked out by who asks, and only laid down by the writer, a step at a
/// time, so that settlements hardly wait.
final class FundSpending {

    /// How many bookings may stand behind the sums before they are moved up.
    static final long MOST_BEHIND = 10_000;

    private static final long STEP = 20_000;
    private static final int ROWS = 200;

    private static final String FUNDS = Account.Kind.funds().stream().map(kind -> "'" + kind.name() + "'")
            .collect(Collectors.joining(", ", "(", ")"));

    /// What a booking did to a fund: the day, the institution that treated, the account, and what it gave.
    private static final String GIVEN = """
            select s.binding_day as day, e.institution as institution, j.account as account, -j.amount_fen as fen
            from settlements s join encounters e on e.id = s.id join entries j on j.settlement = s.id
            where s.id > %1$s and s.id <= %2$s
            union all select s.binding_day, e.institution, j.account, -j.amount_fen
            from reversals b join settlements s on s.id = b.settlement join encounters e on e.id = s.id
                join reversal_entries j on j.reversal = b.id where b.id > %1$s and b.id <= %2$s
            union all select s.binding_day, e.institution, j.account, -j.amount_fen
            from corrections b join settlements s on s.id = b.settlement join encounters e on e.id = s.id
                join correction_entries j on j.correction = b.id where b.id > %1$s and b.id <= %2$s""";

    private static final String THROUGH = "(select through from fund_spending_reach)";

    /// All that funds gave: a table to select from, with `day`, `institution`, `account` and `fen`.
    static final String ALL = "(select day, institution, account, fen from fund_spending union all "
            + GIVEN.formatted(THROUGH, Long.MAX_VALUE) + ")";

    private static final String SUMS = "select x.day, x.institution, x.account, sum(x.fen) from ("
            + GIVEN.formatted("?", "?") + ") x join accounts a on a.id = x.account where a.kind in " + FUNDS
            + " group by x.day, x.institution, x.account having sum(x.fen) <> 0 order by 1, 2, 3";

    private final Dialect dialect;
    private final Writer writer;
    private final SqlKeys.Reader reader;

    FundSpending(Dialect dialect, Writer writer, SqlKeys.Reader reader) {
        this.dialect = dialect;
        this.writer = writer;
        this.reader = reader;
    }

    private record Sum(LocalDate day, long institution, long account, long fen) {
    }

    /// Moves the sums up where more bookings than so many stand behind them.
    void moveUp(long most) {
        var through = reader.read(FundSpending::through);
        if (last() - through <= most) {
            return;
        }
        for (var last = settled(); through < last;) {
            var from = through;
            var to = Math.min(last, from + STEP);
            var sums = reader.read(session -> session.rows(SUMS, row -> new Sum(row.day(1), row.number(2),
                    row.number(3), row.number(4)), from, to, from, to, from, to));
            through = writer.write(session -> layDown(session, from, to, sums));
        }
    }

    private static long through(Session session) {
        return session.number("select through from fund_spending_reach");
    }

    private long last() {
        return reader.read(Statements::lastBooking);
    }

    /// The number up to which every booking is there: nobody is about to book one of a lower number.
    private long settled() {
        return dialect.locksRows() ? writer.write(session -> {
            dialect.keepBookingsOut(session);
            return Statements.lastBooking(session);
        }) : last();
    }

    /// @return how far the sums reach then; somebody else may have been faster
    private static long layDown(Session session, long from, long to, List<Sum> sums) {
        if (session.change("update fund_spending_reach set through = ? where through = ?", to, from) == 0) {
            return through(session);
        }
        for (var first = 0; first < sums.size(); first += ROWS) {
            var part = sums.subList(first, Math.min(sums.size(), first + ROWS));
            var values = new ArrayList<Object>();
            part.forEach(sum -> values.addAll(List.of(Session.text(sum.day()), sum.institution(), sum.account(),
                    sum.fen())));
            session.change("insert into fund_spending (day, institution, account, fen) values (?, ?, ?, ?)"
                    + ", (?, ?, ?, ?)".repeat(part.size() - 1)
                    + " on conflict (day, institution, account) do update set fen = fund_spending.fen + excluded.fen",
                    values.toArray());
        }
        return to;
    }

    /// Reads all of it, summed by day, institution and account.
    ///
    /// @param read takes day, institution, the account's kind and owner, and the sum, each in its place
    static <T> List<T> all(Session session, Function<Session.Row, T> read) {
        return session.rows("select x.day, x.institution, a.kind, a.owner, sum(x.fen) from " + ALL
                + " x join accounts a on a.id = x.account where a.kind in " + FUNDS
                + " group by x.day, x.institution, a.kind, a.owner", read);
    }
}
