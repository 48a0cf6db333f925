package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.InForce;
import tongchou.core.encounter.Referral;
import tongchou.core.money.Fen;
import tongchou.core.people.Status;
import tongchou.core.policy.Amount;
import tongchou.core.policy.Axis;
import tongchou.core.policy.Benefit;
import tongchou.core.policy.Ceiling;
import tongchou.core.policy.Policy;
import tongchou.core.policy.Row;
import tongchou.core.settlement.Waterfalls;
import tongchou.core.settlement.Workings;

/// What rules reward by mistake (激励检查): settles made-up people at every tier, with and without referral and contract,
/// over rising bills, and reports where the better way pays less.
///
/// Everything it says is a warning: a published rule may really be so, and then the author knows.
final class Incentives {

    /// Rounding of several layers may give back a fen or two.
    private static final long ROUNDING = 3;

    private final Workings workings = new Workings();
    private final Map<String, Trouble> troubles = new LinkedHashMap<>();
    private final Floors floors;
    private final Set<String> shared;

    /// What goes wrong.
    private enum Kind {
        PRIMARY("基层待遇低于上级机构", "基层支付不低于上级机构", "the primary tier pays at least what a higher one pays"),
        CLIFF("多花一元，个人多付不止一元", "费用增加时基金支付不减少", "a higher bill never lowers what the fund pays"),
        REFERRAL("转诊待遇低于自行就医", "转诊支付不低于自行就医", "a referral pays at least what going alone pays"),
        RETIRED("退休待遇低于在职", "退休人员支付不低于在职", "the retired get at least what the active get"),
        CONTRACT("签约待遇低于未签约", "签约支付不低于未签约", "contracted members get at least what others get"),
        CEILING("封顶线永远达不到", "可以达到的限额，或不设", "a ceiling that can be reached, or none"),
        FLOOR("支付比例低于国家下限", "不低于文件规定的下限", "at least the floor that the document states");

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
        private @Nullable Row<?> blamed;
        private String example = "";
        private long loss = -1;
        private int scenes;

        Trouble(Kind kind, Benefit benefit, @Nullable Row<?> row) {
            this.kind = kind;
            this.benefit = benefit;
            this.row = row;
        }

        /// @param rule the row by which the worse way is paid
        void add(long lost, String text, @Nullable Row<?> rule) {
            scenes++;
            if (lost > loss) {
                loss = lost;
                example = text;
                blamed = rule;
            }
        }

        /// The row at which its author has to look, null when none is known.
        @Nullable Row<?> place() {
            return row == null ? blamed : row;
        }

        /// The clause of that row.
        String clause() {
            var at = place();
            return at == null ? "" : "（" + (at.citation().document().title() + " " + at.citation().article()).strip()
                    + (at.label().isEmpty() ? "" : "，" + at.label()) + "）";
        }
    }

    private Incentives(Floors floors, Set<String> shared) {
        this.floors = floors;
        this.shared = shared;
    }

