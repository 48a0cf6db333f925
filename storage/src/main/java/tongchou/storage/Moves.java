package tongchou.storage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import tongchou.core.settlement.Counter;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.YearToDate;
import tongchou.storage.Footing.Sum;

/// What a settlement does to the sums of its member (累计变动).
///
/// @param counters the numbers of the sums that change, in JSON; so are `before` and `after`
/// @param sums all sums of the member, as they are then
record Moves(String counters, String before, String after, List<Sum> sums) {

    /// Moves the sums in the store; one that is not there yet is written.
    ///
    /// @param name finds the number of what a sum counts
    /// @throws Broken when the settlement does not begin where the member stands
    static Moves make(Session session, Dialect dialect, Footing footing, Settlement settlement,
            ToLongFunction<YearToDate.Movement> name) {
        Map<Counter.Key, Sum> present = new HashMap<>();
        footing.sums().forEach(sum -> present.put(sum.key(), sum));
        var counters = new JsonList();
        var before = new JsonList();
        var after = new JsonList();
        for (var movement : settlement.movements()) {
            var sum = present.get(movement.key());
            if (movement.before() != (sum == null ? 0 : sum.value())) {
                throw new Broken("the settlement found " + movement + ", the book holds " + sum);
            }
            var id = sum == null ? dialect.newCounter(session, footing.household().own().member(),
                    name.applyAsLong(movement), movement.key().periodKey(), movement.after()) : sum.id();
            if (sum != null) {
                session.change("update counters set sum = ? where id = ?", movement.after(), id);
            }
            present.put(movement.key(), new Sum(id, movement.key(), movement.after()));
            counters.add(id);
            before.add(movement.before());
            after.add(movement.after());
        }
        return new Moves(counters.toString(), before.toString(), after.toString(), List.copyOf(present.values()));
    }
}
