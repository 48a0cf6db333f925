package tongchou.core.settlement;

import java.util.List;
import tongchou.core.encounter.Claim;
import tongchou.core.money.Fen;
import tongchou.core.money.Rounding;
import tongchou.core.policy.Amount;
import tongchou.core.policy.DeductibleChange;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Row;

/// The chosen deductible and the rules that change it (选定的起付线).
final class Deduction {

    private final Layer layer;
    private final Row<Amount> standard;
    private final List<Row<DeductibleChange>> changes;
    private final Stage.DeductibleTables tables;
    private final long fixed;

    Deduction(Layer layer, Row<Amount> standard, List<Row<DeductibleChange>> changes,
            Stage.DeductibleTables tables) {
        this.layer = layer;
        this.standard = standard;
        this.changes = changes;
        this.tables = tables;
        this.fixed = changes.isEmpty() && !tables.timesMonths() ? switch (standard.value()) {
            case Amount.Yuan(var fen) -> fen.value();
            case Amount.None() -> 0;
            default -> -1;
        } : -1;
    }

    int slot() {
        return tables.slot();
    }

    /// The deductible in fen where it is the same for every claim, else -1.
    long constant() {
        var due = tables.timesMonths() ? -1 : switch (standard.value()) {
            case Amount.Yuan(var fen) -> fen.value();
            case Amount.None() -> 0;
            default -> -1;
        };
        for (var change : changes) {
            if (due < 0) {
                return due;
            }
            due = switch (change.value()) {
                case DeductibleChange.Times(var factor) -> factor.of(Fen.of(due), Rounding.HALF_UP).value();
                case DeductibleChange.Minus(var fen) -> Math.max(0, due - fen.value());
                case DeductibleChange.AtLeast(var fen) -> Math.max(due, fen.value());
                case DeductibleChange.Waived() -> 0;
                default -> -1;
            };
        }
        return due;
    }

    void take(Claim claim, Workings w) {
        var due = fixed >= 0 ? fixed : due(claim, w);
        if (fixed >= 0) {
            w.step(Step.Kind.DEDUCTIBLE_STANDARD, layer, standard, due, 0, 0);
        }
        if (tables.slot() >= 0) {
            var borne = w.counters[tables.slot()];
            if (borne > 0) {
                due = Math.max(0, due - borne);
                w.step(Step.Kind.DEDUCTIBLE_BORNE, layer, standard, borne, due, 0);
            }
        }
        w.taken = Math.min(w.base, Math.multiplyExact(due, w.unit));
        w.payable = w.base - w.taken;
        w.step(Step.Kind.DEDUCTIBLE, layer, standard, w.fen(w.taken), w.fen(w.base), 0);
    }

    private long due(Claim claim, Workings w) {
        var due = w.stated(standard.value());
        if (tables.timesMonths()) {
            due = Math.multiplyExact(due, claim.encounter().supplyMonths());
        }
        w.step(Step.Kind.DEDUCTIBLE_STANDARD, layer, standard, due, 0, 0);
        for (var change : changes) {
            var changed = changed(due, change.value(), claim, w);
            w.step(Step.Kind.DEDUCTIBLE_CHANGE, layer, change, changed, due, 0);
            due = changed;
        }
        return due;
    }

    private long changed(long due, DeductibleChange change, Claim claim, Workings w) {
        return switch (change) {
            case DeductibleChange.Times(var factor) -> factor.of(Fen.of(due), Rounding.HALF_UP).value();
            case DeductibleChange.Minus(var fen) -> Math.max(0, due - fen.value());
            case DeductibleChange.MinusPerFurtherStay(var fen) ->
                Math.max(0, due - Math.multiplyExact(fen.value(), w.stayNumber - 1));
            case DeductibleChange.AtLeast(var fen) -> Math.max(due, fen.value());
            case DeductibleChange.Waived() -> 0;
            case DeductibleChange.Continuous() -> Math.max(0, due - w.counters[tables.episodeSlot()]);
            case DeductibleChange.AgainEvery(var days) ->
                Math.multiplyExact(due, (claim.encounter().days() + days - 1) / days);
            case DeductibleChange.AtMostInYear(var fen) ->
                Math.min(due, Math.max(0, fen.value() - w.counters[tables.yearSlot()]));
        };
    }
}
