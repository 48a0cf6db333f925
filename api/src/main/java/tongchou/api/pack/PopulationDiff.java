package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import tongchou.core.calendar.KnownOn;
import tongchou.core.encounter.Claim;
import tongchou.core.money.Fen;
import tongchou.core.policy.Axis;
import tongchou.core.policy.Payer;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Waterfalls;
import tongchou.core.settlement.Workings;
import tongchou.core.settlement.YearToDate;

/// What a change of rules does to people (人群影响): the same made-up encounters settled under two packs.
///
/// The encounters are drawn from a seed: people and places that the rules of either pack tell apart, each as likely as
/// the other, and bills that are small more often than large. It shows who is touched and by how much a single
/// encounter changes; it is no forecast of what a year costs, for which the real encounters of the area are needed.
///
/// @param encounters how many encounters both packs settle
/// @param onlyBefore how many only the first settles
/// @param onlyAfter how many only the second settles
/// @param more how many patients pay more
/// @param less how many patients pay less
/// @param byTier what patients pay more, in fen, by tier of the institution
/// @param byPerson the same by kind of person
/// @param byFund what each payer pays more, in fen
/// @param losers those who lose most, the worst first
public record PopulationDiff(long encounters, long onlyBefore, long onlyAfter, long more, long less,
        Map<String, Fen> byTier, Map<String, Fen> byPerson, Map<String, Fen> byFund, List<Loser> losers) {

    private static final int MOST_LOSERS = 10;

    /// Somebody who pays more than before.
    ///
    /// @param who area, benefit and facts of the encounter
    /// @param before what the patient paid
    /// @param after what the patient pays
    public record Loser(String who, Fen bill, Fen before, Fen after) {
        /// What the patient pays more.
        public Fen loss() {
            return after.minus(before);
        }
    }

    /// A drawn encounter.
    private record Drawn(String area, String benefit, Scene scene, Claim claim) {
    }

    /// Settles drawn encounters of every area that both packs have.
    ///
    /// @param day the day of care
    /// @param number how many encounters are drawn
    public static PopulationDiff of(Pack before, Pack after, LocalDate day, int number, long seed) {
        var old = compiled(before);
        var now = compiled(after);
        var drawn = draw(now, old, day, number, new Random(seed));
        var tally = new Tally();
        var workings = new Workings();
        for (var encounter : drawn) {
            var was = settle(old, encounter, workings);
            var is = settle(now, encounter, workings);
            tally.add(encounter, was, is);
        }
        return tally.result();
    }

    private static Map<String, Waterfalls> compiled(Pack pack) {
        var compiled = new TreeMap<String, Waterfalls>();
        pack.policies().forEach(policy -> compiled.put(policy.area(), new Waterfalls(policy)));
        return compiled;
    }

    private static Settlement settle(Map<String, Waterfalls> policies, Drawn drawn, Workings workings) {
        return policies.get(drawn.area).settle(drawn.claim, YearToDate.NOTHING, KnownOn.LATEST, workings)
                instanceof Settlement settlement ? settlement : null;
    }

    private static List<Drawn> draw(Map<String, Waterfalls> now, Map<String, Waterfalls> old, LocalDate day, int number,
            Random random) {
        var kinds = new ArrayList<Drawn>();
        now.forEach((area, policy) -> {
            if (old.containsKey(area)) {
                var division = policy.policy().divisions().getFirst();
                for (var benefit : policy.policy().benefits()) {
                    new Scenes(benefit).people().stream().flatMap(person -> Scenes.places(person).stream())
                            .forEach(scene -> kinds.add(new Drawn(area, benefit.name(), scene,
                                    scene.claim(day, division, Fen.ZERO))));
                }
            }
        });
        var drawn = new ArrayList<Drawn>(number);
        for (var i = 0; i < number && !kinds.isEmpty(); i++) {
            var kind = kinds.get(random.nextInt(kinds.size()));
            var division = kind.claim.standing().area();
            drawn.add(new Drawn(kind.area, kind.benefit, kind.scene,
                    kind.scene.claim(day, division, bill(random, kind.claim.encounter().days() > 1))));
        }
        return drawn;
    }

    /// Bills up to 1,000 yuan for visits and 30,000 yuan for stays, every tenth up to ten times as much.
    private static Fen bill(Random random, boolean stay) {
        var most = stay ? 3_000_000 : 100_000;
        return Fen.of(1 + random.nextInt(random.nextInt(10) == 0 ? most * 10 : most));
    }

    /// Counts what changes.
    private static final class Tally {
        private final Map<String, Fen> byTier = new TreeMap<>();
        private final Map<String, Fen> byPerson = new TreeMap<>();
        private final Map<String, Fen> byFund = new LinkedHashMap<>();
        private final List<Loser> losers = new ArrayList<>();
        private long encounters;
        private long onlyBefore;
        private long onlyAfter;
        private long more;
        private long less;

        void add(Drawn drawn, Settlement was, Settlement is) {
            if (was == null || is == null) {
                onlyBefore += was == null ? 0 : 1;
                onlyAfter += is == null ? 0 : 1;
                return;
            }
            encounters++;
            var loss = is.amounts().person().minus(was.amounts().person());
            if (!loss.isZero()) {
                if (loss.isNegative()) {
                    less++;
                } else {
                    more++;
                    losers.add(new Loser(drawn.area + " " + drawn.benefit + " [" + drawn.scene + "]",
                            is.amounts().total(), was.amounts().person(), is.amounts().person()));
                }
                sum(byTier, drawn, loss, Axis.TIER);
                sum(byPerson, drawn, loss, Axis.STATUS);
            }
            for (var payer : Payer.values()) {
                var difference = is.amounts().by(payer).minus(was.amounts().by(payer));
                if (!difference.isZero()) {
                    byFund.merge(payer.word(), difference, Fen::plus);
                }
            }
        }

        private static void sum(Map<String, Fen> into, Drawn drawn, Fen loss, Axis axis) {
            var value = Math.toIntExact(drawn.scene.numbers().get(axis));
            into.merge(axis.choices().get(value), loss, Fen::plus);
        }

        PopulationDiff result() {
            Function<Loser, Fen> loss = Loser::loss;
            var worst = losers.stream().sorted(Comparator.comparing(loss).reversed()).limit(MOST_LOSERS).toList();
            return new PopulationDiff(encounters, onlyBefore, onlyAfter, more, less, byTier, byPerson, byFund, worst);
        }
    }
}
