package tongchou.core.settlement;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tongchou.core.money.Ratio;
import tongchou.core.policy.Amount;
import tongchou.core.policy.Bands;
import tongchou.core.policy.Ceiling;
import tongchou.core.policy.DeductibleChange;
import tongchou.core.policy.Layer;
import tongchou.core.policy.RatioChange;
import tongchou.core.policy.Row;

/// A layer compiled for one day (支付层次的编译形式): its tables as selections over the demands of the waterfall.
///
/// For one combination of facts it chooses the rows that hold; what they do to an amount is a [Share].
///
/// @param increments what the counters of deductible and segments grow by when the layer has paid
record Stage(
        Layer layer,
        Selection<Boolean> applies,
        Selection<Boolean> excluded,
        @Nullable DeductibleTables deductible,
        @Nullable BandTable bands,
        List<Selection<RatioChange>> changes,
        Selection<Ratio> guarantee,
        List<CeilingTables> ceilings,
        List<Increment> increments) {

    /// What a counter grows by.
    enum Growth {
        DEDUCTIBLE, EXPENSE, EXPENSE_WITH_DEDUCTIBLE, PAYMENT
    }

    record Increment(int slot, Growth by) {
    }

    record DeductibleTables(Selection<Amount> rows, List<Selection<DeductibleChange>> changes, int slot,
            int episodeSlot, int yearSlot, boolean timesMonths) {
    }

    record BandTable(Selection<Bands.Band> rows, int slot, boolean onPayment, boolean absolute) {
    }

    record CeilingTables(Selection<Amount> rows, Selection<Ceiling.Growth> growth, int slot, Ceiling.On on,
            boolean timesMonths) {
        Growth counts() {
            return switch (on) {
                case PAYMENT -> Growth.PAYMENT;
                case EXPENSE -> Growth.EXPENSE;
                case EXPENSE_WITH_DEDUCTIBLE -> Growth.EXPENSE_WITH_DEDUCTIBLE;
            };
        }
    }

    /// What the layer does for claims whose met demands are `bits`; null when it takes no part.
    @Nullable Share choose(long bits) {
        if (!layer.applies().isEmpty() && !holds(applies, bits)) {
            return null;
        }
        if (!layer.payer().isFund()) {
            var limits = limits(bits);
            return limits == null ? lacking(bits)
                    : new Share.Direct(layer, applies.chosen(bits), limits, counted(limits));
        }
        var gate = excluded.chosen(bits);
        if (gate != null && gate.value()) {
            return new Share.Excluded(layer, gate);
        }
        Deduction deduction = null;
        if (deductible != null) {
            var standard = deductible.rows.chosen(bits);
            if (standard == null || standard.value() instanceof Amount.Unknown) {
                return new Share.Missing(layer, "deductible", deductible.rows.rows(), standard);
            }
            deduction = new Deduction(layer, standard, chosen(deductible.changes, bits), deductible);
        }
        Segments segments = null;
        if (bands != null) {
            var rows = bandRows(bands.rows, bits);
            if (rows.isEmpty()) {
                return new Share.Missing(layer, "bands", bands.rows.rows(), null);
            }
            segments = new Segments(layer, rows, chosen(changes, bits), bands);
        }
        var limits = limits(bits);
        if (limits == null) {
            return lacking(bits);
        }
        return new Share.Paid(layer, deduction, segments, guarantee.chosen(bits), limits, counted(limits));
    }

    /// The ceilings that hold; null when one of them states nothing for such claims.
    private @Nullable List<Limit> limits(long bits) {
        var limits = new ArrayList<Limit>();
        for (var ceiling : ceilings) {
            var row = ceiling.rows.chosen(bits);
            if (row == null || row.value() instanceof Amount.Unknown) {
                return null;
            }
            if (!(row.value() instanceof Amount.None)) {
                limits.add(new Limit(layer, row, ceiling.growth.chosen(bits), ceiling));
            }
        }
        return limits;
    }

    /// The first ceiling that states nothing for such claims.
    private Share lacking(long bits) {
        return ceilings.stream().map(CeilingTables::rows).filter(rows -> rows.chosen(bits) == null
                || rows.chosen(bits).value() instanceof Amount.Unknown).findFirst()
                .map(rows -> new Share.Missing(layer, "ceiling", rows.rows(), rows.chosen(bits))).orElseThrow();
    }

    /// What grows: the counters of deductible and segments, and those of the ceilings that hold. A ceiling that is
    /// explicitly none for this claim neither limits nor counts.
    private List<Increment> counted(List<Limit> limits) {
        var counted = new LinkedHashSet<>(increments);
        limits.stream().map(Limit::tables).filter(ceiling -> ceiling.slot >= 0)
                .forEach(ceiling -> counted.add(new Increment(ceiling.slot, ceiling.counts())));
        return List.copyOf(counted);
    }

    private static boolean holds(Selection<Boolean> table, long bits) {
        var row = table.chosen(bits);
        return row != null && row.value();
    }

    private static <V> List<Row<V>> chosen(List<Selection<V>> tables, long bits) {
        return tables.stream().map(table -> table.chosen(bits)).filter(Objects::nonNull).toList();
    }

    /// The most specific row of each bound, in the order of the bounds.
    private static List<Row<Bands.Band>> bandRows(Selection<Bands.Band> rows, long bits) {
        var chosen = new ArrayList<Row<Bands.Band>>();
        rows.holding(bits).forEach(row -> {
            if (chosen.isEmpty() || !chosen.getLast().value().above().equals(row.value().above())) {
                chosen.add(row);
            }
        });
        return chosen;
    }
}
