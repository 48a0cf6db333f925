package tongchou.api.pack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Tier;
import tongchou.core.encounter.Care;
import tongchou.core.encounter.Referral;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.people.Scheme;
import tongchou.core.policy.Amount;
import tongchou.core.policy.Axis;
import tongchou.core.policy.Benefit;
import tongchou.core.policy.Ceiling;
import tongchou.core.policy.Payer;
import tongchou.core.policy.Policy;
import tongchou.core.policy.Row;
import tongchou.core.settlement.Step;
import tongchou.core.settlement.Waterfalls;
import tongchou.core.settlement.Workings;

/// What rules reward by mistake (激励检查): settles made-up people at every tier, with and without referral and contract,
/// over rising bills, and reports where the better way pays less.
///
/// Everything it says is a warning: a published rule may really be so, and then the author knows.
final class Incentives {

    /// Rounding of several layers may give back a fen or two.
    private static final long ROUNDING = 3;

    /// A bill of ordinary outpatient care.
    private static final Fen ORDINARY = Fen.of(1_000_00);

    private final Workings workings = new Workings();
    private final Map<String, Trouble> troubles = new LinkedHashMap<>();
    private final List<Pack.Parameter> parameters;
    private final Set<String> shared;

    /// Names of the parameters that state the national floor of ordinary outpatient care, by scheme.
    private static final Map<String, Set<Scheme>> FLOORS = Map.of(
            "职工门诊政策范围内支付比例下限", Set.of(Scheme.EMPLOYEE),
            "职工居民门诊政策范围内支付比例下限", Set.of(Scheme.EMPLOYEE, Scheme.RESIDENT));

    /// What goes wrong.
    private enum Kind {
        PRIMARY("基层待遇低于上级机构", "基层支付不低于上级机构", "the primary tier pays at least what a higher one pays"),
        CLIFF("多花一元，个人多付不止一元", "费用增加时基金支付不减少", "a higher bill never lowers what the fund pays"),
        REFERRAL("转诊待遇低于自行就医", "转诊支付不低于自行就医", "a referral pays at least what going alone pays"),
        CONTRACT("签约待遇低于未签约", "签约支付不低于未签约", "contracted members get at least what others get"),
        CEILING("封顶线永远达不到", "可以达到的限额，或不设", "a ceiling that can be reached, or none"),
        FLOOR("支付比例低于国家下限", "不低于国家下限", "at least the national floor");

        private final String title;
        private final String expected;
        private final String expectedEn;

        Kind(String title, String expected, String expectedEn) {
            this.title = title;
            this.expected = expected;
            this.expectedEn = expectedEn;
        }
    }

    /// What goes wrong in one benefit, or with one of its rows: the most striking example, and how many there are.
    private static final class Trouble {
        private final Kind kind;
        private final Benefit benefit;
        private final @Nullable Row<?> row;
        private String example = "";
        private long loss = -1;
        private int scenes;

        Trouble(Kind kind, Benefit benefit, @Nullable Row<?> row) {
            this.kind = kind;
            this.benefit = benefit;
            this.row = row;
        }

        void add(long lost, String text) {
            scenes++;
            if (lost > loss) {
                loss = lost;
                example = text;
            }
        }
    }

