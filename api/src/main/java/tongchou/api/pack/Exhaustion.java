package tongchou.api.pack;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.Period;
import tongchou.core.money.Fen;
import tongchou.core.policy.Amount;
import tongchou.core.policy.Ceiling;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Row;
import tongchou.core.settlement.Counter;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Step;

/// Spends years of huge bills and notes which ceilings on payment bind.
final class Exhaustion {

    /// A bill that exhausts every ceiling that can be exhausted.
    private static final Fen HUGE = Fen.of(5_000_000_00L);

    private static final int ENCOUNTERS_OF_A_YEAR = 366;
    private static final int DAYS_OF_A_MONTH = 30;

    /// How many people may try the same ceilings: what one does not reach, another may.
    private static final int MOST_YEARS = 12;

    private final Set<String> shared;
    private final Map<Row<?>, Layer> met = new IdentityHashMap<>();
    private final Set<Row<?>> reached = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Set<Integer>, Integer> years = new HashMap<>();

    /// @param shared names of the counters that several benefits share
    Exhaustion(Set<String> shared) {
        this.shared = shared;
    }

    /// The ceilings that nobody reached, with the layers they stand in.
    Map<Row<?>, Layer> unreached() {
        var unreached = new IdentityHashMap<>(met);
        unreached.keySet().removeAll(reached);
        return unreached;
    }

    /// Lets somebody spend a year.
    void spend(Trial trial, Scene scene) {
        if (trial.funds(scene).length < trial.bills().size()) {
            return;
        }
        var before = trial.before(scene);
        var idle = 0;
        for (var i = 0; i < ENCOUNTERS_OF_A_YEAR; i++) {
            var outcome = trial.settle(scene, HUGE, before);
            if (outcome.isEmpty()) {
                return;
            }
            var settlement = outcome.get();
            var worthwhile = note(settlement);
            idle = settlement.amounts().fund().isZero() ? idle + 1 : 0;
            if (i == 0 && !worthwhile || idle > DAYS_OF_A_MONTH || reached.containsAll(met.keySet())) {
                return;
            }
            before = next(trial.waterfall().counters(), settlement, i);
        }
    }

    /// Notes the ceilings of a settlement.
    ///
    /// @return whether this combination of ceilings deserves a whole year
    private boolean note(Settlement settlement) {
        var rows = new HashSet<Integer>();
        for (var step : settlement.steps()) {
            if (step.kind() == Step.Kind.CEILING && limitsPayment(step.layer(), step.row())) {
                met.put(step.row(), step.layer());
                rows.add(System.identityHashCode(step.row()));
            }
        }
        reached.addAll(Trial.bound(settlement).keySet());
        return !rows.isEmpty() && years.merge(rows, 1, Integer::sum) <= MOST_YEARS;
    }

    /// Whether a row limits what this benefit alone is paid; a ceiling that benefits share is reached by them together.
    private boolean limitsPayment(@Nullable Layer layer, @Nullable Row<?> row) {
        return layer != null && row != null && row.value() instanceof Amount.Yuan
                && layer.ceilings().stream().anyMatch(ceiling -> ceiling.on() == Ceiling.On.PAYMENT
                && !shared.contains(ceiling.counter())
                && ceiling.rows().rows().stream().anyMatch(its -> its == row));
    }

    /// The counters that the next day's encounter finds.
    private static long[] next(List<Counter> counters, Settlement settlement, int encounters) {
        var next = new long[counters.size()];
        for (var slot = 0; slot < next.length; slot++) {
            var counter = counters.get(slot);
            var kept = counter.period() == Period.YEAR
                    || counter.period() == Period.MONTH && encounters % DAYS_OF_A_MONTH != DAYS_OF_A_MONTH - 1;
            next[slot] = kept && counter.unit() == Counter.Unit.FEN ? settlement.position().after(slot)
                    : counter.unit() == Counter.Unit.STAYS ? settlement.position().before(slot) : 0;
        }
        return next;
    }
}
