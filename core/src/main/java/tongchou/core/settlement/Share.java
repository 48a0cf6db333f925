package tongchou.core.settlement;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
import tongchou.core.policy.Row;

/// What one layer does for one combination of facts (支付份额): rows are chosen, only arithmetic is left.
///
/// It takes the layer's base out of the burdens of a [Workings], pays a part of it and puts the rest back where it
/// belongs. Amounts in play are counted in the unit of the workings.
sealed interface Share {

    /// Pays, or leaves a refusal in the workings.
    void pay(Turn turn, Workings w);

    /// The facts of the claim that arithmetic needs.
    ///
    /// @param stayNumber which stay of the benefit year this is
    record Turn(Claim claim, java.time.LocalDate day, long stayNumber) {
        long age() {
            return claim.member().age(day);
        }

        long yearsEnrolled() {
            return java.time.temporal.ChronoUnit.YEARS.between(claim.standing().enrolledSince(), day);
        }

        long months() {
            return claim.encounter().supplyMonths();
        }
    }

    private static long[] places(Layer layer) {
        return layer.base().stream().mapToLong(Burden::ordinal).toArray();
    }

    private static long gather(long[] base, Workings w) {
        var sum = 0L;
        for (var burden : base) {
            sum += w.burdens[(int) burden];
        }
        return sum;
    }

    /// Takes a payment out of the burdens in their order.
    private static void relieve(Layer layer, long[] base, long payment, Workings w) {
        var open = payment * w.unit;
        for (var burden : base) {
            var part = Math.min(open, w.burdens[(int) burden]);
            w.burdens[(int) burden] -= part;
            open -= part;
        }
        w.pay(layer, payment);
    }

    /// A table of the layer has no row: the claim is refused as soon as the layer has something to work on.
    record Missing(Layer layer, long[] base, String table) implements Share {
        Missing(Layer layer, String table) {
            this(layer, places(layer), table);
        }

        @Override
        public void pay(Turn turn, Workings w) {
            if (gather(base, w) > 0) {
                w.refusal = Refusals.noRule(layer, table, turn.claim);
            }
        }
    }

    /// The layer pays nothing and says why; what it would have worked on stays with the patient.
    record Excluded(Layer layer, long[] base, Row<Boolean> gate) implements Share {
        Excluded(Layer layer, Row<Boolean> gate) {
            this(layer, places(layer), gate);
        }

        @Override
        public void pay(Turn turn, Workings w) {
            var open = gather(base, w);
            if (open > 0) {
                w.step(Step.Kind.EXCLUDED, layer, gate, 0, w.fen(open), 0);
                if (layer.sorts()) {
                    for (var burden : base) {
                        w.burdens[(int) burden] = 0;
                    }
                    w.burdens[Burden.EXCLUDED.ordinal()] += open;
                }
            }
        }
    }

    /// Accounts and the institution pay all they can of their base.
    record Direct(Layer layer, long[] base) implements Share {
        Direct(Layer layer) {
            this(layer, places(layer));
        }

        @Override
        public void pay(Turn turn, Workings w) {
            var open = gather(base, w);
            if (open > 0) {
                var payment = Math.max(0, Math.min(w.whole(open), available(turn.claim, w)));
                w.step(Step.Kind.PAYMENT, layer, null, payment, w.fen(open), 0);
                relieve(layer, base, payment, w);
            }
        }

        private long available(Claim claim, Workings w) {
            var purse = claim.purse();
            var usedOwn = w.paid[Payer.ACCOUNT_CURRENT_YEAR.ordinal()] + w.paid[Payer.ACCOUNT.ordinal()];
            return switch (layer.payer()) {
                case ACCOUNT_CURRENT_YEAR -> purse.currentYear().value() - usedOwn;
                case ACCOUNT -> purse.own().value() - usedOwn;
                case FAMILY_ACCOUNT -> purse.family().value() - w.paid[Payer.FAMILY_ACCOUNT.ordinal()];
                default -> Long.MAX_VALUE;
            };
        }
    }

    /// A fund pays: deductible, segments, promise, ceilings, one rounding.
    final class Paid implements Share {

        private final Layer layer;
        private final long[] base;
        private final boolean sorts;
        private final Rounding rounding;
        private final @Nullable Deduction deduction;
        private final @Nullable Segments segments;
        private final @Nullable Row<Ratio> promise;
        private final Limit[] limits;
        private final int[] slots;
        private final Stage.Growth[] growths;

        Paid(Layer layer, @Nullable Deduction deduction, @Nullable Segments segments, @Nullable Row<Ratio> promise,
                List<Limit> limits, List<Stage.Increment> increments) {
            this.layer = layer;
            this.base = places(layer);
            this.sorts = layer.sorts();
            this.rounding = layer.rounding();
            this.deduction = deduction;
            this.segments = segments;
            this.promise = promise;
            this.limits = limits.toArray(Limit[]::new);
            this.slots = increments.stream().mapToInt(Stage.Increment::slot).toArray();
            this.growths = increments.stream().map(Stage.Increment::by).toArray(Stage.Growth[]::new);
        }

