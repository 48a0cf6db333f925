package tongchou.core.settlement;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.Period;
import tongchou.core.encounter.Claim;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.money.Rounding;
import tongchou.core.policy.Amount;
import tongchou.core.policy.Bands;
import tongchou.core.policy.Burden;
import tongchou.core.policy.Ceiling;
import tongchou.core.policy.DeductibleChange;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Payer;
import tongchou.core.policy.RatioChange;

/// A layer compiled for one day (支付层次的编译形式): it does to a [Workings] what the layer says.
///
/// Every method works on the amounts of the layer in turn: base, what the deductible takes, what is payable,
/// what lies over a ceiling. All of them are counted in the unit of the workings.
final class Stage {

    /// What a counter grows by when the layer has paid.
    enum Growth {
        DEDUCTIBLE, EXPENSE, EXPENSE_WITH_DEDUCTIBLE, PAYMENT
    }

    record Increment(int slot, Growth by) {
    }

    record DeductibleStage(
            Selection<Amount> rows, List<Selection<DeductibleChange>> changes, int slot, int episodeSlot,
            int yearSlot, boolean timesMonths) {
    }

    record BandStage(Selection<Bands.Band> rows, long[] above, long[] ratios, int slot, boolean onPayment,
            boolean absolute) {
    }

    record CeilingStage(Selection<Amount> rows, Selection<Ceiling.Growth> growth, int slot, boolean onPayment,
            boolean timesMonths) {
    }

    private final Layer layer;
    private final int[] base;
    private final boolean sorts;
    private final Selection<Boolean> applies;
    private final Selection<Boolean> excluded;
    private final @Nullable DeductibleStage deductible;
    private final @Nullable BandStage bands;
    private final List<Selection<RatioChange>> changes;
    private final Selection<Ratio> guarantee;
    private final List<CeilingStage> ceilings;
    private final List<Increment> increments;

    Stage(Layer layer, Selection<Boolean> applies, Selection<Boolean> excluded,
            @Nullable DeductibleStage deductible, @Nullable BandStage bands, List<Selection<RatioChange>> changes,
            Selection<Ratio> guarantee, List<CeilingStage> ceilings, List<Increment> increments) {
        this.layer = layer;
        this.base = layer.base().stream().mapToInt(Burden::ordinal).toArray();
        this.sorts = layer.sorts();
        this.applies = applies;
        this.excluded = excluded;
        this.deductible = deductible;
        this.bands = bands;
        this.changes = List.copyOf(changes);
        this.guarantee = guarantee;
        this.ceilings = List.copyOf(ceilings);
        this.increments = List.copyOf(increments);
    }

    /// Pays, or leaves a refusal in the workings.
    void pay(Claim claim, long age, long stayNumber, long yearsEnrolled, Workings w) {
        if (!applies.isEmpty()) {
            var place = applies.select(w.bits);
            if (place < 0 || !applies.row(place).value()) {
                return;
            }
        }
        w.base = 0;
        for (var burden : base) {
            w.base += w.burdens[burden];
        }
        w.taken = 0;
        w.over = 0;
        w.payable = w.base;
        w.bands = 0;
        if (w.base == 0) {
            return;
        }
        if (layer.payer().isAccount() || layer.payer() == Payer.HOSPITAL) {
            relieve(payDirectly(claim, w), w);
            return;
        }
        var gate = excluded.isEmpty() ? -1 : excluded.select(w.bits);
        if (gate >= 0 && excluded.row(gate).value()) {
            w.step(Step.Kind.EXCLUDED, layer, excluded.row(gate), 0, w.fen(w.base), 0);
            w.payable = 0;
        } else {
            takeDeductible(claim, stayNumber, w);
            limitExpense(claim, yearsEnrolled, w);
        }
        if (w.refusal != null) {
            return;
        }
        var payment = gate >= 0 && excluded.row(gate).value() ? 0 : payByBands(claim, age, yearsEnrolled, w);
        if (w.refusal != null) {
            return;
        }
        count(payment, w);
        relieve(payment, w);
        w.step(Step.Kind.PAYMENT, layer, null, payment, w.fen(w.base), 0);
    }

