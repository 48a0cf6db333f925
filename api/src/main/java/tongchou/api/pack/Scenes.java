package tongchou.api.pack;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tongchou.core.alliance.Institution;
import tongchou.core.alliance.Tier;
import tongchou.core.money.Fen;
import tongchou.core.people.Scheme;
import tongchou.core.people.Status;
import tongchou.core.policy.Amount;
import tongchou.core.policy.Axis;
import tongchou.core.policy.Benefit;
import tongchou.core.policy.Condition;
import tongchou.core.policy.Demand;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Row;
import tongchou.core.policy.Table;

/// The people, places and bills that the rules of a benefit tell apart (情形枚举), one scene of each kind.
final class Scenes {

    /// The most people a benefit is tried with; beyond it the further axes are varied one at a time.
    private static final int MOST_PEOPLE = 24;

    private static final Set<Axis> OF_THE_PLACE = EnumSet.of(Axis.TIER, Axis.KIND, Axis.ADMINISTRATION,
            Axis.SPECIALTY, Axis.CONTRACT, Axis.REFERRAL, Axis.REFERRAL_DAYS, Axis.CARE, Axis.SCHEME,
            Axis.BILL);

    private static final long[] ROUND_BILLS = {
        1_00, 50_00, 100_00, 300_00, 500_00, 800_00, 1_000_00, 1_500_00, 2_000_00, 3_000_00, 5_000_00, 8_000_00,
        10_000_00, 15_000_00, 20_000_00, 30_000_00, 50_000_00, 80_000_00, 100_000_00, 150_000_00, 200_000_00,
        300_000_00, 500_000_00, 1_000_000_00};

    private final Benefit benefit;
    private final List<Demand> demands;

    Scenes(Benefit benefit) {
        this.benefit = benefit;
        this.demands = Stream.concat(Stream.of(benefit.applies()), rows(benefit).map(Row::when))
                .map(Condition::demands).flatMap(Collection::stream).distinct().toList();
    }

    /// Every row of a benefit, in the order of its layers.
    static Stream<Row<?>> rows(Benefit benefit) {
        Stream<Table<?>> own = Stream.of(benefit.prePay(), benefit.outOfAreaPrePay());
        return Stream.concat(own, benefit.layers().stream().flatMap(Scenes::tables))
                .flatMap(table -> table.rows().stream());
    }

    private static Stream<Table<?>> tables(Layer layer) {
        var tables = new ArrayList<Table<?>>(List.of(layer.applies(), layer.excluded(), layer.guarantee()));
        tables.addAll(layer.changes());
        if (layer.deductible() != null) {
            tables.add(layer.deductible().rows());
            tables.addAll(layer.deductible().changes());
        }
        if (layer.bands() != null) {
            tables.add(layer.bands().rows());
        }
        layer.ceilings().forEach(ceiling -> {
            tables.add(ceiling.rows());
            tables.add(ceiling.growth());
        });
        return tables.stream();
    }

    /// People who differ in something that a rule of the benefit asks for; where they go is left open.
    List<Scene> people() {
        var people = new ArrayList<>(plain());
        for (var axis : Axis.values()) {
            if (OF_THE_PLACE.contains(axis) || demands.stream().noneMatch(demand -> demand.axis() == axis)) {
                continue;
            }
            var from = people.size() * values(axis).size() > MOST_PEOPLE ? List.copyOf(plain()) : List.copyOf(people);
            for (var scene : from) {
                for (var value : values(axis)) {
                    people.add(value instanceof String word ? scene.with(axis, word) : scene.with(axis, (Long) value));
                }
            }
        }
        return people.stream().distinct().toList();
    }

    /// The ordinary person of each status that the benefit is for.
    List<Scene> plain() {
        var scene = Scene.PLAIN;
        for (var demand : benefit.applies().demands()) {
            scene = switch (demand) {
                case Demand.OneOf(var axis, var mask) -> scene.with(axis, Long.numberOfTrailingZeros(mask));
                case Demand.Within(var axis, var from, var to) -> scene.with(axis, isOpen(from) ? to : from);
                case Demand.Words(var axis, var words) -> scene.with(axis, new TreeSet<>(words).first());
            };
        }
        var scheme = Scheme.values()[Math.toIntExact(scene.numbers().getOrDefault(Axis.SCHEME, 0L))];
        var plain = new ArrayList<Scene>();
        for (var status : Status.values()) {
            if (status.scheme() == scheme) {
                plain.add(scene.with(Axis.STATUS, status));
            }
        }
        return plain;
    }

    /// A value of an axis from each side of every bound that the rules draw.
    private List<Object> values(Axis axis) {
        var values = new TreeSet<Object>();
        if (axis.isListed()) {
            for (var i = 0L; i < axis.choices().size(); i++) {
                values.add(i);
            }
        }
        for (var demand : demands) {
            if (demand.axis() == axis && demand instanceof Demand.Within(var same, var from, var to)) {
                bounds(values, from, to);
            } else if (demand.axis() == axis && demand instanceof Demand.Words(var same, var words)) {
                values.addAll(words);
            }
        }
        return List.copyOf(values);
    }

    /// Whether a bound is no bound: days and years that no claim has.
    private static boolean isOpen(long bound) {
        return Math.abs(bound / 2) > Integer.MAX_VALUE;
    }

    private static void bounds(Set<Object> values, long from, long to) {
        if (!isOpen(from)) {
            values.add(from);
            values.add(Math.max(0, from - 1));
        }
        if (!isOpen(to)) {
            values.add(to);
            values.add(to + 1);
        }
    }

    /// The places of care, the primary tier first.
    static List<Scene> places(Scene person) {
        return List.of(
                place(person, Tier.PRIMARY, Institution.Kind.COMMUNITY, Institution.Administration.DISTRICT),
                place(person, Tier.PRIMARY, Institution.Kind.TOWNSHIP, Institution.Administration.TOWNSHIP),
                place(person, Tier.SECONDARY, Institution.Kind.HOSPITAL, Institution.Administration.COUNTY),
                place(person, Tier.TERTIARY, Institution.Kind.HOSPITAL, Institution.Administration.CITY));
    }

    private static Scene place(
            Scene person, Tier tier, Institution.Kind kind, Institution.Administration administration) {
        return person.with(Axis.TIER, tier).with(Axis.KIND, kind).with(Axis.ADMINISTRATION, administration);
    }

    /// Bills on both sides of every amount that the rules state, and round ones between, in fen, rising.
    List<Fen> bills() {
        var bills = new TreeSet<Long>();
        for (var round : ROUND_BILLS) {
            bills.add(round);
        }
        for (var demand : demands) {
            if (demand instanceof Demand.Within(var axis, var from, var to) && axis == Axis.BILL) {
                LongStream.of(from, to).filter(bound -> bound > 100 && bound < 1_000_000_00).forEach(bound ->
                        bills.addAll(List.of(bound - 100, bound, bound + 100)));
            }
        }
        rows(benefit).forEach(row -> {
            var stated = switch (row.value()) {
                case Amount.Yuan(var fen) -> fen.value();
                case tongchou.core.policy.Bands.Band band -> band.above().value();
                default -> 0L;
            };
            if (stated > 100 && stated < 1_000_000_00) {
                bills.addAll(List.of(stated - 100, stated, stated + 100, stated * 2));
            }
        });
        return bills.stream().map(Fen::of).toList();
    }
}
