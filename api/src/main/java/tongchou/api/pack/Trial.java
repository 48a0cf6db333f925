package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.InForce;
import tongchou.core.calendar.KnownOn;
import tongchou.core.money.Fen;
import tongchou.core.policy.Axis;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Row;
import tongchou.core.settlement.Counter;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Step;
import tongchou.core.settlement.Waterfall;
import tongchou.core.settlement.Workings;

/// One benefit on one day, tried with scenes and bills (试算).
final class Trial {
    private final Waterfall waterfall;
    private final InForce days;
    private final List<Fen> bills;
    private final Workings workings;
    private final Map<Scene, long[]> tried = new HashMap<>();
    private final Set<Axis> idle;

    /// Facts that change nothing unless a row asks for them.
    private static final Set<Axis> ASKED_ONLY = EnumSet.of(Axis.RELIEF, Axis.CIVIL_SERVANT, Axis.CONTRACT,
            Axis.DESIGNATED, Axis.TIER, Axis.KIND, Axis.ADMINISTRATION, Axis.SPECIALTY, Axis.GRADE, Axis.CHANNEL,
            Axis.FILING, Axis.REFERRAL, Axis.REFERRAL_DAYS);

    /// @param days the day that is tried, and the last one on which the same rules hold
    Trial(Waterfall waterfall, InForce days, List<Fen> bills, Workings workings) {
        this.waterfall = waterfall;
        this.days = days;
        this.bills = bills;
        this.workings = workings;
        this.idle = EnumSet.copyOf(ASKED_ONLY);
        idle.removeIf(axis -> waterfall.asks(axis)
                || waterfall.benefit().applies().demands().stream().anyMatch(demand -> demand.axis() == axis));
        if (waterfall.asks(Axis.REFERRAL_DAYS)) {
            idle.remove(Axis.REFERRAL);
        }
    }

    Waterfall waterfall() {
        return waterfall;
    }

    LocalDate day() {
        return days.from();
    }

    /// The day that is tried to the last on which the same rules hold.
    InForce days() {
        return days;
    }

    List<Fen> bills() {
        return bills;
    }

    /// Settles a bill with its explanation, when the rules do.
    Optional<Settlement> settle(Scene scene, Fen bill, long[] before) {
        return waterfall.settle(scene.claim(day(), division(), bill), day(), KnownOn.LATEST, before, workings)
                instanceof Settlement settlement ? Optional.of(settlement) : Optional.empty();
    }

    String division() {
        return waterfall.policy().divisions().getFirst();
    }

    /// The counters of a person who used nothing but earlier stays.
    long[] before(Scene scene) {
        return waterfall.counters().stream()
                .mapToLong(counter -> counter.unit() == Counter.Unit.STAYS ? scene.stayNumber() - 1 : 0).toArray();
    }

    /// What the funds pay for each bill, up to the first that the rules do not settle. Scenes that no rule tells apart
    /// are settled once.
    long[] funds(Scene scene) {
        return tried.computeIfAbsent(scene.without(idle), this::settle);
    }

    private long[] settle(Scene scene) {
        // Who comes where is the same for every bill.
        var plain = scene.claim(day(), division(), Fen.ZERO);
        if (!waterfall.benefit().applies().holds(plain, day(), scene.stayNumber())) {
            return new long[0];
        }
        var before = before(scene);
        var funds = new long[bills.size()];
        for (var i = 0; i < funds.length; i++) {
            if (!waterfall.run(Scene.withBill(plain, bills.get(i)), day(), before.clone(), workings)) {
                return Arrays.copyOf(funds, i);
            }
            funds[i] = workings.fund();
        }
        return funds;
    }

    /// The row of the last band by which a bill is paid, null when no band pays.
    @Nullable Row<?> rule(Scene scene, Fen bill) {
        return settle(scene, bill, before(scene)).stream().flatMap(settlement -> settlement.steps().stream())
                .filter(step -> step.kind() == Step.Kind.BAND && step.row() != null).reduce((first, last) -> last)
                .map(Step::row).orElse(null);
    }

    /// Whether a ceiling cuts a bill: then the next layer takes over, and ways of care are no longer comparable.
    boolean isCut(Scene scene, Fen bill) {
        return settle(scene, bill, before(scene)).stream().anyMatch(settlement -> !bound(settlement).isEmpty());
    }

    /// The ceilings on payment that cut a settlement, with the layers they stand in.
    static Map<Row<?>, Layer> bound(Settlement settlement) {
        var bound = new IdentityHashMap<Row<?>, Layer>();
        var rooms = new ArrayList<Step>();
        for (var step : settlement.steps()) {
            if (step.kind() == Step.Kind.CEILING && step.row() != null) {
                rooms.add(step);
            } else if (step.kind() == Step.Kind.PAYMENT) {
                rooms.stream().filter(room -> room.layer() == step.layer() && room.amount() <= step.amount())
                        .forEach(room -> bound.put(room.row(), room.layer()));
            }
        }
        return bound;
    }
}
