package tongchou.api.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tongchou.core.calendar.InForce;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.policy.Payer;
import tongchou.core.policy.Policy;
import tongchou.core.policy.Row;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Step;

/// The least ratios that documents above a region demand of it (支付比例下限): parameters with a `floor`, each for the
/// cases that its condition names.
final class Floors {

    /// An ordinary bill, and one large enough for the layers after the pool.
    private static final List<Fen> BILLS = List.of(Fen.of(1_000_00), Fen.of(100_000_00));

    private final List<Pack.Parameter> floors;

    /// @param parameters those of a pack and of the packs it extends
    Floors(List<Pack.Parameter> parameters, Policy policy) {
        this.floors = parameters.stream().filter(one -> one.floor() != null)
                .filter(one -> one.area().isEmpty() || one.area().equals(policy.area())).toList();
    }

    /// A ratio under a floor.
    ///
    /// @param row which states the ratio
    /// @param floor which states the least
    record Under(Row<?> row, Ratio ratio, Pack.Parameter floor) {

        @Override
        public String toString() {
            var source = floor.row().citation().document();
            return "%s < %s (%s%s)".formatted(ratio.percent(), floor.row().value(), source.title(), source.number());
        }
    }

    /// The ratios by which somebody is paid less somewhere than a floor demands that holds on the last days of the
    /// rules. A limit written as a ratio of zero is no ratio.
    List<Under> under(Trial trial, Scene place) {
        var under = new ArrayList<Under>();
        var claim = place.claim(trial.day(), trial.division(), Fen.ZERO);
        var days = new InForce(trial.day(), trial.waterfall().policy().cover().to());
        var asked = floors.stream().filter(one -> one.row().inForce().overlaps(days)
                && one.row().when().holds(claim, trial.day(), place.stayNumber())).toList();
        if (asked.isEmpty() || trial.funds(place).length == 0) {
            return under;
        }
        for (var bill : BILLS) {
            trial.settle(place, bill, trial.before(place)).ifPresent(settlement -> asked.forEach(floor ->
                    add(settlement, floor, bill, under)));
        }
        return under;
    }

    private static void add(Settlement settlement, Pack.Parameter floor, Fen bill, List<Under> under) {
        var least = Ratio.of(floor.row().value());
        var pool = floor.floor() == Payer.POOLED;
        for (var step : settlement.steps()) {
            if (step.kind() == Step.Kind.BAND && step.layer() != null && step.layer().payer() == floor.floor()
                    && step.ratio() > 0 && step.ratio() < least.millionths()
                    && pool == bill.equals(BILLS.getFirst())
                    && under.stream().noneMatch(one -> one.row() == step.row() && one.floor() == floor)) {
                under.add(new Under(Objects.requireNonNull(step.row()), new Ratio(step.ratio()), floor));
            }
        }
    }
}