    private long payDirectly(Claim claim, Workings w) {
        var wanted = w.base / w.unit;
        var purse = claim.purse();
        var usedOwn = w.paid[Payer.ACCOUNT_CURRENT_YEAR.ordinal()] + w.paid[Payer.ACCOUNT.ordinal()];
        var payment = switch (layer.payer()) {
            case ACCOUNT_CURRENT_YEAR -> Math.min(wanted, purse.currentYear().value() - usedOwn);
            case ACCOUNT -> Math.min(wanted, purse.own().value() - usedOwn);
            case FAMILY_ACCOUNT -> Math.min(wanted, purse.family().value() - w.paid[Payer.FAMILY_ACCOUNT.ordinal()]);
            default -> wanted;
        };
        w.step(Step.Kind.PAYMENT, layer, null, Math.max(0, payment), w.fen(w.base), 0);
        return Math.max(0, payment);
    }

    private void takeDeductible(Claim claim, long stayNumber, Workings w) {
        var rule = deductible;
        if (rule == null) {
            return;
        }
        var place = rule.rows.select(w.bits);
        if (place < 0) {
            w.refusal = Refusals.noRule(layer, "deductible", claim);
            return;
        }
        var row = rule.rows.row(place);
        var due = standard(row.value(), w.total);
        if (rule.timesMonths) {
            due = Math.multiplyExact(due, (long) claim.encounter().supplyMonths());
        }
        w.step(Step.Kind.DEDUCTIBLE_STANDARD, layer, row, due, 0, 0);
        for (var change : rule.changes) {
            var at = change.select(w.bits);
            if (at >= 0) {
                var changed = changed(due, change.row(at).value(), claim, stayNumber, rule, w);
                w.step(Step.Kind.DEDUCTIBLE_CHANGE, layer, change.row(at), changed, due, 0);
                due = changed;
            }
        }
        if (rule.slot >= 0) {
            var borne = w.counters[rule.slot];
            if (borne > 0) {
                due = Math.max(0, due - borne);
                w.step(Step.Kind.DEDUCTIBLE_BORNE, layer, row, borne, due, 0);
            }
        }
        w.taken = Math.min(w.base, Math.multiplyExact(due, w.unit));
        w.payable = w.base - w.taken;
        w.step(Step.Kind.DEDUCTIBLE, layer, row, w.fen(w.taken), w.fen(w.base), 0);
        if (sorts) {
            w.deductible += w.fen(w.taken);
        }
    }

    private static long standard(Amount amount, long bill) {
        return switch (amount) {
            case Amount.Yuan(var fen) -> fen.value();
            case Amount.ShareOfBill(var share, var atLeast, var atMost) -> Math.min(atMost.value(), Math.max(
                    atLeast.value(), share.of(Fen.of(bill), Rounding.HALF_UP).value()));
            case Amount.None() -> 0;
        };
    }

    private static long changed(long due, DeductibleChange change, Claim claim, long stayNumber,
            DeductibleStage rule, Workings w) {
        return switch (change) {
            case DeductibleChange.Times(var factor) -> factor.of(Fen.of(due), Rounding.HALF_UP).value();
            case DeductibleChange.Minus(var fen) -> Math.max(0, due - fen.value());
            case DeductibleChange.MinusPerFurtherStay(var fen) ->
                Math.max(0, due - Math.multiplyExact(fen.value(), stayNumber - 1));
            case DeductibleChange.AtLeast(var fen) -> Math.max(due, fen.value());
            case DeductibleChange.Waived() -> 0;
            case DeductibleChange.Continuous() -> Math.max(0, due - w.counters[rule.episodeSlot]);
            case DeductibleChange.AgainEvery(var days) ->
                Math.multiplyExact(due, (claim.encounter().days() + days - 1) / days);
            case DeductibleChange.AtMostInYear(var fen) ->
                Math.min(due, Math.max(0, fen.value() - w.counters[rule.yearSlot]));
        };
    }

    private void limitExpense(Claim claim, long yearsEnrolled, Workings w) {
        for (var ceiling : ceilings) {
            if (!ceiling.onPayment) {
                var room = room(ceiling, claim, yearsEnrolled, w);
                if (room >= 0 && Math.multiplyExact(room, w.unit) < w.payable) {
                    w.over += w.payable - room * w.unit;
                    w.payable = room * w.unit;
                }
            }
        }
    }

