package tongchou.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
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
        var moved = new ArrayList<@Nullable Object>();
        for (var movement : settlement.movements()) {
            var sum = present.get(movement.key());
            if (movement.before() != (sum == null ? 0 : sum.value())) {
                throw new Broken("the settlement found " + movement + ", the book holds " + sum);
            }
            var id = sum == null ? dialect.newCounter(session, footing.household().own().member(),
                    name.applyAsLong(movement), movement.key().periodKey(), movement.after()) : sum.id();
            if (sum != null) {
                moved.add(id);
                moved.add(movement.after());
            }
            var key = sum == null ? Footing.one(movement.key()) : sum.key();
            present.put(key, new Sum(id, key, movement.after()));
            counters.add(id);
            before.add(movement.before());
            after.add(movement.after());
        }
        move(session, moved);
        return new Moves(counters.toString(), before.toString(), after.toString(), List.copyOf(present.values()));
    }

    /// All sums in one statement.
    ///
    /// @param moved numbers of sums and what they come to, in turn
    private static void move(Session session, List<@Nullable Object> moved) {
        var count = moved.size() / 2;
        if (count > 0) {
            var values = new ArrayList<>(moved);
            for (var i = 0; i < count; i++) {
                values.add(moved.get(2 * i));
            }
            session.change("update counters set sum = case id" + " when ? then ?".repeat(count)
                    + " end where id in (?" + ", ?".repeat(count - 1) + ")", values.toArray());
        }
    }
}
