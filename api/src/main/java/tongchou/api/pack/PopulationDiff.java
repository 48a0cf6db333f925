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
import tongchou.core.catalogue.PayClass;
import tongchou.core.encounter.ChargeLine;
import tongchou.core.encounter.Claim;
import tongchou.core.money.Fen;
import tongchou.core.policy.Axis;
import tongchou.core.policy.Payer;
import tongchou.core.settlement.Population;
import tongchou.core.settlement.Results;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Waterfall;
import tongchou.core.settlement.Waterfalls;
import tongchou.core.settlement.Workings;
import tongchou.core.settlement.YearToDate;

/// What a change of rules does to people (人群影响): the same encounters settled under two packs, those of a file
/// ([Encounters]) or made-up ones.
///
/// Made-up encounters are drawn from a seed: people and places that the rules of either pack tell apart, each as likely
/// as the other, and bills that are small more often than large. It shows who is touched and by how much a single
/// encounter changes; it is no forecast of what a year costs, for which the real encounters of the area are needed.
///
/// @param encounters how many encounters both packs settle
/// @param onlyBefore how many only the first settles
/// @param onlyAfter how many only the second settles
/// @param more how many patients pay more
/// @param less how many patients pay less
/// @param byTier what patients pay more and less, by tier of the institution
/// @param byPerson the same by kind of person, with the assistance group where there is one
/// @param byFund what each payer pays more, in fen
/// @param losers those who lose most, the worst first
public record PopulationDiff(long encounters, long onlyBefore, long onlyAfter, long more, long less,
        Map<String, Change> byTier, Map<String, Change> byPerson, Map<String, Fen> byFund, List<Loser> losers) {

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

    /// What patients of a group pay otherwise.
    ///
    /// @param more how many pay more
    /// @param paidMore how much they pay more together
    /// @param less how many pay less
    /// @param paidLess how much they pay less together
    public record Change(long more, Fen paidMore, long less, Fen paidLess) {

        private static final Change NONE = new Change(0, Fen.ZERO, 0, Fen.ZERO);

        /// What the group pays more, less what it pays less.
        public Fen net() {
            return paidMore.minus(paidLess);
        }

        private Change and(Fen loss, long count) {
            var sum = times(loss, count);
            return loss.isNegative() ? new Change(more, paidMore, less + count, paidLess.minus(sum))
                    : new Change(more + count, paidMore.plus(sum), less, paidLess);
        }
    }

    private static Fen times(Fen amount, long count) {
        return Fen.of(Math.multiplyExact(amount.value(), count));
    }

    /// Settles the encounters of an area, person by person in their order, under both packs.
    ///
    /// Each person's sums of the year begin at nothing and are carried on by each pack for itself.
    public static PopulationDiff of(Pack before, Pack after, Encounters encounters) {
        var old = byName(before);
        var now = byName(after);
        var tally = new Tally();
        var workings = new Workings();
        encounters.persons().forEach((person, rows) -> {
            var was = YearToDate.NOTHING;
            var is = YearToDate.NOTHING;
            var sums = new Fen[] {Fen.ZERO, Fen.ZERO, Fen.ZERO};
            var told = "";
            for (var row : rows) {
                var earlier = settle(old.get(row.area()), row, was, workings);
                var later = settle(now.get(row.area()), row, is, workings);
                was = earlier == null ? was : was.after(earlier.movements());
                is = later == null ? is : is.after(later.movements());
                tally.add(row.scene(), row.count(), earlier == null ? null : new One(earlier),
                        later == null ? null : new One(later));
                if (earlier != null && later != null) {
                    sums[0] = sums[0].plus(row.bill());
                    sums[1] = sums[1].plus(earlier.amounts().person());
                    sums[2] = sums[2].plus(later.amounts().person());
                    told = told.isEmpty() ? row.area() + " [" + row.scene() + "]" : told;
                }
            }
            tally.loser(new Loser(person + " " + told + (rows.size() > 1 ? " x" + rows.size() : ""), sums[0], sums[1],
                    sums[2]));
        });
        return tally.result();
    }

    /// The rules of each area, by its name and by its divisions.
    private static Map<String, Waterfalls> byName(Pack pack) {
        var all = new TreeMap<>(compiled(pack));
        List.copyOf(all.values()).forEach(rules -> rules.policy().divisions().forEach(code -> all.put(code, rules)));
        return all;
    }

    /// Nothing for an encounter that is refused or lies in no area of the pack.
    private static Settlement settle(Waterfalls rules, Encounters.Row row, YearToDate position, Workings workings) {
        if (rules == null) {
            return null;
        }
        var lines = new ArrayList<ChargeLine>();
        var parts = Map.of(PayClass.A, row.bill().minus(row.classB()).minus(row.classC()), PayClass.B, row.classB(),
                PayClass.C, row.classC());
        for (var payClass : List.of(PayClass.A, PayClass.B, PayClass.C)) {
            if (!parts.get(payClass).isZero() || payClass == PayClass.A && row.bill().isZero()) {
                lines.add(ChargeLine.of(lines.size() + 1, "row", parts.get(payClass), payClass));
            }
        }
        var claim = row.scene().claim(row.day(), rules.policy().divisions().getFirst(), lines);
        return rules.settle(claim, position, KnownOn.LATEST, workings) instanceof Settlement settlement ? settlement
                : null;
    }

    /// What was paid for an encounter.
    private interface Paid {
        Fen person();

        Fen by(Payer payer);
    }

    private record One(Settlement settlement) implements Paid {
        @Override
        public Fen person() {
            return settlement.amounts().person();
        }

        @Override
        public Fen by(Payer payer) {
            return settlement.amounts().by(payer);
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
    private record Settled(Results results, int place) implements Paid {
        @Override
        public Fen person() {
            return Fen.of(results.person(place));
        }

        @Override
        public Fen by(Payer payer) {
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
        private final Map<String, Change> byTier = new TreeMap<>();
        private final Map<String, Change> byPerson = new TreeMap<>();
        private final Map<String, Fen> byFund = new LinkedHashMap<>();
        private final List<Loser> losers = new ArrayList<>();
        private long encounters;
        private long onlyBefore;
        private long onlyAfter;
        private long more;
        private long less;

        void add(Drawn drawn, Settled was, Settled is) {
            add(drawn.scene, 1, was, is);
            if (was != null && is != null) {
                loser(new Loser(drawn.area + " " + drawn.benefit + " [" + drawn.scene + "]", total(drawn.claim),
                        was.person(), is.person()));
            }
        }

        void add(Scene scene, long count, Paid was, Paid is) {
            if (was == null || is == null) {
                onlyBefore += was == null ? 0 : count;
                onlyAfter += is == null ? 0 : count;
                return;
            }
            encounters += count;
            var loss = is.person().minus(was.person());
            if (!loss.isZero()) {
                less += loss.isNegative() ? count : 0;
                more += loss.isNegative() ? 0 : count;
                byTier.merge(word(scene, Axis.TIER), Change.NONE.and(loss, count),
                        (old, added) -> old.and(loss, count));
                var relief = word(scene, Axis.RELIEF);
                byPerson.merge(word(scene, Axis.STATUS)
                        + (relief.equals("-") || relief.equals("none") ? "" : " " + relief),
                        Change.NONE.and(loss, count), (old, added) -> old.and(loss, count));
            }
            for (var payer : Payer.values()) {
                var difference = is.by(payer).minus(was.by(payer));
                if (!difference.isZero()) {
                    byFund.merge(payer.word(), times(difference, count), Fen::plus);
                }
            }
        }

        /// Keeps who pays more.
        void loser(Loser one) {
            if (one.loss().compareTo(Fen.ZERO) > 0) {
                losers.add(one);
            }
        }

        private static String word(Scene scene, Axis axis) {
            var value = scene.numbers().get(axis);
            return value == null ? "-" : axis.choices().get(Math.toIntExact(value));
        }

        PopulationDiff result() {
            Function<Loser, Fen> loss = Loser::loss;
            var worst = losers.stream().sorted(Comparator.comparing(loss).reversed()).limit(MOST_LOSERS).toList();
            return new PopulationDiff(encounters, onlyBefore, onlyAfter, more, less, byTier, byPerson, byFund, worst);
        }
    }
}
