package tongchou.core.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.InForce;
import tongchou.core.calendar.KnownOn;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;

/// Prices by tier and day, and how they move towards each other.
class PricesTest {

    private static final Item ITEM = Item.of(ItemKind.SERVICE, "S", "项目", null);

    private static <V extends Stated> Fact<V> fact(V value, String from, String to) {
        var first = LocalDate.parse(from);
        return new Fact<>(new Target.Code("S"), value,
                to.isEmpty() ? InForce.from(first) : new InForce(first, LocalDate.parse(to)), first,
                new Origin("notice", "", "市"));
    }

    /// Prices of the tiers, `L3/L2/L1` yuan; `-` where none is stated.
    private static Prices prices(String tiers, String from, Fact<?>... more) {
        var facts = new ArrayList<Fact<?>>(List.of(more));
        var yuan = tiers.split("/");
        for (var i = 0; i < 3; i++) {
            if (!yuan[i].equals("-")) {
                facts.add(fact(Price.of(Price.Basis.CHARGE, Tier.values()[2 - i], "次", Fen.ofYuan(yuan[i])), from,
                        ""));
            }
        }
        return new Prices(new Catalogue(List.of(new Tables("市", facts))), KnownOn.LATEST);
    }

    private static String on(Prices prices, String day) {
        return List.of(Tier.TERTIARY, Tier.SECONDARY, Tier.PRIMARY).stream()
                .map(tier -> prices.charge(ITEM, tier, 30, LocalDate.parse(day)).map(quote -> quote.each().yuan())
                        .orElse("-")).collect(Collectors.joining("/"));
    }

    private static Fact<Convergence> rule(Convergence.Goal goal, Convergence.Step step, String from,
            Convergence.Stage... stages) {
        return fact(new Convergence("规则", goal, List.of(stages), step), from, "");
    }