        @Override
        public void pay(Turn turn, Workings w) {
            w.begin(gather(base, w));
            if (w.base == 0) {
                return;
            }
            if (deduction != null) {
                deduction.take(turn, w);
                if (sorts) {
                    w.deductible += w.fen(w.taken);
                }
            }
            limitExpense(turn, w);
            var wanted = payment(turn, w);
            if (w.refusal != null) {
                return;
            }
            var payment = limitPayment(turn, wanted, w);
            for (var i = 0; i < slots.length; i++) {
                w.counters[slots[i]] += grown(growths[i], payment, w);
            }
            if (sorts) {
                sort(payment, w);
            } else {
                relieve(layer, base, payment, w);
            }
            w.step(Step.Kind.PAYMENT, layer, null, payment, w.fen(w.base), 0);
        }

        private long payment(Turn turn, Workings w) {
            if (segments == null) {
                w.whole();
            } else {
                segments.cut(turn, w);
            }
            if (w.refusal != null) {
                return 0;
            }
            var payment = w.unit == 1 ? rounding.ofMillionths(w.exact)
                    : rounding.quotient(w.exact, Math.multiplyExact(w.unit, Ratio.ONE));
            payment = Math.min(payment, w.whole(w.payable));
            if (promise == null) {
                return payment;
            }
            var least = Math.min(w.whole(w.base), promise.value().of(Fen.of(w.inScope), rounding).value());
            if (least <= payment) {
                return payment;
            }
            w.taken = Math.min(w.taken, w.base - least * w.unit);
            w.step(Step.Kind.GUARANTEE, layer, promise, least, w.inScope, promise.value().millionths());
            return least;
        }

        private void limitExpense(Turn turn, Workings w) {
            for (var limit : limits) {
                if (!limit.onPayment()) {
                    var room = limit.roomForExpense(turn, w);
                    if (room < w.payable) {
                        w.over += w.payable - room;
                        w.payable = room;
                    }
                }
            }
        }

        private long limitPayment(Turn turn, long wanted, Workings w) {
            var room = Long.MAX_VALUE;
            for (var limit : limits) {
                if (limit.onPayment()) {
                    room = Math.min(room, limit.room(turn, w));
                }
            }
            if (wanted <= room) {
                return wanted;
            }
            w.turnIntoExpense(w.exact - Math.multiplyExact(Math.multiplyExact(room, w.unit), Ratio.ONE));
            return room;
        }

        private static long grown(Stage.Growth growth, long payment, Workings w) {
            return switch (growth) {
                case DEDUCTIBLE -> w.fen(w.taken);
                case EXPENSE -> w.fen(w.payable);
                case EXPENSE_WITH_DEDUCTIBLE -> w.fen(w.payable + w.taken);
                case PAYMENT -> payment;
            };
        }

        private void sort(long payment, Workings w) {
            for (var burden : base) {
                w.burdens[(int) burden] = 0;
            }
            w.burdens[Burden.DEDUCTIBLE.ordinal()] += w.taken;
            w.burdens[Burden.OVER_CEILING.ordinal()] += w.over;
            w.burdens[Burden.CO_PAY.ordinal()] += w.base - w.taken - w.over - payment * w.unit;
            w.pay(layer, payment);
        }
    }

    /// The chosen deductible and the rules that change it.
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

        void take(Turn turn, Workings w) {
            var due = fixed >= 0 ? fixed : due(turn, w);
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

        private long due(Turn turn, Workings w) {
            var due = standard(standard.value(), w);
            if (tables.timesMonths()) {
                due = Math.multiplyExact(due, turn.months());
            }
            w.step(Step.Kind.DEDUCTIBLE_STANDARD, layer, standard, due, 0, 0);
            for (var change : changes) {
                var changed = changed(due, change.value(), turn, w);
                w.step(Step.Kind.DEDUCTIBLE_CHANGE, layer, change, changed, due, 0);
                due = changed;
            }
            return due;
        }

        private long changed(long due, DeductibleChange change, Turn turn, Workings w) {
            return switch (change) {
                case DeductibleChange.Times(var factor) -> factor.of(Fen.of(due), Rounding.HALF_UP).value();
                case DeductibleChange.Minus(var fen) -> Math.max(0, due - fen.value());
                case DeductibleChange.MinusPerFurtherStay(var fen) ->
                    Math.max(0, due - Math.multiplyExact(fen.value(), turn.stayNumber() - 1));
                case DeductibleChange.AtLeast(var fen) -> Math.max(due, fen.value());
                case DeductibleChange.Waived() -> 0;
                case DeductibleChange.Continuous() -> Math.max(0, due - w.counters[tables.episodeSlot()]);
                case DeductibleChange.AgainEvery(var days) ->
                    Math.multiplyExact(due, (turn.claim().encounter().days() + days - 1) / days);
                case DeductibleChange.AtMostInYear(var fen) ->
                    Math.min(due, Math.max(0, fen.value() - w.counters[tables.yearSlot()]));
            };
        }
    }

