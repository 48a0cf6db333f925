package tongchou.core.settlement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tongchou.core.calendar.KnownOn;
import tongchou.core.calendar.Period;
import tongchou.core.policy.Bands;
import tongchou.core.policy.Ceiling;
import tongchou.core.policy.Deductible;
import tongchou.core.policy.DeductibleChange;
import tongchou.core.policy.Demand;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Table;

/// Turns dated rules into the masks and slots of one day (规则编译).
final class Compiler {

    private final LocalDate day;
    private final KnownOn known;
    private final Map<Demand, Integer> bits = new LinkedHashMap<>();
    private final Map<Counter, Integer> slots = new LinkedHashMap<>();

    Compiler(LocalDate day, KnownOn known) {
        this.day = day;
        this.known = known;
    }

    /// Every distinct demand that was compiled; the place of each is its bit.
    Set<Demand> demands() {
        return bits.keySet();
    }

    /// Every counter that was compiled; the place of each is its slot.
    Set<Counter> counters() {
        return slots.keySet();
    }

    private int bit(Demand demand) {
        return bits.computeIfAbsent(demand, added -> bits.size());
    }

    int slot(String name, Period period, Counter.Unit unit) {
        return slots.computeIfAbsent(new Counter(name, period, unit), added -> slots.size());
    }

    <V> Selection<V> select(Table<V> table) {
        return Selection.of(table.on(day, known), this::bit);
    }

    Stage stage(Layer layer) {
        var increments = new LinkedHashMap<Integer, Stage.Growth>();
        var deductible = layer.deductible() == null ? null : deductible(layer.deductible(), increments);
        var bands = layer.bands() == null ? null : bands(layer.bands(), increments);
        var own = increments(increments);
        var ceilings = layer.ceilings().stream().map(this::ceiling).toList();
        ceilings.forEach(ceiling -> increment(increments, ceiling.slot(), ceiling.counts()));
        return new Stage(layer, select(layer.applies()), select(layer.excluded()), deductible, bands,
                layer.changes().stream().map(this::select).toList(), select(layer.guarantee()), ceilings, own);
    }

    private static List<Stage.Increment> increments(Map<Integer, Stage.Growth> increments) {
        return increments.entrySet().stream().filter(entry -> entry.getKey() >= 0)
                .map(entry -> new Stage.Increment(entry.getKey(), entry.getValue())).toList();
    }

    private Stage.DeductibleTables deductible(Deductible rule, Map<Integer, Stage.Growth> increments) {
        var slot = memory(rule.counter(), rule.per());
        var episode = hasChange(rule, DeductibleChange.Continuous.class)
                ? slot(rule.counter(), Period.EPISODE, Counter.Unit.FEN) : -1;
        var year = hasChange(rule, DeductibleChange.AtMostInYear.class)
                ? slot(rule.counter(), Period.YEAR, Counter.Unit.FEN) : -1;
        for (var moved : new int[] {slot, episode, year}) {
            increment(increments, moved, Stage.Growth.DEDUCTIBLE);
        }
        return new Stage.DeductibleTables(select(rule.rows()), rule.changes().stream().map(this::select).toList(),
                slot, episode, year, rule.timesMonths());
    }

    private static boolean hasChange(Deductible rule, Class<? extends DeductibleChange> kind) {
        return rule.changes().stream().flatMap(table -> table.rows().stream())
                .anyMatch(row -> kind.isInstance(row.value()));
    }

    private Stage.BandTable bands(Bands rule, Map<Integer, Stage.Growth> increments) {
        var rows = new ArrayList<>(rule.rows().on(day, known, band -> band.above().value()));
        rows.sort((left, right) -> left.value().above().compareTo(right.value().above()));
        var onPayment = rule.measuredOn() == Bands.Measure.PAYMENT;
        var absolute = rule.origin() == Bands.Origin.ABSOLUTE;
        var slot = memory(rule.counter(), rule.over());
        increment(increments, slot, onPayment ? Stage.Growth.PAYMENT
                : absolute ? Stage.Growth.EXPENSE_WITH_DEDUCTIBLE : Stage.Growth.EXPENSE);
        return new Stage.BandTable(Selection.of(rows, this::bit), slot, onPayment, absolute);
    }

    private Stage.CeilingTables ceiling(Ceiling rule) {
        return new Stage.CeilingTables(select(rule.rows()), select(rule.growth()),
                memory(rule.counter(), rule.per()), rule.on(), rule.timesMonths());
    }

    private int memory(String counter, Period period) {
        return period == Period.ENCOUNTER || counter.isEmpty() ? -1 : slot(counter, period, Counter.Unit.FEN);
    }

    private static void increment(Map<Integer, Stage.Growth> increments, int slot, Stage.Growth growth) {
        var earlier = increments.put(slot, growth);
        if (slot >= 0 && earlier != null && earlier != growth) {
            throw new IllegalArgumentException("one counter is used for " + earlier + " and for " + growth);
        }
    }
}