    /// What a ceiling still lets through in fen, or -1 when it is explicitly none.
    private long room(CeilingStage ceiling, Claim claim, long yearsEnrolled, Workings w) {
        var place = ceiling.rows.select(w.bits);
        if (place < 0) {
            w.refusal = Refusals.noRule(layer, "ceiling", claim);
            return -1;
        }
        var row = ceiling.rows.row(place);
        if (row.value() instanceof Amount.None) {
            return -1;
        }
        var limit = standard(row.value(), w.total);
        if (ceiling.timesMonths) {
            limit = Math.multiplyExact(limit, (long) claim.encounter().supplyMonths());
        }
        var grows = ceiling.growth.select(w.bits);
        if (grows >= 0) {
            var growth = ceiling.growth.row(grows).value();
            var years = Math.max(0, yearsEnrolled - growth.afterYears());
            limit += Math.min(growth.atMost().value(), Math.multiplyExact(growth.fen().value(), years));
        }
        var used = ceiling.slot >= 0 ? w.counters[ceiling.slot] : 0;
        var room = Math.max(0, limit - used);
        w.step(Step.Kind.CEILING, layer, row, room, used, 0);
        return room;
    }

    private long payByBands(Claim claim, long age, long yearsEnrolled, Workings w) {
        var exact = bands == null ? wholeBase(w) : bandsOf(bands, claim, age, w);
        if (w.refusal != null) {
            return 0;
        }
        var payment = layer.rounding().quotient(exact, Math.multiplyExact(w.unit, Ratio.ONE));
        payment = Math.min(payment, w.payable / w.unit);
        var promise = guarantee.isEmpty() ? -1 : guarantee.select(w.bits);
        if (promise >= 0) {
            var ratio = guarantee.row(promise).value();
            var least = Math.min(w.base / w.unit, ratio.of(Fen.of(w.inScope), layer.rounding()).value());
            if (least > payment) {
                payment = least;
                w.taken = Math.min(w.taken, w.base - least * w.unit);
                w.step(Step.Kind.GUARANTEE, layer, guarantee.row(promise), payment, w.inScope, ratio.millionths());
            }
        }
        var room = Long.MAX_VALUE;
        for (var ceiling : ceilings) {
            if (ceiling.onPayment) {
                var left = room(ceiling, claim, yearsEnrolled, w);
                room = left < 0 ? room : Math.min(room, left);
            }
        }
        if (payment > room) {
            payment = room;
            turnIntoExpense(exact - Math.multiplyExact(Math.multiplyExact(room, w.unit), Ratio.ONE), w);
        }
        return payment;
    }

    private static long wholeBase(Workings w) {
        w.segments[0] = w.payable;
        w.ratios[0] = Ratio.ONE;
        w.bands = 1;
        return Math.multiplyExact(w.payable, Ratio.ONE);
    }

    /// Cuts the payable amount into segments; returns what they pay in millionths of the unit.
    private long bandsOf(BandStage rule, Claim claim, long age, Workings w) {
        selectBands(rule, w);
        if (w.bands == 0) {
            w.refusal = Refusals.noRule(layer, "bands", claim);
            return 0;
        }
        changeRatios(age, w);
        var exact = rule.onPayment ? cutByPayment(rule, w) : cutByExpense(rule, w);
        if (w.steps != null) {
            for (var i = 0; i < w.bands; i++) {
                if (w.segments[i] > 0) {
                    var part = Rounding.HALF_UP.quotient(Math.multiplyExact(w.segments[i], w.ratios[i]),
                            Math.multiplyExact(w.unit, Ratio.ONE));
                    w.step(Step.Kind.BAND, layer, rule.rows.row(w.bandRows[i]), part, w.fen(w.segments[i]), w.ratios[i]);
                }
            }
        }
        return exact;
    }

    private static void selectBands(BandStage rule, Workings w) {
        var last = -1L;
        for (var i = 0; i < rule.above.length; i++) {
            if (rule.above[i] != last && rule.rows.meets(i, w.bits)) {
                last = rule.above[i];
                w.bandRows[w.bands] = i;
                w.ratios[w.bands] = rule.ratios[i];
                w.segments[w.bands] = 0;
                w.bands++;
            }
        }
    }

