package tongchou.server.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.api.http.ReplyWriter;
import tongchou.api.http.RequestReader;
import tongchou.api.http.SettlementRequest;
import tongchou.core.alliance.Tier;
import tongchou.core.money.Ratio;
import tongchou.core.settlement.Settlement;
import tongchou.server.demo.DemoCounty;
import tongchou.server.intake.Intake;
import tongchou.server.intake.Replies;
import tongchou.server.packs.PackHost;
import tongchou.server.packs.Packs;
import tongchou.storage.Book;
import tongchou.storage.Books;
import tongchou.storage.Volumes.Span;

/// What a path of prices costs on booked bills, worked out by hand. In the fixture 换药 costs 10, 12 and 15 yuan and
/// comes to 11 at every tier, half the way on 2026-07-01; residents' stays have a deductible of 200 at the primary tier
/// and 400 at the secondary, then 85% and 75%; what the person bears above 15,000 a year is paid at 60%.
class PathEffectsTest {

    private static final Packs PACKS = PackHost.load(null, List.of(Path.of("src/test/resources/packs/fixture")),
            "0.1.0");
    private static final Instant NOW = Instant.parse("2026-03-10T02:00:00Z");
    private static final String COUNTY = DemoCounty.COUNTY_HOSPITAL;
    private static final String TOWNSHIP = "H99990100011";
    private static final LocalDate GOAL = LocalDate.of(2027, 1, 1);

    @TempDir
    private Path folder;
    private Book book;

    @BeforeEach
    void open() {
        assertEquals(List.of(), PACKS.left());
        book = Books.sqlite(folder.resolve("book.db"));
        new DemoCounty().seed(book);
    }

    @AfterEach
    void close() {
        book.close();
    }

    private void settle(String key, String member, String institution, LocalDate day, long fen, String lines) {
        var intake = new Intake(PACKS);
        var request = RequestReader.body("""
                {"key": "%s", "member": "%s", "institution": "%s", "total_fen": %d,
                 "encounter": {"care": "inpatient", "from": "%s", "to": "%s"}, "lines": [%s]}""".formatted(key, member,
                institution, fen, day, day, lines).getBytes(StandardCharsets.UTF_8), SettlementRequest.class);
        var booked = book.settle(new Book.Submission(key, institution, key, ReplyWriter.canonical(request), member, day,
                NOW), situation -> {
                    var settled = intake.settle(request, situation.person(), situation.institution().orElseThrow(),
                            institution + "/" + key, situation.yearToDate());
                    var settlement = (Settlement) settled.outcome();
                    return new Book.Decision.Settle(settlement, ReplyWriter.bytes(settled.tell(Replies.of(settlement,
                            "booked", new Replies.Booking(key, key, NOW.toString(), null), member, request.lines(),
                            "0.1.0", true))));
                });
        assertTrue(booked instanceof Book.Booked.Done, booked::toString);
    }

    private static String dressings(long fen, int quantity) {
        return "{\"item\": \"ZC0001\", \"amount_fen\": %d, \"quantity\": \"%d\"}".formatted(fen, quantity);
    }

    private static String care(long fen) {
        return "{\"item\": \"care\", \"amount_fen\": %d, \"class\": \"a\"}".formatted(fen);
    }