    private Incentives(Policy policy, List<Pack.Parameter> parameters) {
        this.parameters = parameters;
        this.shared = policy.benefits().stream().flatMap(benefit -> benefit.layers().stream()
                .flatMap(layer -> layer.ceilings().stream()).map(Ceiling::counter).distinct())
                .collect(Collectors.groupingBy(counter -> counter, Collectors.counting())).entrySet().stream()
                .filter(entry -> entry.getValue() > 1).map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    /// Looks at the rules of one area in their last span of days.
    ///
    /// @param parameters the parameters of the pack and the packs it extends, which state the national floors
    static List<Finding> of(Waterfalls policy, PackReader reader, List<Pack.Parameter> parameters) {
        var incentives = new Incentives(policy.policy(), parameters);
        var spans = policy.spans().collect(Collectors.groupingBy(span -> span.waterfall().benefit().name(),
                LinkedHashMap::new, Collectors.toList()));
        spans.values().forEach(all -> all.reversed().stream().anyMatch(incentives::look));
        return incentives.findings(policy, reader);
    }

    /// Looks at one benefit on the days of a span.
    ///
    /// @return whether the rules settle anything then
    private boolean look(Waterfalls.Span span) {
        var waterfall = span.waterfall();
        var scenes = new Scenes(waterfall.benefit());
        var day = span.from().plusDays(20);
        var bills = scenes.bills();
        var exhaustion = new Exhaustion(shared);
        var settled = false;
        var trial = new Trial(waterfall, day, bills, workings);
        for (var person : scenes.people()) {
            tiers(trial, person);
            for (var place : Scenes.places(person)) {
                compare(trial, Kind.REFERRAL, place, place.with(Axis.REFERRAL, Referral.Direction.UPWARD));
                compare(trial, Kind.CONTRACT, place, place.with(Axis.CONTRACT, Axis.Contracted.HERE));
                cliffs(trial, place);
                exhaustion.spend(trial, place);
                settled |= trial.funds(place).length > 0;
            }
        }
        exhaustion.unreached().forEach((row, layer) -> trouble(Kind.CEILING, waterfall.benefit(), row)
                .add(0, layer.name() + " [" + row.label() + "] " + amount(row)));
        return settled;
    }

    private static String amount(Row<?> row) {
        return row.value() instanceof Amount.Yuan(var fen) ? fen.yuan() : String.valueOf(row.value());
    }

    private void tiers(Trial trial, Scene person) {
        var places = Scenes.places(person);
        for (var i = 0; i + 1 < places.size(); i++) {
            for (var j = i + 1; j < places.size(); j++) {
                if (!places.get(i).numbers().get(Axis.TIER).equals(places.get(j).numbers().get(Axis.TIER))) {
                    compare(trial, Kind.PRIMARY, places.get(j), places.get(i));
                }
            }
        }
        floor(trial, places);
    }

    /// The better way must pay at least what the plain one pays, for every bill.
    private void compare(Trial trial, Kind kind, Scene plain, Scene better) {
        var less = trial.funds(plain);
        var more = trial.funds(better);
        for (var i = 0; i < Math.min(less.length, more.length); i++) {
            var lost = less[i] - more[i];
            var bill = trial.bills().get(i);
            if (lost > ROUNDING && !trial.isCut(plain, bill) && !trial.isCut(better, bill)) {
                trouble(kind, trial.waterfall().benefit(), null).add(lost, "%s: [%s] %s < [%s] %s".formatted(
                        bill.yuan(), better, Fen.of(more[i]).yuan(), plain, Fen.of(less[i]).yuan()));
                return;
            }
        }
    }

    private void cliffs(Trial trial, Scene scene) {
        var funds = trial.funds(scene);
        for (var i = 1; i < funds.length; i++) {
            if (isCliff(funds, i)) {
                trouble(Kind.CLIFF, trial.waterfall().benefit(), null).add(funds[i - 1] - funds[i],
                        "[%s] %s -> %s, %s -> %s".formatted(scene, trial.bills().get(i - 1).yuan(),
                                trial.bills().get(i).yuan(), Fen.of(funds[i - 1]).yuan(), Fen.of(funds[i]).yuan()));
            }
        }
    }

    /// Whether the funds pay less for a bill than for the one before it.
    static boolean isCliff(long[] funds, int bill) {
        return funds[bill] + ROUNDING < funds[bill - 1];
    }

    /// Local ordinary outpatient care at the primary tier must reach the national floor.
    private void floor(Trial trial, List<Scene> places) {
        var scheme = Scheme.values()[Math.toIntExact(places.getFirst().numbers().getOrDefault(Axis.SCHEME, 0L))];
        var floor = parameters.stream().filter(parameter -> FLOORS.getOrDefault(parameter.name(), Set.of())
                .contains(scheme) && parameter.row().inForce().covers(trial.day())).findFirst();
        if (floor.isEmpty() || places.getFirst().numbers().getOrDefault(Axis.CARE, -1L) != Care.OUTPATIENT.ordinal()) {
            return;
        }
        var benefit = trial.waterfall().benefit();
        var least = Ratio.of(floor.get().row().value());
        for (var place : places) {
            if (place.numbers().get(Axis.TIER) == Tier.PRIMARY.ordinal() && trial.funds(place).length > 0) {
                trial.settle(place, ORDINARY, trial.before(place)).ifPresent(settlement -> settlement.steps().stream()
                        .filter(step -> step.kind() == Step.Kind.BAND && step.layer() != null
                                && step.layer().payer() == Payer.POOLED && step.ratio() < least.millionths())
                        .forEach(step -> trouble(Kind.FLOOR, benefit, step.row()).add(0,
                                "[%s] %s < %s (%s)".formatted(place, new Ratio(step.ratio()).percent(),
                                        least.percent(), floor.get().row().citation().document().title()))));
            }
        }
    }

    private Trouble trouble(Kind kind, Benefit benefit, @Nullable Row<?> row) {
        return troubles.computeIfAbsent(kind + benefit.name() + System.identityHashCode(row),
                key -> new Trouble(kind, benefit, row));
    }

    private List<Finding> findings(Waterfalls policy, PackReader reader) {
        var accepted = new ArrayList<>(reader.accepted());
        var findings = new ArrayList<Finding>();
        for (var trouble : troubles.values()) {
            if (!accepted.removeIf(known -> known.covers(trouble.benefit.name(), trouble.kind.title))) {
                findings.add(finding(trouble, policy, reader));
            }
        }
        accepted.removeIf(known -> policy.policy().benefits().stream()
                .noneMatch(benefit -> benefit.name().equals(known.benefit())));
        accepted.forEach(idle -> findings.add(new Finding(Finding.Severity.WARNING, idle.at().file(), idle.at().line(),
                idle.at().path(), idle.benefit() + " " + idle.finding(), "检查不再发现此项，可以删去",
                "the check no longer finds it: take it out")));
        return findings;
    }

    private static Finding finding(Trouble trouble, Waterfalls policy, PackReader reader) {
        var at = reader.place(trouble.row == null ? Scenes.rows(trouble.benefit).toList() : List.of(trouble.row));
        var more = trouble.scenes > 1 ? " (+" + (trouble.scenes - 1) + ")" : "";
        return new Finding(Finding.Severity.WARNING, at.file().isEmpty() ? "areas/" + policy.policy().area()
                : at.file(), at.line(), trouble.benefit.name() + " " + trouble.kind.title, trouble.example + more,
                trouble.kind.expected, trouble.kind.expectedEn);
    }

    /// The titles of everything that can be found, which a pack uses to accept one.
    static List<String> titles() {
        return Stream.of(Kind.values()).map(kind -> kind.title).toList();
    }

    /// An incentive finding that the author of a pack knows of and keeps, because the documents say so.
    ///
    /// @param finding one of [#titles()]
    /// @param at where it stands
    record Accepted(String benefit, String finding, Tree at) {
        boolean covers(String itsBenefit, String title) {
            return benefit.equals(itsBenefit) && finding.equals(title);
        }
    }
}
