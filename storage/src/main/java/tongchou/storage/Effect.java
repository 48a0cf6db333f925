package tongchou.storage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tongchou.core.calendar.Period;
import tongchou.core.ledger.Account;
import tongchou.core.ledger.Entry;
import tongchou.core.money.Fen;
import tongchou.core.policy.Payer;
import tongchou.core.settlement.Amounts;
import tongchou.core.settlement.Counter;

/// What is booked for a settlement: itself and its corrections added up (现账).
///
/// @param parts the parts of the bill
/// @param postings what each layer pays
/// @param entries what each account gives and receives
/// @param counters what it adds to each counter
/// @param taken account money, the member's own and relatives', in the order in which it was first taken
record Effect(Parts parts, Map<Share, Long> postings, Map<Account, Long> entries, Map<Counter.Key, Added> counters,
        List<Taken> taken) {

    /// The part of a payer that one layer pays; the layer is empty for what no layer pays.
    record Share(Payer payer, String layer) {
    }

    /// The parts of a bill and the deductible, in fen.
    record Parts(long fullSelfPay, long overLimit, long prePay, long inScope, long deductible) {

        static Parts of(Amounts amounts) {
            return new Parts(amounts.fullSelfPay().value(), amounts.overLimit().value(), amounts.prePay().value(),
                    amounts.inScope().value(), amounts.deductible().value());
        }

        Parts plus(Parts other) {
            return new Parts(fullSelfPay + other.fullSelfPay, overLimit + other.overLimit, prePay + other.prePay,
                    inScope + other.inScope, deductible + other.deductible);
        }

        Parts minus(Parts other) {
            return new Parts(fullSelfPay - other.fullSelfPay, overLimit - other.overLimit, prePay - other.prePay,
                    inScope - other.inScope, deductible - other.deductible);
        }
    }

    /// What is added to a counter of the book.
    record Added(Counter.Unit unit, long amount) {

        private Added plus(Added more) {
            return new Added(unit, amount + more.amount);
        }
    }

    /// Account money taken from a member, in fen; negative where it is given back.
    record Taken(long member, long currentYear, long earlierYears) {

        long all() {
            return currentYear + earlierYears;
        }

        private Taken plus(Taken more) {
            return new Taken(member, currentYear + more.currentYear, earlierYears + more.earlierYears);
        }
    }

    /// Its entries, as one journal.
    List<Entry> journal() {
        return entries.entrySet().stream().filter(entry -> entry.getValue() != 0)
                .map(entry -> new Entry(entry.getKey(), Fen.of(entry.getValue()))).toList();
    }

    /// What is booked for a member's settlements from a day on, by their numbers.
    static Map<Long, Effect> of(Session session, long member, LocalDate from) {
        var since = Session.text(from);
        var effects = new HashMap<Long, Effect>();
        session.rows(both("x.full_self_pay_fen, x.over_limit_fen, x.pre_pay_fen, x.in_scope_fen, x.deductible_fen",
                "join settlements x on x.id = s.id", "join corrections x on x.id = k.id"), row -> effects.merge(
                        row.number(1), nothing(parts(row)), (one, other) -> one.plus(other.parts())),
                member, since, member, since);
        session.rows(both("x.payer, l.name, x.amount_fen",
                "join postings x on x.settlement = s.id left join layers l on l.id = x.layer",
                "join correction_postings x on x.correction = k.id left join layers l on l.id = x.layer"),
                row -> at(effects, row).postings().merge(share(row), row.number(4), Long::sum),
                member, since, member, since);
        session.rows(both("a.kind, a.owner, x.amount_fen",
                "join entries x on x.settlement = s.id join accounts a on a.id = x.account",
                "join correction_entries x on x.correction = k.id join accounts a on a.id = x.account"),
                row -> at(effects, row).entries().merge(new Account(row.constant(2, Account.Kind.class), row.text(3)),
                        row.number(4), Long::sum), member, since, member, since);
        var counter = " join counters c on c.id = x.counter join counter_names n on n.id = c.name";
        session.rows(both("n.name, n.period, c.period_key, n.unit, x.after - x.before",
                "join counter_movements x on x.settlement = s.id" + counter,
                "join correction_movements x on x.correction = k.id" + counter),
                row -> at(effects, row).counters().merge(
                        new Counter.Key(row.text(2), row.constant(3, Period.class), row.text(4)),
                        new Added(row.constant(5, Counter.Unit.class), row.number(6)), Added::plus),
                member, since, member, since);
        session.rows(both("x.id, x.member, -x.current_year_fen, -x.earlier_years_fen",
                "join account_movements x on x.settlement = s.id", "join account_movements x on x.correction = k.id")
                + " order by 2", row -> at(effects, row).take(new Taken(row.number(3), row.number(4), row.number(5))),
                member, since, member, since);
        return effects;
    }

    /// The same question to the settlements of a member from a day on, and to their corrections.
    private static String both(String columns, String ofSettlement, String ofCorrection) {
        return "select s.id, " + columns + " from settlements s " + ofSettlement
                + " where s.member = ? and s.binding_day >= ? union all select s.id, " + columns
                + " from settlements s join corrections k on k.settlement = s.id " + ofCorrection
                + " where s.member = ? and s.binding_day >= ?";
    }

    private static Effect at(Map<Long, Effect> effects, Session.Row row) {
        return java.util.Objects.requireNonNull(effects.get(row.number(1)));
    }

    private static Parts parts(Session.Row row) {
        return new Parts(row.number(2), row.number(3), row.number(4), row.number(5), row.number(6));
    }

    private static Share share(Session.Row row) {
        var layer = row.textOrNull(3);
        return new Share(row.constant(2, Payer.class), layer == null ? "" : layer);
    }

    private static Effect nothing(Parts parts) {
        return new Effect(parts, new LinkedHashMap<>(), new LinkedHashMap<>(), new HashMap<>(), new ArrayList<>());
    }

    private Effect plus(Parts more) {
        return new Effect(parts.plus(more), postings, entries, counters, taken);
    }

    private boolean take(Taken more) {
        for (var i = 0; i < taken.size(); i++) {
            if (taken.get(i).member() == more.member()) {
                taken.set(i, taken.get(i).plus(more));
                return true;
            }
        }
        return taken.add(more);
    }
}