    private static Convergence.Stage stage(String on, String done) {
        return new Convergence.Stage(LocalDate.parse(on), Ratio.of(done));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // published prices by tier: the day before a change and the day of it
        "Jinan 2016 chief expert visit, 20/20/20, 2016-06-01, 25/20/20, 2016-11-07",
        "Jinan 2016 inpatient consult,  25/18/10, 2016-06-01, 28/18/10, 2016-11-07"})
    void stated_prices_may_move_apart(String what, String before, String from, String after, String then) {
        var yuan = after.split("/");
        var prices = prices(before, from,
                fact(Price.of(Price.Basis.CHARGE, Tier.TERTIARY, "次", Fen.ofYuan(yuan[0])), then, ""));
        var plain = before.replaceAll("(\\d+)", "$1.00");
        assertEquals(plain, on(prices, LocalDate.parse(then).minusDays(1).toString()), what);
        assertEquals(after.replaceAll("(\\d+)", "$1.00"), on(prices, then), what);
    }

    @Test
    void other_levels_a_tenth_below_the_top_are_derived() {
        // Shandong 2023-03, dental implant package: 4,171 at level 3, other levels 10% lower: 4,171 x 90% = 3,753.90
        var prices = prices("4171/-/-", "2023-03-01", rule(new Convergence.Shares(Tier.TERTIARY,
                Map.of(Tier.SECONDARY, Ratio.of("90%"), Tier.PRIMARY, Ratio.of("90%"))), Convergence.Step.FEN,
                "2023-03-01"));
        assertEquals("4171.00/3753.90/3753.90", on(prices, "2023-03-01"));
        assertTrue(prices.charge(ITEM, Tier.SECONDARY, 30, LocalDate.of(2023, 3, 1)).orElseThrow().derived());
        // Jiangsu 2025-06-17, special nursing: level 2 is level 3 less 10%, level 1 is the city's; Taizhou: 160 a day
        var nursing = prices("160/-/-", "2025-09-01", rule(new Convergence.Shares(Tier.TERTIARY,
                Map.of(Tier.SECONDARY, Ratio.of("90%"))), Convergence.Step.FEN, "2025-06-17"));
        assertEquals("160.00/144.00/-", on(nursing, "2025-09-01"));
        assertEquals("-/-/-", on(nursing, "2025-08-31"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        // from 8/7/5 to one price of 6: half the way on 2026-01-01, all of it on 2027-01-01
        "2025-06-30, 8.00/7.00/5.00",
        "2025-07-01, 8.00/7.00/5.00",  // the rule holds, nothing of the way is gone
        "2025-12-31, 8.00/7.00/5.00",
        "2026-01-01, 7.00/6.50/5.50",
        "2026-12-31, 7.00/6.50/5.50",
        "2027-01-01, 6.00/6.00/6.00"})
    void general_items_come_to_one_price_in_stages(String day, String expected) {
        var prices = prices("8/7/5", "2020-01-01", rule(new Convergence.OnePrice(Fen.ofYuan("6"), null),
                Convergence.Step.FEN, "2025-07-01", stage("2026-01-01", "50%"), stage("2027-01-01", "100%")));
        assertEquals(expected, on(prices, day));
    }

    @ParameterizedTest(name = "gap of at most {1} from {0}: {2}")
    @CsvSource({
        "100/80/60,  10%, 100.00/90.00/81.00",   // 100 x 90%, 90 x 90%
        "100/95/60,  10%, 100.00/95.00/85.50",   // 95 is near enough: 95 x 90%
        "100/95/99,  10%, 100.00/95.00/99.00",   // a lower tier that is dearer stays
        "28/18/10,   10%, 28.00/25.20/22.68"})
    void a_lower_tier_rises_to_a_stated_gap(String before, String gap, String after) {
        var prices = prices(before, "2020-01-01", rule(new Convergence.Gap(Ratio.of(gap)), Convergence.Step.FEN,
                "2026-01-01"));
        assertEquals(after, on(prices, "2026-01-01"));
        for (var distance : prices.distances(ITEM, 30, LocalDate.of(2026, 1, 1))) {
            assertEquals(Fen.ZERO, distance.left());
            assertTrue(distance.below() == null || distance.below().compareTo(Ratio.of(gap)) <= 0,
                    distance.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"TENTH, 12.60", "TENTH_TO_TWENTY, 12.60", "FEN, 12.60"})
    void a_price_is_rounded_as_the_rule_says(Convergence.Step step, String expected) {
        // 7.00 + 80% of 7.00 = 12.60; from 30.30 + 80% of 4.70 = 34.06
        assertEquals(expected, on(prices("7/-/-", "2020-01-01", rule(
                new Convergence.OnePrice(Fen.ofYuan("14"), null), step, "2026-01-01", stage("2026-01-01", "80%"),
                stage("2027-01-01", "100%"))), "2026-01-01").split("/")[0]);
        var dearer = on(prices("30.30/-/-", "2020-01-01", rule(new Convergence.OnePrice(Fen.ofYuan("35"), null), step,
                "2026-01-01", stage("2026-01-01", "80%"), stage("2027-01-01", "100%"))), "2026-01-01").split("/")[0];
        assertEquals(switch (step) {
            case FEN -> "34.06";
            case TENTH -> "34.10";
            case TENTH_TO_TWENTY -> "34.00";
        }, dearer);
    }

    @Test
    void the_path_tells_every_price_and_the_distance_what_is_left() {
        var prices = prices("8/7/5", "2020-01-01", rule(new Convergence.OnePrice(null, Tier.SECONDARY),
                Convergence.Step.TENTH, "2025-07-01", stage("2026-01-01", "50%"), stage("2027-01-01", "100%")));
        assertEquals(List.of("2020-01-01 5.00", "2026-01-01 6.00", "2027-01-01 7.00"),
                prices.path(ITEM, Tier.PRIMARY, 30).stream()
                        .map(point -> point.from() + " " + point.quote().each().yuan()).toList());
        var distances = prices.distances(ITEM, 30, LocalDate.of(2026, 6, 1));
        assertEquals(List.of("1.00", "0.00", "-0.50"), distances.stream().map(one -> one.left().yuan()).toList());
        assertEquals(Ratio.of("14.29%"), distances.getFirst().below(), "6.00 is 1.00 of 7.00 below");
        assertEquals(List.of(), prices("8/7/5", "2020-01-01").distances(ITEM, 30, LocalDate.of(2026, 6, 1)));
    }

    @Test
    void a_price_stated_under_the_rule_holds_as_stated() {
        var prices = prices("8/7/5", "2020-01-01", rule(new Convergence.OnePrice(Fen.ofYuan("6"), null),
                Convergence.Step.FEN, "2025-07-01"),
                fact(Price.of(Price.Basis.CHARGE, Tier.PRIMARY, "次", Fen.ofYuan("5.50")), "2025-10-01",
                        "2025-12-31"));
        assertEquals("6.00/6.00/6.00", on(prices, "2025-09-30"));
        assertEquals("6.00/6.00/5.50", on(prices, "2025-10-01"));
    }

    @Test
    void a_rule_without_a_price_gives_none() {
        var prices = prices("-/-/-", "2025-01-01", rule(new Convergence.OnePrice(null, null), Convergence.Step.FEN,
                "2025-06-17"));
        assertEquals("-/-/-", on(prices, "2025-06-17"), "graded nursing of Jiangsu has one price that is not known");
    }
}
