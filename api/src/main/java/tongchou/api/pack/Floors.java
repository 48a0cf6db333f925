package tongchou.api.pack;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tongchou.core.encounter.Filing;
import tongchou.core.encounter.Place;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.policy.Axis;
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

    /// Larger than any deductible away from home.
    private static final Fen AWAY_BILL = Fen.of(20_000_00);

    private final List<Pack.Parameter> floors;

    /// @param parameters those of a pack and of the packs it extends
    Floors(List<Pack.Parameter> parameters, Policy policy) {
        this.floors = parameters.stream().filter(one -> one.floor() != null)
                .filter(one -> one.area().isEmpty() || one.area().equals(policy.area())).toList();
    }

    /// A ratio under a floor.
    ///
    /// @param scene who is paid by it, and where
    /// @param row which states the ratio
    /// @param read the ratio and what is asked, for example `49.99% < 50%`
    /// @param floor which states the least
    record Under(Scene scene, Row<?> row, String read, Pack.Parameter floor) {

        @Override
        public String toString() {
            var source = floor.row().citation().document();
            return "%s (%s%s)".formatted(read, source.title(), source.number());
        }
    }

    /// The ratios by which somebody is paid less somewhere than a floor demands that holds on the last days of the
    /// rules. A limit written as a ratio of zero is no ratio.
    List<Under> under(Trial trial, Scene place) {
        var under = new ArrayList<Under>();
        var asked = asked(trial, place, false);
        if (!asked.isEmpty() && trial.funds(place).length > 0) {
            for (var bill : BILLS) {
                trial.settle(place, bill, trial.before(place)).ifPresent(settlement -> asked.forEach(floor ->
                        add(place, settlement, floor, bill, under)));
            }
        }
        return under;
    }

    private List<Pack.Parameter> asked(Trial trial, Scene place, boolean points) {
        var claim = place.claim(trial.day(), trial.division(), Fen.ZERO);
        return floors.stream().filter(one -> one.isPoints() == points && one.row().inForce().overlaps(trial.days())
                && one.row().when().holds(claim, trial.day(), place.stayNumber())).toList();
    }

    private static void add(Scene place, Settlement settlement, Pack.Parameter floor, Fen bill, List<Under> under) {
        var least = Ratio.of(floor.row().value());
        var pool = floor.floor() == Payer.POOLED;
        for (var step : settlement.steps()) {
            if (isBand(step, floor) && step.ratio() < least.millionths() && pool == bill.equals(BILLS.getFirst())
                    && isNew(under, step, floor)) {
                under.add(new Under(place, Objects.requireNonNull(step.row()), new Ratio(step.ratio()).percent() + " < "
                        + floor.row().value(), floor));
            }
        }
    }

    private static boolean isBand(Step step, Pack.Parameter floor) {
        return step.kind() == Step.Kind.BAND && step.layer() != null && step.layer().payer() == floor.floor()
                && step.ratio() > 0;
    }

    private static boolean isNew(List<Under> under, Step step, Pack.Parameter floor) {
        return under.stream().noneMatch(one -> one.row() == step.row() && one.floor() == floor);
    }

    /// Floors in points hold against what the same person gets at home from an institution of the same tier.
    List<Under> away(Trial trial, Scene place) {
        var under = new ArrayList<Under>();
        var waterfall = trial.waterfall();
        if (place.numbers().getOrDefault(Axis.PLACE, 0L) != Place.LOCAL.ordinal() || !waterfall.asks(Axis.PLACE)
                && !waterfall.asks(Axis.FILING) || trial.funds(place).length == 0) {
            return under;
        }
        var homes = new EnumMap<Payer, Optional<Step>>(Payer.class);
        for (var filing : Filing.values()) {
            var away = place.with(Axis.PLACE, Place.OUTSIDE).with(Axis.FILING, filing);
            for (var floor : asked(trial, away, true)) {
                var home = homes.computeIfAbsent(Objects.requireNonNull(floor.floor()), payer ->
                        first(trial, place.with(Axis.PLACE, Place.LOCAL), floor));
                var there = first(trial, away, floor);
                if (home.isPresent() && there.isPresent() && isNew(under, there.get(), floor)
                        && there.get().ratio() < home.get().ratio() + points(floor)) {
                    under.add(new Under(away, Objects.requireNonNull(there.get().row()), "%s < %s %s".formatted(
                            new Ratio(there.get().ratio()).percent(), new Ratio(home.get().ratio()).percent(),
                            floor.row().value()), floor));
                }
            }
        }
        return under;
    }

    private static long points(Pack.Parameter floor) {
        return Ratio.of(floor.row().value() + "%").millionths();
    }

    /// The first segment of a large bill: its ratio is compared, whatever is borne before.
    private static Optional<Step> first(Trial trial, Scene place, Pack.Parameter floor) {
        return trial.settle(place, AWAY_BILL, trial.before(place)).flatMap(settlement -> settlement.steps().stream()
                .filter(step -> isBand(step, floor)).findFirst());
    }
}