    /// What a row of money states for this bill, in fen.
    private static long standard(Amount amount, Workings w) {
        return switch (amount) {
            case Amount.Yuan(var fen) -> fen.value();
            case Amount.ShareOfBill(var share, var atLeast, var atMost) -> part(share, atLeast, atMost, w.total);
            case Amount.ShareOfScope(var share, var atLeast, var atMost) -> part(share, atLeast, atMost, w.inScope);
            case Amount.None() -> 0;
        };
    }

    private static long part(Ratio share, Fen atLeast, Fen atMost, long of) {
        var part = share.of(Fen.of(of), Rounding.HALF_UP).value();
        return Math.min(atMost.value(), Math.max(atLeast.value(), part));
    }

    /// The chosen segments and the rules that change their ratios.
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

        /// Cuts the payable amount into segments; leaves what they pay in the workings, exactly.
        void cut(Turn turn, Workings w) {
            w.bands = above.length;
            for (var i = 0; i < above.length; i++) {
                w.ratios[i] = byAge ? changed(ratios[i], turn.age()) : ratios[i];
                w.segments[i] = 0;
            }
            if (onPayment) {
                cutByPayment(turn, w);
            } else {
                cutByExpense(turn, w);
            }
            for (var i = 0; i < above.length; i++) {
                if (w.ratios[i] == UNKNOWN && w.segments[i] > 0) {
                    w.refusal = Refusals.noRule(layer, "bands above " + rows.get(i).value().above().yuan(), turn.claim());
                    return;
                }
            }
            if (w.steps != null) {
                explain(w);
            }
        }

        private void explain(Workings w) {
            for (var change : changes) {
                w.step(Step.Kind.RATIO_CHANGE, layer, change, 0, 0, stated(change.value()));
            }
            for (var i = 0; i < w.bands; i++) {
                if (w.segments[i] > 0) {
                    var part = Rounding.HALF_UP.quotient(Math.multiplyExact(w.segments[i], w.ratios[i]),
                            Math.multiplyExact(w.unit, Ratio.ONE));
                    w.step(Step.Kind.BAND, layer, rows.get(i), part, w.fen(w.segments[i]), w.ratios[i]);
                }
            }
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

        private void cutByExpense(Turn turn, Workings w) {
            var memory = slot >= 0 ? Math.multiplyExact(w.counters[slot], w.unit) : 0;
            var start = memory + (absolute ? w.taken : 0);
            var end = Math.addExact(start, w.payable);
            if (start < Math.multiplyExact(above[0], w.unit) && w.payable > 0) {
                refuseBelow(turn, w);
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
        private void refuseBelow(Turn turn, Workings w) {
            w.refusal = Refusals.noRule(layer, "bands below " + rows.getFirst().value().above().yuan(), turn.claim());
        }

        /// Segments whose bounds measure what the layer has paid: each lets through as much expense as fills it.
        private void cutByPayment(Turn turn, Workings w) {
            var paid = slot >= 0 ? w.counters[slot] : 0;
            w.rest = w.payable;
            if (paid < above[0] && w.payable > 0) {
                refuseBelow(turn, w);
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

    /// A chosen ceiling.
    final class Limit {

        private final Layer layer;
        private final Row<Amount> row;
        private final @Nullable Row<Ceiling.Growth> growth;
        private final Stage.CeilingTables tables;
        private final long fixed;

        Limit(Layer layer, Row<Amount> row, @Nullable Row<Ceiling.Growth> growth, Stage.CeilingTables tables) {
            this.layer = layer;
            this.row = row;
            this.growth = growth;
            this.tables = tables;
            this.fixed = growth == null && !tables.timesMonths() && row.value() instanceof Amount.Yuan(var fen)
                    ? fen.value() : -1;
        }

        Stage.CeilingTables tables() {
            return tables;
        }

        boolean onPayment() {
            return tables.on() == Ceiling.On.PAYMENT;
        }

        /// The expense above the deductible that it still lets in, in the unit of the workings.
        long roomForExpense(Turn turn, Workings w) {
            var room = Math.multiplyExact(room(turn, w), w.unit);
            return tables.on() == Ceiling.On.EXPENSE ? room : Math.max(0, room - w.taken);
        }

        /// What it still lets through, in fen.
        long room(Turn turn, Workings w) {
            var limit = fixed >= 0 ? fixed : limit(turn, w);
            var used = tables.slot() >= 0 ? w.counters[tables.slot()] : 0;
            var room = Math.max(0, limit - used);
            w.step(Step.Kind.CEILING, layer, row, room, used, 0);
            return room;
        }

        private long limit(Turn turn, Workings w) {
            var limit = standard(row.value(), w);
            if (tables.timesMonths()) {
                limit = Math.multiplyExact(limit, turn.months());
            }
            if (growth == null) {
                return limit;
            }
            var value = growth.value();
            var added = Math.multiplyExact(value.fen().value(), Math.max(0, turn.yearsEnrolled() - value.afterYears()));
            return limit + Math.min(added, switch (value.atMost()) {
                case Ceiling.Growth.Limit.Sum(var fen) -> fen.value();
                case Ceiling.Growth.Limit.Share(var ratio) -> ratio.of(Fen.of(limit), Rounding.DOWN).value();
            });
        }
    }
}
