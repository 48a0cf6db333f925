package tongchou.core.settlement;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.core.encounter.Claim;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.money.Rounding;
import tongchou.core.policy.Burden;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Payer;
import tongchou.core.policy.Row;

/// What one layer does for one combination of facts (支付份额): rows are chosen, only arithmetic is left.
///
/// It takes the layer's base out of the burdens of a [Workings], pays a part of it and puts the rest back where it
/// belongs. Amounts in play are counted in the unit of the workings.
sealed interface Share {

    /// Pays, or leaves a refusal in the workings.
    void pay(Claim claim, LocalDate day, Workings w);

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
    ///
    /// @param rows what the table states on the day, for other cases
    /// @param unknown the row that says that nobody knows how much, null when there is none
    record Missing(Layer layer, long[] base, String table, List<? extends Row<?>> rows, @Nullable Row<?> unknown)
            implements Share {
        Missing(Layer layer, String table, List<? extends Row<?>> rows, @Nullable Row<?> unknown) {
            this(layer, places(layer), table, rows, unknown);
        }

        @Override
        public void pay(Claim claim, LocalDate day, Workings w) {
            if (gather(base, w) > 0) {
                w.refusal = unknown != null ? Refusals.unknown(layer, table, unknown, claim)
                        : Refusals.noRule(layer, table, claim, Nearest.among(rows, claim, day, w.stayNumber));
            }
        }
    }

    /// The layer pays nothing and says why; what it would have worked on stays with the patient.
    record Excluded(Layer layer, long[] base, Row<Boolean> gate) implements Share {
        Excluded(Layer layer, Row<Boolean> gate) {
            this(layer, places(layer), gate);
        }

        @Override
        public void pay(Claim claim, LocalDate day, Workings w) {
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

    /// Accounts and the institution pay all they can of their base, accounts up to their ceilings.
    ///
    /// @param row the rule by which the layer takes part, null when nothing dated says so
    /// @param counted the counters of the ceilings
    record Direct(Layer layer, long[] base, @Nullable Row<Boolean> row, List<Limit> limits,
            List<Stage.Increment> counted) implements Share {
        Direct(Layer layer, @Nullable Row<Boolean> row, List<Limit> limits, List<Stage.Increment> counted) {
            this(layer, places(layer), row, limits, counted);
        }

        @Override
        public void pay(Claim claim, LocalDate day, Workings w) {
            var open = gather(base, w);
            if (open > 0) {
                var payment = Math.max(0, Math.min(w.whole(open), available(claim, w)));
                for (var i = 0; i < limits.size() && payment > 0; i++) {
                    payment = Math.min(payment, limits.get(i).room(claim, day, w));
                }
                for (var grown : counted) {
                    w.counters[grown.slot()] += payment;
                }
                w.step(Step.Kind.PAYMENT, layer, row, payment, w.fen(open), 0);
                relieve(layer, base, payment, w);
            }
        }

        private long available(Claim claim, Workings w) {
            var purse = claim.purse();
            var usedOwn = w.paid(Payer.ACCOUNT_CURRENT_YEAR) + w.paid(Payer.ACCOUNT);
            return switch (layer.payer()) {
                case ACCOUNT_CURRENT_YEAR -> purse.currentYear().value() - usedOwn;
                case ACCOUNT -> purse.own().value() - usedOwn;
                case FAMILY_ACCOUNT -> purse.family().value() - w.paid(Payer.FAMILY_ACCOUNT);
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
        private final @Nullable PlainShare plain;

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
            this.plain = promise == null ? PlainShare.of(layer, deduction, segments, limits, increments) : null;
        }

        @Override
        public void pay(Claim claim, LocalDate day, Workings w) {
            w.begin(gather(base, w));
            if (w.base == 0) {
                return;
            }
            if (deduction != null) {
                deduction.take(claim, w);
                if (sorts) {
                    w.deductible += w.fen(w.taken);
                }
            }
            limitExpense(claim, day, w);
            var wanted = payment(claim, day, w);
            if (w.refusal != null) {
                return;
            }
            var payment = limitPayment(claim, day, wanted, w);
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

        /// The same share for many claims at a time; null where it depends on the claim.
        @Nullable PlainShare plain() {
            return plain;
        }

        private long payment(Claim claim, LocalDate day, Workings w) {
            if (segments == null) {
                w.whole();
            } else {
                segments.cut(claim, day, w);
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

        private void limitExpense(Claim claim, LocalDate day, Workings w) {
            for (var limit : limits) {
                if (!limit.onPayment()) {
                    var room = limit.roomForExpense(claim, day, w);
                    if (room < w.payable) {
                        w.over += w.payable - room;
                        w.payable = room;
                    }
                }
            }
        }

        private long limitPayment(Claim claim, LocalDate day, long wanted, Workings w) {
            var room = Long.MAX_VALUE;
            for (var limit : limits) {
                if (limit.onPayment()) {
                    room = Math.min(room, limit.room(claim, day, w));
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
}
