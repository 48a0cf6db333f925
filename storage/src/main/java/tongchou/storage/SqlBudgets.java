package tongchou.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongchou.core.fund.Budget;
import tongchou.core.fund.Budget.Holder;
import tongchou.core.fund.BudgetPosition;
import tongchou.core.ledger.Account;
import tongchou.core.money.Fen;

/// Budgets on a relational store (总额预算).
final class SqlBudgets implements Budgets {

    private static final String BUDGETS = """
            select b.id, b.code, a.code, i.code, b.area, b.year from budgets b
                left join alliances a on a.id = b.alliance left join institutions i on i.id = b.institution\s""";

    private final Dialect dialect;
    private final Writer writer;
    private final SqlKeys.Reader reader;
    private final AuditLog audit;
    private final FundSpending spending;

    SqlBudgets(Dialect dialect, Writer writer, SqlKeys.Reader reader, AuditLog audit) {
        this.dialect = dialect;
        this.writer = writer;
        this.reader = reader;
        this.audit = audit;
        this.spending = new FundSpending(dialect, writer, reader);
    }

    /// What funds gave, as it is kept.
    FundSpending spending() {
        return spending;
    }

    private record Row(long id, Budget budget) {
    }

    @Override
    public Allotted allot(Order order) {
        return writer.write(session -> {
            if (dialect.locksRows()) {
                session.change("lock table budgets in share row exclusive mode");
            }
            var before = session.row(ALLOTMENTS + "where l.public_id = ?", SqlBudgets::allotment, order.id());
            if (before.isPresent()) {
                return new Allotted.Done(before.get(), true);
            }
            var asked = order.budget();
            var present = rows(session, "where b.code = ?", asked.code()).stream().findFirst();
            if (present.isEmpty() == !order.opens() || present.filter(row -> !row.budget().equals(asked)).isPresent()) {
                return new Allotted.Not("code", present.map(row -> row.budget().toString()).orElse(asked.code()));
            }
            if (order.opens()) {
                for (var other : rows(session, "where b.year = ?", asked.year())) {
                    if (!asked.shared(other.budget()).isEmpty()) {
                        return new Allotted.Not("funds", asked.shared(other.budget()) + " " + other.budget().code());
                    }
                }
            }
            var holder = holder(session, asked.holder());
            if (holder.isEmpty()) {
                return new Allotted.Not(asked.holder() instanceof Holder.OfAlliance ? "alliance" : "institution",
                        asked.holder().code());
            }
            var allotted = present.map(row -> allotted(session, row.id())).orElse(0L) + order.amount().value();
            if (allotted < 0 || order.amount().isZero()) {
                return new Allotted.Not("amount_fen", order.amount().value() + ", " + allotted);
            }
            return book(session, order, present.map(Row::id).orElseGet(() -> open(session, asked, holder.get())));
        });
    }

    private static Optional<Long> holder(Session session, Holder holder) {
        return session.row("select id from " + (holder instanceof Holder.OfAlliance ? "alliances" : "institutions")
                + " where code = ?", row -> row.number(1), holder.code());
    }

    private static long open(Session session, Budget budget, long holder) {
        var ofAlliance = budget.holder() instanceof Holder.OfAlliance;
        var id = session.insert("budgets", "code, alliance, institution, area, year", budget.code(),
                ofAlliance ? (Long) holder : null, ofAlliance ? null : (Long) holder, budget.area(), budget.year());
        session.insertAll("budget_funds", "budget, fund",
                budget.funds().stream().map(fund -> List.<Object>of(id, fund.name())).toList());
        return id;
    }

    private Allotted book(Session session, Order order, long budget) {
        var allotment = new Allotment(order.id(), order.amount(), order.document(), order.reason(), order.askedBy(),
                order.confirmedBy(), Instant.ofEpochMilli(order.now().toEpochMilli()));
        session.insert("allotments", """
                public_id, budget, amount_fen, document, reason, asked_by, confirmed_by, allotted_at""", order.id(),
                budget, order.amount().value(), order.document(), order.reason(), order.askedBy(), order.confirmedBy(),
                order.now().toEpochMilli());
        audit.append(session, new AuditLog.Act(order.now(), order.askedBy() + " + " + order.confirmedBy(), "allot",
                order.id(), List.of("allotment", told(order.budget(), allotment), "reason", order.reason())));
        return new Allotted.Done(allotment, false);
    }

