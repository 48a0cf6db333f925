package tongchou.core.settlement;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tongchou.core.encounter.Claim;
import tongchou.core.money.Ratio;
import tongchou.core.money.Rounding;
import tongchou.core.policy.Bands;
import tongchou.core.policy.Layer;
import tongchou.core.policy.RatioChange;
import tongchou.core.policy.Row;

/// The chosen segments and the rules that change their ratios (选定的分段).
final class Segments {

    private static final long UNKNOWN = -1;

    private final Layer layer;
    private final List<Row<Bands.Band>> rows;
    private final List<Row<RatioChange>> changes;
    private final long[] above;
    private final long[] ratios;
    private final boolean byAge;
    private final int slot;
    private final boolean onPayment;
    private final boolean absolute;

    Segments(Layer layer, List<Row<Bands.Band>> rows, List<Row<RatioChange>> changes, Stage.BandTable table) {
        this.layer = layer;
        this.rows = rows;
        this.changes = changes;
        this.above = rows.stream().mapToLong(row -> row.value().above().value()).toArray();
        this.byAge = changes.stream().anyMatch(row -> row.value() instanceof RatioChange.PointsPerYearOfAge);
        this.ratios = rows.stream().mapToLong(row -> row.value().ratio() == null
                ? UNKNOWN : byAge ? row.value().ratio().millionths() : changed(row.value().ratio().millionths(), 0))
                .toArray();
        this.slot = table.slot();
        this.onPayment = table.onPayment();
        this.absolute = table.absolute();
    }

    /// Segments that are the same for every claim and measure expense: bounds in fen, ratios in millionths.
    record Constant(int slot, boolean absolute, long[] above, long[] ratios) {
    }

    @Nullable Constant constant() {
        var known = LongStream.of(ratios).allMatch(ratio -> ratio >= 0 && ratio <= Ratio.ONE);
        return known && !byAge && !onPayment ? new Constant(slot, absolute, above, ratios) : null;
    }

    /// Cuts the payable amount into segments; leaves what they pay in the workings, exactly.
    void cut(Claim claim, LocalDate day, Workings w) {
        w.bands = above.length;
        for (var i = 0; i < above.length; i++) {
            w.ratios[i] = byAge ? changed(ratios[i], claim.member().age(day)) : ratios[i];
            w.segments[i] = 0;
        }
        if (onPayment) {
            cutByPayment(claim, w);
        } else {
            cutByExpense(claim, w);
        }
        for (var i = 0; i < above.length; i++) {
            if (w.ratios[i] == UNKNOWN && w.segments[i] > 0) {
                w.refusal = Refusals.unknown(layer, "bands above " + rows.get(i).value().above().yuan(), rows.get(i),
                        claim);
                return;
            }
        }
        if (w.steps != null) {
            explain(claim.member().age(day), w);
        }
    }

    private void explain(long age, Workings w) {
        for (var change : changes) {
            if (hasEffect(change, age, w)) {
                w.step(Step.Kind.RATIO_CHANGE, layer, change, 0, 0, stated(change.value()));
            }
        }
        for (var i = 0; i < w.bands; i++) {
            if (w.segments[i] > 0) {
                var part = Rounding.HALF_UP.quotient(Math.multiplyExact(w.segments[i], w.ratios[i]),
                        Math.multiplyExact(w.unit, Ratio.ONE));
                w.step(Step.Kind.BAND, layer, rows.get(i), part, w.fen(w.segments[i]), w.ratios[i]);
            }
        }
    }

    /// Whether the result would be another without the rule: a cap that nothing reaches need not be explained.
    private boolean hasEffect(Row<RatioChange> change, long age, Workings w) {
        for (var i = 0; i < w.bands; i++) {
            var row = rows.get(i).value().ratio();
            if (w.segments[i] > 0 && row != null && without(change, row.millionths(), age) != w.ratios[i]) {
                return true;
            }
        }
        return false;
    }

    private long without(Row<RatioChange> left, long stated, long age) {
        var ratio = stated;
        for (var change : changes) {
            if (change != left && ratio != 0) {
                ratio = Math.clamp(changed(ratio, change.value(), age), 0, Ratio.ONE);
            }
        }
        return ratio;
    }