    /// The counters of ceilings that several benefits share.
    private static Set<String> shared(Policy policy) {
        return policy.benefits().stream().flatMap(benefit -> benefit.layers().stream()
                .flatMap(layer -> layer.ceilings().stream()).map(Ceiling::counter).distinct())
                .collect(Collectors.groupingBy(counter -> counter, Collectors.counting())).entrySet().stream()
                .filter(entry -> entry.getValue() > 1).map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    /// Looks at the rules of one area in their last span of days.
    ///
    /// @param parameters the parameters of the pack and the packs it extends, some of which are floors
    static Looked of(Waterfalls policy, PackReader reader, List<Pack.Parameter> parameters) {
        var floors = new Floors(parameters, policy.policy());
        var shared = shared(policy.policy());
        var spans = policy.spans().collect(Collectors.groupingBy(span -> span.waterfall().benefit().name(),
                LinkedHashMap::new, Collectors.toList()));
        // No benefit knows of another: they are looked at side by side.
        var troubles = spans.values().parallelStream().flatMap(all -> {
            var incentives = new Incentives(floors, shared);
            var last = policy.policy().cover().to();
            for (var span : all.reversed()) {
                if (incentives.look(span, last)) {
                    break;
                }
                last = span.from().minusDays(1);
            }
            return incentives.troubles.values().stream();
        }).toList();
        return findings(troubles, policy, reader);
    }

    /// Looks at one benefit on the days of a span.
    ///
    /// @param last the last day of the span
    /// @return whether the rules settle anything then
    private boolean look(Waterfalls.Span span, LocalDate last) {
        var waterfall = span.waterfall();
        var scenes = new Scenes(waterfall.benefit());
        var day = span.from().plusDays(20);
        var bills = scenes.bills();
        var exhaustion = new Exhaustion(shared);
        var settled = false;
        var trial = new Trial(waterfall, new InForce(day, last.isBefore(day) ? day : last), bills, workings);
        for (var person : scenes.people()) {
            tiers(trial, person);
            retired(trial, person);
            for (var place : Scenes.places(person)) {
                compare(trial, Kind.REFERRAL, place, place.with(Axis.REFERRAL, Referral.Direction.UPWARD));
                compare(trial, Kind.CONTRACT, place, place.with(Axis.CONTRACT, Axis.Contracted.HERE));
                cliffs(trial, place);
                exhaustion.spend(trial, place);
                settled |= trial.funds(place).length > 0;
            }
        }
        // Care away is paid by the rules for care at home: the ordinary person of each status shows the difference.
        scenes.plain().stream().flatMap(person -> Scenes.places(person).stream()).forEach(place ->
                floors.away(trial, place).forEach(under -> floor(trial, under)));
        exhaustion.unreached().forEach((row, layer) -> trouble(Kind.CEILING, waterfall.benefit(), row)
                .add(0, layer.name() + " [" + row.label() + "] " + amount(row), null));
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
        places.forEach(place -> floors.under(trial, place).forEach(under -> floor(trial, under)));
    }

    private void floor(Trial trial, Floors.Under under) {
        trouble(Kind.FLOOR, trial.waterfall().benefit(), under.row()).add(0, "[%s] %s".formatted(under.scene(), under),
                null);
    }

    /// Whoever has retired is paid no worse than the active, wherever a rule tells them apart.
    private void retired(Trial trial, Scene person) {
        if (person.numbers().getOrDefault(Axis.STATUS, -1L) == Status.ACTIVE.ordinal()
                && trial.waterfall().asks(Axis.STATUS)) {
            Scenes.places(person).forEach(place -> compare(trial, Kind.RETIRED, place,
                    place.with(Axis.STATUS, Status.RETIRED)));
        }
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
                        bill.yuan(), better, Fen.of(more[i]).yuan(), plain, Fen.of(less[i]).yuan()),
                        trial.rule(better, bill));
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
                                trial.bills().get(i).yuan(), Fen.of(funds[i - 1]).yuan(), Fen.of(funds[i]).yuan()),
                        trial.rule(scene, trial.bills().get(i)));
            }
        }
    }

    /// Whether the funds pay less for a bill than for the one before it.
    static boolean isCliff(long[] funds, int bill) {
        return funds[bill] + ROUNDING < funds[bill - 1];
    }

    private Trouble trouble(Kind kind, Benefit benefit, @Nullable Row<?> row) {
        return troubles.computeIfAbsent(kind + benefit.name() + System.identityHashCode(row),
                key -> new Trouble(kind, benefit, row));
    }

    /// What was found in an area.
    ///
    /// @param met the entries of the author that silenced something
    record Looked(List<Finding> findings, Set<Accepted> met) {
    }

    private static Looked findings(List<Trouble> troubles, Waterfalls policy, PackReader reader) {
        var met = new HashSet<Accepted>();
        var findings = new ArrayList<Finding>();
        for (var trouble : troubles) {
            var known = reader.accepted().stream()
                    .filter(one -> one.covers(trouble.benefit.name(), trouble.kind.title)).toList();
            met.addAll(known);
            if (known.isEmpty()) {
                findings.add(finding(trouble, policy, reader));
            }
        }
        return new Looked(findings, met);
    }

    /// Everything found in the areas of a pack, and the entries of its author by which nothing is silenced any more.
    static List<Finding> all(List<Looked> areas, PackReader reader) {
        var all = new ArrayList<Finding>();
        areas.forEach(area -> all.addAll(area.findings()));
        reader.accepted().stream().filter(one -> areas.stream().noneMatch(area -> area.met().contains(one)))
                .forEach(idle -> all.add(new Finding(Finding.Severity.WARNING, idle.at().file(), idle.at().line(),
                        idle.at().path(), idle.benefit() + " " + idle.finding(), "检查不再发现此项，可以删去",
                        "the check no longer finds it: take it out")));
        return all;
    }

    private static Finding finding(Trouble trouble, Waterfalls policy, PackReader reader) {
        var row = trouble.place();
        var known = row == null ? new Tree.Text("", 0, "", "") : reader.place(row);
        var at = known.file().isEmpty() && trouble.row == null
                ? reader.place(Scenes.rows(trouble.benefit).toList()) : known;
        var more = trouble.scenes > 1 ? " (+" + (trouble.scenes - 1) + ")" : "";
        return new Finding(Finding.Severity.WARNING, at.file().isEmpty() ? "areas/" + policy.policy().area()
                : at.file(), at.line(), trouble.benefit.name() + " " + trouble.kind.title,
                trouble.example + more + trouble.clause(),
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