    /// An allotment and its budget as the audit log tells of them.
    static String told(Budget budget, Allotment allotment) {
        return allotment.amount().value() + " to " + budget + " by " + allotment.document();
    }

    private static long allotted(Session session, long budget) {
        return session.number("select coalesce(sum(amount_fen), 0) from allotments where budget = ?", budget);
    }

    @Override
    public List<Budget> all() {
        return reader.read(session -> rows(session, "").stream().map(Row::budget).toList());
    }

    @Override
    public Optional<Budget> find(String code) {
        return reader.read(session -> find(session, code).map(Row::budget));
    }

    private static Optional<Row> find(Session session, String code) {
        return rows(session, "where b.code = ?", code).stream().findFirst();
    }

    static List<Budget> all(Session session) {
        return rows(session, "").stream().map(Row::budget).toList();
    }

    private static List<Row> rows(Session session, String which, @Nullable Object... parameters) {
        return session.rows(BUDGETS + which + " order by b.code", row -> {
            var alliance = row.textOrNull(3);
            var funds = EnumSet.noneOf(Account.Kind.class);
            session.rows("select fund from budget_funds where budget = ?",
                    fund -> funds.add(fund.constant(1, Account.Kind.class)), row.number(1));
            return new Row(row.number(1), new Budget(row.text(2), alliance != null ? new Holder.OfAlliance(alliance)
                    : new Holder.OfInstitution(row.text(4)), row.text(5), (int) row.number(6), funds));
        }, parameters);
    }

    private static final String ALLOTMENTS = """
            select l.public_id, l.amount_fen, l.document, l.reason, l.asked_by, l.confirmed_by, l.allotted_at
            from allotments l join budgets b on b.id = l.budget\s""";

    @Override
    public List<Allotment> allotments(String code) {
        return reader.read(session -> allotments(session, code));
    }

    static List<Allotment> allotments(Session session, String code) {
        return session.rows(ALLOTMENTS + "where b.code = ? order by l.id", SqlBudgets::allotment, code);
    }

    private static Allotment allotment(Session.Row row) {
        return new Allotment(row.text(1), Fen.of(row.number(2)), row.text(3), row.text(4), row.text(5), row.text(6),
                Instant.ofEpochMilli(row.number(7)));
    }

    @Override
    public Optional<BudgetPosition> position(String code) {
        spending.moveUp(FundSpending.MOST_BEHIND);
        return reader.read(session -> find(session, code).map(row -> position(session, row)));
    }

    /// Where a budget stands by the sums that are kept and the journal since.
    static BudgetPosition position(Session session, String code) {
        return position(session, find(session, code).orElseThrow());
    }

    private static BudgetPosition position(Session session, Row row) {
        var budget = row.budget();
        var beginning = budget.beginning();
        var parameters = new ArrayList<Object>(Arrays.asList(Session.text(budget.firstDay()),
                Session.text(budget.lastDay()), beginning, budget.holder().code()));
        budget.funds().forEach(fund -> parameters.add(fund.name()));
        var spent = session.rows("select i.code, a.kind, sum(x.fen) from " + FundSpending.ALL + """
                 x join accounts a on a.id = x.account join institutions i on i.id = x.institution
                where x.day >= ? and x.day <= ? and substr(a.owner, 1, %d) = ? and %s and a.kind in (?%s)
                group by i.code, a.kind having sum(x.fen) <> 0 order by i.code, a.kind""".formatted(
                        beginning.length(), switch (budget.holder()) {
                            case Holder.OfInstitution institution -> "i.code = ?";
                            case Holder.OfAlliance alliance -> """
                                    exists (select 1 from memberships m join alliances l on l.id = m.alliance
                                        where l.code = ? and m.institution = x.institution and m.first_day <= x.day
                                            and (m.last_day is null or m.last_day >= x.day))""";
                        }, ", ?".repeat(budget.funds().size() - 1)), found -> new BudgetPosition.Spent(found.text(1),
                                found.constant(2, Account.Kind.class), Fen.of(found.number(3))),
                parameters.toArray());
        return new BudgetPosition(budget, Fen.of(allotted(session, row.id())), spent.stream().sorted(
                java.util.Comparator.comparing(BudgetPosition.Spent::institution)
                        .thenComparing(BudgetPosition.Spent::fund)).toList());
    }
}
