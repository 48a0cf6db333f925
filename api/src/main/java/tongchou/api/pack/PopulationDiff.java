package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import tongchou.core.calendar.KnownOn;
import tongchou.core.encounter.ChargeLine;
import tongchou.core.encounter.Claim;
import tongchou.core.money.Fen;
import tongchou.core.policy.Axis;
import tongchou.core.policy.Payer;
import tongchou.core.settlement.Population;
import tongchou.core.settlement.Results;
import tongchou.core.settlement.Waterfall;
import tongchou.core.settlement.Waterfalls;
import tongchou.core.settlement.Workings;

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
        var was = settle(old, drawn);
        var is = settle(now, drawn);
        var tally = new Tally();
        for (var i = 0; i < drawn.size(); i++) {
            tally.add(drawn.get(i), was.get(i), is.get(i));
        }
        return tally.result();
    }

    private static Map<String, Waterfalls> compiled(Pack pack) {
        var compiled = new TreeMap<String, Waterfalls>();
        pack.policies().forEach(policy -> compiled.put(policy.area(), new Waterfalls(policy)));
        return compiled;
    }

    /// An encounter among the results of those that the same rules settle.
    private record Settled(Results results, int place) {
        Fen person() {
            return Fen.of(results.person(place));
        }

        Fen by(Payer payer) {
            return Fen.of(results.paid(payer, place));
        }
    }

    /// Settles every encounter as the first of its year; nothing stands for one that is refused.
    private static List<Settled> settle(Map<String, Waterfalls> policies, List<Drawn> drawn) {
        var found = new LinkedHashMap<Waterfall, List<Integer>>();
        var days = new LocalDate[drawn.size()];
        for (var i = 0; i < drawn.size(); i++) {
            var rules = policies.get(drawn.get(i).area).find(drawn.get(i).claim, KnownOn.LATEST);
            days[i] = rules.day();
            if (rules.waterfall() != null) {
                found.computeIfAbsent(rules.waterfall(), added -> new ArrayList<>()).add(i);
            }
        }
        var settled = new ArrayList<Settled>(Collections.nCopies(drawn.size(), null));
        var workings = new Workings();
        found.forEach((waterfall, places) -> {
            var population = Population.of(places.stream().map(i -> drawn.get(i).claim).toList(),
                    places.stream().map(i -> days[i]).toList());
            var results = waterfall.run(population, new long[waterfall.counters().size()][places.size()], workings);
            for (var place = 0; place < places.size(); place++) {
                settled.set(places.get(place),
                        results.refusal(place) == null ? new Settled(results, place) : null);
            }
        });
        return settled;
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

    private static Fen total(Claim claim) {
        return claim.encounter().lines().stream().map(ChargeLine::amount).reduce(Fen.ZERO, Fen::plus);
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

        void add(Drawn drawn, Settled was, Settled is) {
            if (was == null || is == null) {
                onlyBefore += was == null ? 0 : 1;
                onlyAfter += is == null ? 0 : 1;
                return;
            }
            encounters++;
            var loss = is.person().minus(was.person());
            if (!loss.isZero()) {
                if (loss.isNegative()) {
                    less++;
                } else {
                    more++;
                    losers.add(new Loser(drawn.area + " " + drawn.benefit + " [" + drawn.scene + "]",
                            total(drawn.claim), was.person(), is.person()));
                }
                sum(byTier, drawn, loss, Axis.TIER);
                sum(byPerson, drawn, loss, Axis.STATUS);
            }
            for (var payer : Payer.values()) {
                var difference = is.by(payer).minus(was.by(payer));
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
