package tongchou.storage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Alliance;
import tongchou.core.fund.Budget;
import tongchou.core.fund.Budget.Holder;
import tongchou.core.ledger.Account;
import tongchou.core.people.Scheme;
import tongchou.core.policy.Payer;

/// What is left of a budget is what was allotted less what the funds paid (I8).
///
/// Budgets are read from entries and from the sums that are kept of them. Here everything is worked out anew from what
/// the payers of the settlements that stand pay, and from the standings and memberships of their days; and every
/// allotment is what the audit log told of it.
final class BudgetCheck {

    private static final long STEP = 2_000;

    /// The settlements that stand, with the standing of their day as it was known at the latest booking for them.
    private static final String STANDING = """
            select s.id, s.binding_day, e.institution, t.scheme, t.area
            from settlements s join encounters e on e.id = s.id left join standings t on t.id = (
                select max(y.id) from standings y where y.member = s.member and y.first_day = (
                    select max(t.first_day) from standings t where t.member = s.member
                        and t.first_day <= s.binding_day
                        and (t.last_day is null or t.last_day >= s.binding_day or t.ended >= %1$s)
                        and (t.recorded is null or t.recorded < %1$s)))
            where s.id > ? and s.id <= ? and not exists (select 1 from reversals r where r.settlement = s.id)"""
            .formatted("coalesce((select max(k.id) from corrections k where k.settlement = s.id), s.id)");

    private static final String PAID = """
            select settlement, payer, amount_fen from postings where settlement > ? and settlement <= ?
            union all select k.settlement, p.payer, p.amount_fen
            from corrections k join correction_postings p on p.correction = k.id
            where k.settlement > ? and k.settlement <= ?""";

    private static final Set<String> FUNDS = java.util.stream.Stream.of(Payer.values()).filter(Payer::isFund)
            .map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private final Session session;
    private final Inspection how;
    private final Found found;
    private final Set<String> told = new HashSet<>();

    /// Is told what does not hold.
    @FunctionalInterface
    interface Found {
        void found(String check, String subject, String what);
    }

    BudgetCheck(Session session, Inspection how, Found found) {
        this.session = session;
        this.how = how;
        this.found = found;
    }

    /// What one fund account gives for care at one institution on one day.
    private record Place(LocalDate day, long institution, Account account) {
    }

    private record Head(LocalDate day, long institution, @Nullable String scheme, @Nullable String area) {

        Place of(Payer payer) {
            return new Place(day, institution, new Account(Account.kindOf(payer, Scheme.EMPLOYEE.name().equals(scheme)),
                    String.valueOf(area)));
        }
    }

    /// Compares all that funds paid, then every budget.
    void ask() {
        var paid = paid();
        var kept = new HashMap<Place, Long>();
        FundSpending.all(session, row -> kept.merge(new Place(row.day(1), row.number(2),
                new Account(row.constant(3, Account.Kind.class), row.text(4))), row.number(5), Long::sum));
        var places = new HashSet<>(paid.keySet());
        places.addAll(kept.keySet());
        var codes = new HashMap<Long, String>();
        session.rows("select id, code from institutions", row -> codes.put(row.number(1), row.text(2)) == null);
        places.stream().filter(place -> !paid.getOrDefault(place, 0L).equals(kept.getOrDefault(place, 0L)))
                .map(place -> codes.get(place.institution()) + " " + place.day() + " " + place.account().kind() + " "
                        + place.account().owner() + ": " + paid.getOrDefault(place, 0L) + " was paid, the ledger holds "
                        + kept.getOrDefault(place, 0L)).sorted()
                .forEach(what -> found.found("I8", what.substring(0, what.indexOf(':')),
                        what.substring(what.indexOf(':') + 2)));
        var all = Alliances.all(session);
        budgets().forEach(budget -> compare(budget, all, paid, codes));
        how.progress().at("budgets", 1, 1);
    }

    /// The budgets; none, and that is found, where one of them is none that could be.
    private List<Budget> budgets() {
        try {
            return SqlBudgets.all(session);
        } catch (IllegalArgumentException impossible) {
            found.found("I8", "budgets", String.valueOf(impossible.getMessage()));
            return List.of();
        }
    }

    private Map<Place, Long> paid() {
        var paid = new HashMap<Place, Long>();
        var last = session.number(Statements.LAST_BOOKING);
        for (var from = 0L; from < last; from += STEP) {
            how.progress().at("budgets", from, last);
            var heads = new HashMap<Long, Head>();
            session.rows(STANDING, row -> heads.put(row.number(1), new Head(row.day(2), row.number(3),
                    row.textOrNull(4), row.textOrNull(5))) == null, from, from + STEP);
            session.rows(PAID, row -> {
                var head = heads.get(row.number(1));
                return head != null && FUNDS.contains(row.text(2)) && row.number(3) != 0
                        && paid.merge(head.of(row.constant(2, Payer.class)), row.number(3), Long::sum) != 0;
            }, from, from + STEP, from, from + STEP);
        }
        return paid;
    }

    private void compare(Budget budget, List<Alliance> all, Map<Place, Long> paid, Map<Long, String> codes) {
        var memberships = all.stream().filter(one -> budget.holder().equals(new Holder.OfAlliance(one.code())))
                .flatMap(one -> one.memberships().stream()).toList();
        var left = SqlBudgets.allotments(session, budget.code()).stream().mapToLong(one -> one.amount().value()).sum();
        for (var place : paid.entrySet()) {
            var day = place.getKey().day();
            var at = String.valueOf(codes.get(place.getKey().institution()));
            var held = budget.holder().equals(new Holder.OfInstitution(at)) || memberships.stream().anyMatch(
                    one -> one.institution().equals(at) && one.inForce().covers(day));
            left -= held && budget.covers(place.getKey().account(), day) ? place.getValue() : 0;
        }
        var read = SqlBudgets.position(session, budget.code()).left().value();
        if (read != left) {
            found.found("I8", budget.code(), "has " + read + " left, what was allotted less what was paid is " + left);
        }
    }

    /// Hears of a row of the audit log.
    void hear(AuditLog.Row row) {
        var lines = row.lines();
        if (lines.size() > 4 && lines.get(3).equals("allot")) {
            told.add(lines.get(4) + " " + AuditLog.fact(row, "allotment").orElse(""));
        }
    }

    /// Compares what the audit log told of allotments with those that are there.
    void end() {
        var there = new ArrayList<String>();
        budgets().forEach(budget -> SqlBudgets.allotments(session, budget.code()).forEach(
                one -> there.add(one.id() + " " + SqlBudgets.told(budget, one))));
        there.stream().filter(one -> !told.contains(one)).sorted().forEach(
                one -> found.found("I8", one.substring(0, one.indexOf(' ')), "the audit log does not tell of " + one));
        there.forEach(told::remove);
        told.stream().sorted().forEach(
                one -> found.found("I8", one.substring(0, one.indexOf(' ')), "the book does not hold " + one));
    }
}
