package tongchou.core.settlement;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tongchou.core.encounter.Claim;
import tongchou.core.money.Fen;
import tongchou.core.money.Rounding;
import tongchou.core.policy.Amount;
import tongchou.core.policy.Ceiling;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Row;

/// A chosen ceiling (选定的封顶线).
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

    /// The ceiling in fen where it is the same for every claim, else -1.
    long constant() {
        return fixed;
    }

    boolean onPayment() {
        return tables.on() == Ceiling.On.PAYMENT;
    }

    /// The expense above the deductible that it still lets in, in the unit of the workings.
    long roomForExpense(Claim claim, LocalDate day, Workings w) {
        var room = Math.multiplyExact(room(claim, day, w), w.unit);
        return tables.on() == Ceiling.On.EXPENSE ? room : Math.max(0, room - w.taken);
    }

    /// What it still lets through, in fen.
    long room(Claim claim, LocalDate day, Workings w) {
        var limit = fixed >= 0 ? fixed : limit(claim, day, w);
        var used = tables.slot() >= 0 ? w.counters[tables.slot()] : 0;
        var room = Math.max(0, limit - used);
        w.step(Step.Kind.CEILING, layer, row, room, used, 0);
        return room;
    }

    private long limit(Claim claim, LocalDate day, Workings w) {
        var limit = w.stated(row.value());
        if (tables.timesMonths()) {
            limit = Math.multiplyExact(limit, claim.encounter().supplyMonths());
        }
        if (growth == null) {
            return limit;
        }
        var value = growth.value();
        var years = ChronoUnit.YEARS.between(claim.standing().enrolledSince(), day);
        var added = Math.multiplyExact(value.fen().value(), Math.max(0, years - value.afterYears()))
                + Math.multiplyExact(value.claimFree().value(), (long) claim.standing().claimFreeYears());
        return limit + Math.min(added, switch (value.atMost()) {
            case Ceiling.Growth.Limit.Sum(var fen) -> fen.value();
            case Ceiling.Growth.Limit.Share(var ratio) -> ratio.of(Fen.of(limit), Rounding.DOWN).value();
        });
    }
}
