package tongchou.storage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tongchou.core.calendar.Period;
import tongchou.core.settlement.Counter;
import tongchou.core.settlement.YearToDate;
import tongchou.storage.Parkings.Parking;

/// Where a member stands in the book (参保人现况): person and account money, sums, and what is parked.
///
/// @param since the number of the change after which it was read, see [Changes]
/// @param latest the last day on which a settlement of the member counts, [LocalDate#MIN] before the first
record Footing(long since, Members.Household household, List<Sum> sums, List<Parking> parked, LocalDate latest) {

    private static final int MOST_KEYS = 10_000;
    private static final Map<Counter.Key, Counter.Key> KEYS = new ConcurrentHashMap<>();

    /// A member's counter and the number of its row.
    record Sum(long id, Counter.Key key, long value) {
    }

    /// The member and everybody whose account the member may use.
    List<String> members() {
        var tokens = new ArrayList<>(household.person().sharers());
        tokens.add(household.own().token());
        return tokens;
    }

    YearToDate yearToDate() {
        return yearToDate(sums);
    }

    /// What a member has left in the book.
    ///
    /// @param sums whether there are any
    /// @param parked whether anything ever was
    /// @param latest the last day on which a settlement counts, [LocalDate#MIN] before the first
    record Traces(boolean sums, boolean parked, LocalDate latest) {
    }

    static Traces traces(Session session, long member) {
        return session.row("""
                select case when exists (select 1 from counters c where c.member = m.id) then 1 end,
                    case when exists (select 1 from parkings p where p.member = m.id) then 1 end,
                    (select max(s.binding_day) from settlements s where s.member = m.id)
                from members m where m.id = ?""", row -> new Traces(row.isGiven(1), row.isGiven(2),
                row.isGiven(3) ? row.day(3) : LocalDate.MIN), member).orElseThrow();
    }

    static YearToDate yearToDate(List<Sum> sums) {
        Map<Counter.Key, Long> notZero = new HashMap<>();
        sums.stream().filter(sum -> sum.value() != 0).forEach(sum -> notZero.put(sum.key(), sum.value()));
        return new YearToDate(notZero);
    }

    static List<Sum> sums(Session session, String token) {
        return session.rows("""
                select c.id, n.name, n.period, c.period_key, c.sum
                from members m join counters c on c.member = m.id join counter_names n on n.id = c.name
                where m.token = ?""", row -> new Sum(row.number(1),
                        one(new Counter.Key(row.text(2), row.constant(3, Period.class), row.text(4))),
                        row.number(5)), token);
    }

    /// The one object for all equal keys: most members have the counters of the same year. When there are too many,
    /// those of days and years gone by go, and the others are learnt anew.
    static Counter.Key one(Counter.Key key) {
        if (KEYS.size() >= MOST_KEYS) {
            KEYS.clear();
        }
        var known = KEYS.putIfAbsent(key, key);
        return known == null ? key : known;
    }
}