    private Effect.Series effects(LocalDate... days) {
        var members = new java.util.ArrayList<Long>();
        var series = new PathEffects(book.volumes(), PACKS, "0.1.0").of(new PathEffects.Question("fixture", "sample",
                "999901", new Span(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31)), List.of(days)),
                members::add);
        assertEquals(series.members(), members.size());
        return series;
    }

    private static String told(Effect effect) {
        return effect.institutions().entrySet().stream().map(one -> one.getKey() + " " + told(one.getValue()))
                .collect(Collectors.joining("\n")) + "\nall " + told(effect.whole())
                + effect.items().values().stream().map(item -> " " + item.name() + " "
                + item.before().yuan() + " -> " + item.after().yuan()).collect(Collectors.joining());
    }

    private static String told(Parts parts) {
        return parts.total().yuan() + " = " + parts.fund().yuan() + " + " + parts.patients().yuan() + " + "
                + parts.hospital().yuan();
    }

    @Test
    void a_price_that_falls_at_one_tier_and_rises_at_another() {
        var day = LocalDate.of(2026, 3, 2);
        // 100 x 12.00 = 1,200.00: fund (1,200 - 400) x 75% = 600.00
        settle("k1", "demo-resident-adult", COUNTY, day, 120_000, dressings(120_000, 100));
        // 100 x 10.00 = 1,000.00: fund (1,000 - 200) x 85% = 680.00
        settle("k2", "demo-resident-adult", TOWNSHIP, day.plusDays(9), 100_000, dressings(100_000, 100));
        // Nothing that any rule moves.
        settle("k3", "demo-resident-elderly", COUNTY, day, 100_000, care(100_000));
        var series = effects(LocalDate.of(2026, 7, 1), GOAL);
        assertEquals(List.of(), series.leftOut());
        assertEquals(1, series.members());
        // Half the way, 11.50 and 10.50: fund (1,150 - 400) x 75% = 562.50 and (1,050 - 200) x 85% = 722.50
        assertEquals("""
                H99990100001 -50.00 = -37.50 + -12.50 + 0.00
                H99990100011 50.00 = 42.50 + 7.50 + 0.00
                all 0.00 = 5.00 + -5.00 + 0.00 换药（小） 2200.00 -> 2200.00""",
                told(series.effects().getFirst()));
        // All the way, 11.00 at both: fund (1,100 - 400) x 75% = 525.00 and (1,100 - 200) x 85% = 765.00
        assertEquals("""
                H99990100001 -100.00 = -75.00 + -25.00 + 0.00
                H99990100011 100.00 = 85.00 + 15.00 + 0.00
                all 0.00 = 10.00 + -10.00 + 0.00 换药（小） 2200.00 -> 2200.00""",
                told(series.effects().getLast()));
        assertEquals(2, series.effects().getLast().settlements());
    }

    @Test
    void a_later_settlement_meets_what_the_price_left_of_a_deductible() {
        var day = LocalDate.of(2026, 3, 2);
        // 57,600 + 1,200 = 58,800: borne 400 + 58,400 x 25% = 15,000, just the deductible of catastrophic insurance.
        settle("k1", "demo-resident-adult", COUNTY, day, 5_880_000, care(5_760_000) + "," + dressings(120_000, 100));
        // 1,000: borne 400 + 600 x 25% = 550, of which 60% = 330.00.
        settle("k2", "demo-resident-adult", COUNTY, day.plusDays(9), 100_000, care(100_000));
        // At 11.00 the first bears 25 less, so that 25 of the second still fall under the deductible:
        // (550 - 25) x 60% = 315.00, 15.00 less for the fund and more for the patient.
        var effect = effects(GOAL).effects().getFirst();
        assertEquals("""
                H99990100001 -100.00 = -90.00 + -10.00 + 0.00
                all -100.00 = -90.00 + -10.00 + 0.00 换药（小） 1200.00 -> 1100.00""",
                told(effect));
        assertEquals(2, effect.settlements());
    }

    @Test
    void what_was_taken_back_and_what_lies_outside_the_period_counts_nowhere() {
        settle("k1", "demo-resident-adult", COUNTY, LocalDate.of(2025, 3, 2), 120_000, dressings(120_000, 100));
        settle("k2", "demo-resident-elderly", COUNTY, LocalDate.of(2026, 3, 2), 120_000, dressings(120_000, 100));
        book.reverse(new Book.Reversing("r1", COUNTY, "r1", new byte[] {'{', '}'}, "k2", "退费", NOW),
                undone -> new byte[] {'{', '}'});
        assertEquals("\nall 0.00 = 0.00 + 0.00 + 0.00", told(effects(GOAL).effects().getFirst()));
    }

    @Test
    void volumes_of_a_file_are_apportioned_by_the_share_that_is_given() {
        var effects = new VolumeEffects(PACKS.catalogue("fixture", "sample"), LocalDate.of(2026, 1, 1));
        // 333 x (11.00 - 12.00) = -333.00, 66.67% of it: -222.01; 0.5 x (108.00 - 100.00) = 4.00, half of it.
        var rows = List.of(row("ZC0001", COUNTY, Tier.SECONDARY, "333", "66.67%"),
                row("ZC0002", COUNTY, Tier.SECONDARY, "0.5", "50%"));
        assertTrue(rows.stream().allMatch(effects::knows));
        assertEquals("""
                H99990100001 -329.00 = -220.01 + -108.99 + 0.00
                all -329.00 = -220.01 + -108.99 + 0.00 换药（小） 3996.00 -> 3663.00 \
                彩色多普勒超声 50.00 -> 54.00""",
                told(effects.of(rows, List.of(GOAL)).effects().getFirst()));
    }

    /// Jiangsu's rule for graded nursing of 2025-06-17 states no amounts: its effect is unknown, not nothing.
    @Test
    void what_a_rule_moves_without_stated_prices_has_no_known_effect() {
        var jiangsu = PackHost.load(null, List.of(Path.of("../policy-packs/national"),
                Path.of("../policy-packs/jiangsu")), "0.1.0");
        var effects = new VolumeEffects(jiangsu.catalogue("jiangsu", "yangzhou"), LocalDate.of(2025, 1, 1));
        var first = LocalDate.of(2025, 6, 17);
        assertEquals(Optional.of(first), effects.unknownOn(row("120100003", COUNTY, Tier.SECONDARY, "333", "50%"),
                List.of(first.minusDays(1), first)));
        assertEquals(Optional.empty(), new VolumeEffects(PACKS.catalogue("fixture", "sample"), LocalDate.of(2026, 1, 1))
                .unknownOn(row("ZC0001", COUNTY, Tier.SECONDARY, "333", "50%"), List.of(GOAL)));
    }

    private static VolumeEffects.Row row(String item, String institution, Tier tier, String quantity, String fund) {
        return new VolumeEffects.Row(item, institution, tier, new BigDecimal(quantity), Ratio.of(fund));
    }

    @Test
    void members_come_in_parts_that_add_up() {
        var day = LocalDate.of(2026, 3, 2);
        var members = List.of("demo-resident-adult", "demo-resident-elderly");
        members.forEach(member -> settle("part-" + member, member, COUNTY, day, 120_000, dressings(120_000, 100)));
        var effects = new PathEffects(book.volumes(), PACKS, "0.1.0");
        var question = new PathEffects.Question("fixture", "sample", "999901", new Span(LocalDate.of(2026, 1, 1),
                LocalDate.of(2026, 12, 31)), List.of(GOAL));
        var whole = effects.of(question, member -> { });
        assertEquals(2, whole.members());
        assertEquals(null, whole.next());
        var first = effects.of(question, "", 1, member -> { });
        var second = effects.of(question, String.valueOf(first.next()), 1, member -> { });
        assertEquals(members.getFirst(), first.next());
        assertEquals(null, second.next());
        assertEquals(whole.effects().getFirst().whole(), first.effects().getFirst().whole()
                .plus(second.effects().getFirst().whole()));
    }
}