    private long changed(long stated, long age) {
        if (stated == 0 || stated == UNKNOWN) {
            return stated;
        }
        var ratio = stated;
        for (var change : changes) {
            ratio = Math.clamp(changed(ratio, change.value(), age), 0, Ratio.ONE);
        }
        return ratio;
    }

    private static long changed(long ratio, RatioChange change, long age) {
        return switch (change) {
            case RatioChange.Points(var points) -> ratio + points.millionths();
            case RatioChange.PointsPerYearOfAge(var points, var from) ->
                ratio + points.millionths() * Math.max(0, age - from);
            case RatioChange.Times(var factor) -> new Ratio(ratio).times(factor).millionths();
            case RatioChange.PatientShareTimes(var factor) ->
                Ratio.ONE - new Ratio(Ratio.ONE - ratio).times(factor).millionths();
            case RatioChange.AtLeast(var least) -> Math.max(ratio, least.millionths());
            case RatioChange.AtMost(var most) -> Math.min(ratio, most.millionths());
        };
    }

    private static long stated(RatioChange change) {
        return switch (change) {
            case RatioChange.Points(var points) -> points.millionths();
            case RatioChange.PointsPerYearOfAge(var points, var from) -> points.millionths();
            case RatioChange.Times(var factor) -> factor.millionths();
            case RatioChange.PatientShareTimes(var factor) -> factor.millionths();
            case RatioChange.AtLeast(var least) -> least.millionths();
            case RatioChange.AtMost(var most) -> most.millionths();
        };
    }

    private void cutByExpense(Claim claim, Workings w) {
        var memory = slot >= 0 ? Math.multiplyExact(w.counters[slot], w.unit) : 0;
        var start = memory + (absolute ? w.taken : 0);
        var end = Math.addExact(start, w.payable);
        if (start < Math.multiplyExact(above[0], w.unit) && w.payable > 0) {
            refuseBelow(claim, w);
        }
        var exact = 0L;
        for (var i = 0; i < above.length; i++) {
            var lower = Math.multiplyExact(above[i], w.unit);
            var upper = i + 1 < above.length ? Math.multiplyExact(above[i + 1], w.unit) : Long.MAX_VALUE;
            var segment = Math.min(end, upper) - Math.max(start, lower);
            if (segment > 0) {
                w.segments[i] = segment;
                exact = Math.addExact(exact, Math.multiplyExact(segment, w.ratios[i]));
            }
        }
        w.exact = exact;
    }

    /// The chosen rows begin above the measure: what holds below is not stated.
    private void refuseBelow(Claim claim, Workings w) {
        w.refusal = Refusals.noRule(layer, "bands below " + rows.getFirst().value().above().yuan(), claim,
                Nearest.NONE);
    }

    /// Segments whose bounds measure what the layer has paid: each lets through as much expense as fills it.
    private void cutByPayment(Claim claim, Workings w) {
        var paid = slot >= 0 ? w.counters[slot] : 0;
        w.rest = w.payable;
        if (paid < above[0] && w.payable > 0) {
            refuseBelow(claim, w);
        }
        for (var i = 0; i < above.length && w.rest > 0; i++) {
            var ratio = w.ratios[i];
            if (i + 1 < above.length && ratio > 0) {
                var room = Math.multiplyExact(Math.multiplyExact(above[i + 1] - paid, w.unit), Ratio.ONE) - w.exact;
                if (room <= 0) {
                    continue;
                }
                if (Math.multiplyExact(w.rest, ratio) > room) {
                    var factor = ratio / Workings.greatestCommonDivisor(room, ratio);
                    w.refine(factor);
                    room = Math.multiplyExact(room, factor);
                    w.segments[i] = room / ratio;
                    w.exact = Math.addExact(w.exact, room);
                    w.rest -= w.segments[i];
                    continue;
                }
            }
            w.segments[i] = w.rest;
            w.exact = Math.addExact(w.exact, Math.multiplyExact(w.rest, ratio));
            w.rest = 0;
        }
    }
}