    private void changeRatios(long age, Workings w) {
        for (var change : changes) {
            var at = change.select(w.bits);
            if (at >= 0) {
                var row = change.row(at);
                for (var i = 0; i < w.bands; i++) {
                    if (w.ratios[i] != 0) {
                        w.ratios[i] = Math.clamp(changed(w.ratios[i], row.value(), age), 0, Ratio.ONE);
                    }
                }
                w.step(Step.Kind.RATIO_CHANGE, layer, row, 0, 0, stated(row.value()));
            }
        }
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

    private static long cutByExpense(BandStage rule, Workings w) {
        var memory = rule.slot >= 0 ? Math.multiplyExact(w.counters[rule.slot], w.unit) : 0;
        var start = memory + (rule.absolute ? w.taken : 0);
        var end = Math.addExact(start, w.payable);
        var exact = 0L;
        for (var i = 0; i < w.bands; i++) {
            var lower = bound(rule, i, w);
            var upper = i + 1 < w.bands ? bound(rule, i + 1, w) : Long.MAX_VALUE;
            var segment = Math.min(end, upper) - Math.max(start, lower);
            if (segment > 0) {
                w.segments[i] = segment;
                exact = Math.addExact(exact, Math.multiplyExact(segment, w.ratios[i]));
            }
        }
        return exact;
    }

    private static long bound(BandStage rule, int band, Workings w) {
        return Math.multiplyExact(rule.above[w.bandRows[band]], w.unit);
    }

    /// Segments whose bounds measure what the layer has paid: each lets through as much expense as fills it.
    private static long cutByPayment(BandStage rule, Workings w) {
        var paid = rule.slot >= 0 ? w.counters[rule.slot] : 0;
        var rest = w.payable;
        var exact = 0L;
        for (var i = 0; i < w.bands && rest > 0; i++) {
            var ratio = w.ratios[i];
            var wanted = Math.multiplyExact(rest, ratio);
            if (i + 1 < w.bands && ratio > 0) {
                var upper = rule.above[w.bandRows[i + 1]] - paid;
                var room = Math.multiplyExact(Math.multiplyExact(upper, w.unit), Ratio.ONE) - exact;
                if (room <= 0) {
                    continue;
                }
                if (wanted > room) {
                    var factor = ratio / greatestCommonDivisor(room, ratio);
                    if (factor > 1) {
                        w.refine(factor);
                        exact = Math.multiplyExact(exact, factor);
                        rest = Math.multiplyExact(rest, factor);
                        room = Math.multiplyExact(room, factor);
                    }
                    w.segments[i] = room / ratio;
                    exact = Math.addExact(exact, room);
                    rest -= w.segments[i];
                    continue;
                }
            }
            w.segments[i] = rest;
            exact = Math.addExact(exact, wanted);
            rest = 0;
        }
        return exact;
    }

    /// Turns the payment that a ceiling cut off back into the expense it would have paid, without rounding.
    private static void turnIntoExpense(long cut, Workings w) {
        var excess = cut;
        for (var i = w.bands - 1; i >= 0 && excess > 0; i--) {
            var part = Math.multiplyExact(w.segments[i], w.ratios[i]);
            if (excess >= part) {
                w.over += w.segments[i];
                excess -= part;
            } else {
                var factor = w.ratios[i] / greatestCommonDivisor(excess, w.ratios[i]);
                if (factor > 1) {
                    w.refine(factor);
                    excess = Math.multiplyExact(excess, factor);
                }
                w.over += excess / w.ratios[i];
                excess = 0;
            }
        }
    }

    private static long greatestCommonDivisor(long left, long right) {
        return right == 0 ? left : greatestCommonDivisor(right, left % right);
    }

    private void count(long payment, Workings w) {
        for (var increment : increments) {
            w.counters[increment.slot] += switch (increment.by) {
                case DEDUCTIBLE -> w.fen(w.taken);
                case EXPENSE -> w.fen(w.payable);
                case EXPENSE_WITH_DEDUCTIBLE -> w.fen(w.payable + w.taken);
                case PAYMENT -> payment;
            };
        }
    }

    private void relieve(long payment, Workings w) {
        w.paid[layer.payer().ordinal()] += payment;
        if (w.postings != null && payment != 0) {
            w.postings.add(new Posting(layer.payer(), Fen.of(payment), layer));
        }
        if (sorts) {
            for (var burden : base) {
                w.burdens[burden] = 0;
            }
            w.burdens[Burden.DEDUCTIBLE.ordinal()] += w.taken;
            w.burdens[Burden.OVER_CEILING.ordinal()] += w.over;
            w.burdens[Burden.CO_PAY.ordinal()] += w.base - w.taken - w.over - payment * w.unit;
            return;
        }
        var open = payment * w.unit;
        for (var burden : base) {
            var part = Math.min(open, w.burdens[burden]);
            w.burdens[burden] -= part;
            open -= part;
        }
    }

    Layer layer() {
        return layer;
    }
}
