package tongchou.core.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.InForce;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Allowance;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Fact;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.Origin;
import tongchou.core.catalogue.PayClass;
import tongchou.core.catalogue.PrePay;
import tongchou.core.catalogue.Price;
import tongchou.core.catalogue.Procurement;
import tongchou.core.catalogue.Restriction;
import tongchou.core.catalogue.Standard;
import tongchou.core.catalogue.Stated;
import tongchou.core.catalogue.Surcharge;
import tongchou.core.catalogue.Tables;
import tongchou.core.catalogue.Target;
import tongchou.core.encounter.Care;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.people.Scheme;
import tongchou.core.settlement.RefusalCode;

/// What a catalogue makes of a charge: the vectors that the field's lists and notices give.
class JudgeTest {

    private static final Restriction.Alternative ANYBODY = new Restriction.Alternative(Set.of(), Set.of(), Set.of(),
            Set.of(), null, null, null, Set.of(), Set.of());

    private static <V extends Stated> Fact<V> fact(String target, V value, String from, String to) {
        var first = LocalDate.parse(from);
        return new Fact<>(Target.of(target), value,
                to.isEmpty() ? InForce.from(first) : new InForce(first, LocalDate.parse(to)), first.minusDays(30),
                new Origin("list", "", "国家"));
    }

    private static <V extends Stated> Fact<V> fact(String target, V value) {
        return fact(target, value, "2025-01-01", "");
    }

    private static Fact<Item> item(ItemKind kind, String code, @Nullable PayClass payClass, Item.Mark... marks) {
        return fact(code, new Item(kind, code, List.of(code), "", "", payClass, null, List.of(), List.of(marks),
                new TreeMap<>()));
    }

    private static Standard each(String... specificationsAndYuan) {
        return new Standard.BySpecification(IntStream.range(0, specificationsAndYuan.length / 2)
                .mapToObj(i -> new Standard.Each(specificationsAndYuan[2 * i],
                        Fen.ofYuan(specificationsAndYuan[2 * i + 1]))).toList());
    }

    private static Restriction only(Restriction.Alternative... alternatives) {
        return new Restriction("限定", "only", Restriction.Coded.FULLY, List.of(alternatives));
    }

    private static Restriction.Alternative with(Set<String> diagnoses, Set<Tier> tiers, Set<String> specialties,
            @Nullable Integer ageFrom, Set<String> after) {
        return new Restriction.Alternative(diagnoses, tiers, Set.of(), specialties, ageFrom, null, null, after,
                Set.of());
    }

    private static final Catalogue CATALOGUE = new Catalogue(List.of(new Tables("国家", List.of(
            item(ItemKind.DRUG, "海博麦布", PayClass.B, Item.Mark.NEGOTIATED),
            fact("海博麦布", each("10mg", "6.37", "20mg", "10.82"), "2025-01-01", "2025-12-31"),
            fact("海博麦布", each("10mg", "5.70", "20mg", "9.69"), "2026-01-01", ""),
            item(ItemKind.DRUG, "碘131", PayClass.B),
            fact("碘131", new Standard.Steps("mCi", Fen.ofYuan("59"), List.of(new Standard.Step(10, Ratio.WHOLE),
                    new Standard.Step(50, Ratio.of("80%")), new Standard.Step(100, Ratio.of("65%"))))),
            item(ItemKind.DRUG, "司美格鲁肽", PayClass.B), fact("司美格鲁肽", new Standard.Confidential()),
            item(ItemKind.DRUG, "降脂药", PayClass.B),
            fact("降脂药", only(with(Set.of("E78"), Set.of(), Set.of(), 18, Set.of()))),
            fact("降脂药", new PrePay(Scheme.EMPLOYEE, Ratio.of("5%"))),
            fact("降脂药", new PrePay(Scheme.RESIDENT, Ratio.of("10%"))),
            item(ItemKind.DRUG, "二线药", PayClass.B),
            fact("二线药", only(with(Set.of(), Set.of(), Set.of(), null, Set.of("一线药")))),
            item(ItemKind.DRUG, "三级药", PayClass.B),
            fact("三级药", only(with(Set.of(), Set.of(Tier.TERTIARY), Set.of(), null, Set.of()),
                    with(Set.of(), Set.of(), Set.of("肿瘤科"), null, Set.of()))),
            item(ItemKind.DRUG, "文字限定药", PayClass.B),
            fact("文字限定药", new Restriction("有证据时", "", Restriction.Coded.NOT, List.of())),
            item(ItemKind.DRUG, "工伤药", PayClass.B, Item.Mark.INJURY_ONLY),
            item(ItemKind.DRUG, "生育药", PayClass.B, Item.Mark.MATERNITY_ONLY),
            item(ItemKind.DRUG, "降压药", PayClass.A),
            fact("降压药", new Allowance(new BigDecimal("30"), null, null)),
            fact("group:drug", new Allowance(null, 28, 84)),
            item(ItemKind.DRUG, "集采药", PayClass.A),
            fact("集采药", new Procurement("第一批", "5mg", "片", "甲厂", Procurement.Milli.ofYuan("0.1486"),
                    new BigDecimal("1000000"), true)),
            item(ItemKind.HERBAL_PIECE, "西洋参", PayClass.C),
            item(ItemKind.HERBAL_PIECE, "丁香", PayClass.A, Item.Mark.NOT_ALONE),
            item(ItemKind.HERBAL_PIECE, "大枣", PayClass.A, Item.Mark.NOT_ALONE),
            item(ItemKind.HERBAL_PIECE, "黄芪", PayClass.A),
            item(ItemKind.SERVICE, "静脉采血", PayClass.A),
            fact("静脉采血", Price.of(Price.Basis.CHARGE, Tier.PRIMARY, "次", Fen.ofYuan("5"))),
            fact("静脉采血", Price.of(Price.Basis.CHARGE, null, "次", Fen.ofYuan("6"))),
            fact("静脉采血", new Surcharge("儿童", 6, Ratio.of("120%"), null)),
            fact("静脉采血", new Surcharge("pump", null, null, Fen.ofYuan("0.50"))),
            item(ItemKind.SERVICE, "儿科诊查", PayClass.A),
            fact("儿科诊查", Price.of(Price.Basis.CHARGE, null, "次", Fen.ofYuan("12"))),
            fact("儿科诊查", new Price(Price.Basis.CHARGE, null, "次", 0, 6, Fen.ofYuan("15")))))));

    private static Circumstances visit(LocalDate day) {
        return new Circumstances(day, KnownOn.LATEST, Scheme.EMPLOYEE, 45, null, Tier.SECONDARY, List.of(),
                Care.OUTPATIENT, 4, false, Set.of("I10.x00"), "全科", Set.of(), Set.of(), Set.of());
    }

    private static Circumstances visit() {
        return visit(LocalDate.of(2026, 3, 1));
    }

    private static Circumstances aged(int age, Tier tier) {
        return new Circumstances(LocalDate.of(2026, 3, 1), KnownOn.LATEST, Scheme.EMPLOYEE, age, null, tier,
                List.of(), Care.OUTPATIENT, 4, false, Set.of(), null, Set.of(), Set.of(), Set.of());
    }

    private static Circumstances with(Scheme scheme, @Nullable String diagnoses, int age, Tier tier,
            @Nullable String specialty, @Nullable String before) {
        return new Circumstances(LocalDate.of(2026, 3, 1), KnownOn.LATEST, scheme, age, null, tier, List.of(),
                Care.OUTPATIENT, 4, false, diagnoses == null ? null : words(diagnoses), specialty,
                before == null ? null : words(before), Set.of(), Set.of());
    }

    private static Set<String> words(String text) {
        return text.isBlank() ? Set.of() : Set.copyOf(Arrays.asList(text.split(" ")));
    }

    private static Charge charge(String item, String yuan, @Nullable String quantity, String specification,
            @Nullable Integer days, String... surcharges) {
        return new Charge(1, item, Fen.ofYuan(yuan), quantity == null ? null : new BigDecimal(quantity), null, days,
                specification, List.of(surcharges), null, null, null, null);
    }

    private static JudgedCharge judged(Charge charge, Circumstances facts) {
        var judgement = Judge.judge(CATALOGUE, List.of(charge), facts);
        assertNull(judgement.refusal(), String.valueOf(judgement.refusal()));
        return judgement.charges().getFirst();
    }

    @ParameterizedTest(name = "30 tablets of {1} for {2} yuan on {0}: {3} above the standard")
    @CsvSource({
        // the payment standard of 海博麦布 falls from 6.37 to 5.70 (10 mg) and from 10.82 to 9.69 (20 mg) on 2026-01-01
        "2025-12-31, 10mg, 191.10,  0.00",  // 30 x 6.37
        "2026-01-01, 10mg, 191.10, 20.10",  // 191.10 - 30 x 5.70
        "2025-12-31, 20mg, 324.60,  0.00",  // 30 x 10.82
        "2026-01-01, 20mg, 324.60, 33.90",  // 324.60 - 30 x 9.69
        "2026-01-01, 20mg, 200.00,  0.00"}) // below the standard
    void a_drug_on_the_last_and_the_first_day_of_editions(LocalDate day, String specification, String yuan,
            String over) {
        var line = judged(charge("海博麦布", yuan, "30", specification, 28), visit(day)).line();
        assertEquals(PayClass.B, line.payClass());
        assertEquals(Fen.ofYuan(over), line.overLimit());
    }

    @Test
    void several_specifications_ask_for_one() {
        var refusal = Judge.judge(CATALOGUE, List.of(charge("海博麦布", "191.10", "30", "", null)), visit()).refusal();
        assertEquals(RefusalCode.MISSING_INPUT, refusal.code());
        assertEquals("lines[0].detail.specification", refusal.field());
        assertTrue(refusal.expected().contains("10mg | 20mg"), refusal.expected());
    }

    @ParameterizedTest(name = "{0} mCi for {1} yuan: {2} above")
    @CsvSource({"10, 600.00, 10.00", "11, 637.20, 0.00", "50, 2500.00, 22.00", "51, 2516.35, 0.00",
        "100, 4400.00, 4.50"})
    void a_standard_that_falls_with_the_quantity(String quantity, String yuan, String over) {
        assertEquals(Fen.ofYuan(over), judged(charge("碘131", yuan, quantity, "", null), visit()).line().overLimit());
    }

    @Test
    void a_confidential_standard_comes_from_the_overlay_or_is_refused_by_name() {
        var asked = charge("司美格鲁肽", "500.00", "1", "", null);
        var refusal = Judge.judge(CATALOGUE, List.of(asked), visit()).refusal();
        assertEquals(RefusalCode.PRICE_CONFIDENTIAL, refusal.code());
        assertTrue(refusal.expected().contains("司美格鲁肽"), refusal.expected());
        var overlay = CATALOGUE.under(new Tables("私有", List.of(fact("司美格鲁肽", each("", "433.00")))));
        assertEquals(Fen.ofYuan("67.00"), Judge.judge(overlay, List.of(asked), visit()).lines().getFirst()
                .overLimit());
    }

    @ParameterizedTest(name = "{0}, diagnoses {2}, aged {3}, {4}, {5}, before {6}: {7}")
    @CsvSource(delimiter = '|', value = {
        // drug, scheme, diagnoses, age, tier, department, used before | paid as: B, C, or the field that is missing
        "降脂药     | EMPLOYEE | E78.000        | 45  | SECONDARY | 全科       |             | B",
        "降脂药     | EMPLOYEE | I10.x00        | 45  | SECONDARY | 全科       |             | C",
        "降脂药     | EMPLOYEE | I10.x00 E78.5  | 45  | SECONDARY | 全科       |             | B",
        "降脂药     | EMPLOYEE | E78.000        | 17  | SECONDARY | 全科       |             | C",
        "二线药     | EMPLOYEE | I10.x00        | 45  | SECONDARY | 全科       | 一线药      | B",
        "二线药     | EMPLOYEE | I10.x00        | 45  | SECONDARY | 全科       | ''          | C",
        "二线药     | EMPLOYEE | I10.x00        | 45  | SECONDARY | 全科       |             | encounter.clinical.used_before",
        "三级药     | EMPLOYEE | C34.900        | 45  | TERTIARY  | 全科       |             | B",
        "三级药     | EMPLOYEE | C34.900        | 45  | SECONDARY | 肿瘤科     |             | B",
        "三级药     | EMPLOYEE | C34.900        | 45  | SECONDARY | 全科       |             | C",
        "三级药     | EMPLOYEE | C34.900        | 45  | SECONDARY |            |             | encounter.clinical.department",
        "文字限定药 | EMPLOYEE | I10.x00        | 45  | SECONDARY | 全科       |             | B",
        "工伤药     | EMPLOYEE | T14.900        | 45  | SECONDARY | 全科       |             | C",
        "生育药     | EMPLOYEE | O80.000        | 30  | SECONDARY | 产科       |             | C",
        "生育药     | RESIDENT | O80.000        | 30  | SECONDARY | 产科       |             | B",
        "生育药     | RESIDENT | N80.000        | 30  | SECONDARY | 妇科       |             | C"})
    void a_restriction_is_met_or_the_patient_pays(String drug, Scheme scheme, String diagnoses, int age, Tier tier,
            @Nullable String department, @Nullable String before, String expected) {
        var judgement = Judge.judge(CATALOGUE, List.of(charge(drug, "100.00", "1", "", null)),
                with(scheme, diagnoses, age, tier, department, before));
        if (expected.length() > 1) {
            assertEquals(RefusalCode.MISSING_INPUT, judgement.refusal().code());
            assertEquals(expected, judgement.refusal().field());
            return;
        }
        assertEquals(PayClass.valueOf(expected), judgement.lines().getFirst().payClass());
        assertTrue(judgement.charges().getFirst().notes().size() > 1, "it says why");
    }

    @Test
    void the_share_is_that_of_the_scheme() {
        for (var scheme : Scheme.values()) {
            var line = Judge.judge(CATALOGUE, List.of(charge("降脂药", "100.00", "1", "", null)),
                    with(scheme, "E78.0", 45, Tier.SECONDARY, "全科", "")).lines().getFirst();
            assertEquals(Ratio.of(scheme == Scheme.EMPLOYEE ? "5%" : "10%"), line.prePay());
        }
    }

    @ParameterizedTest(name = "{0} weeks, registered {1}, {2} tablets for {3} days: {4} of 90.00 yuan not paid")
    @CsvSource({
        // 30 tablets a month; 28 days, of a long prescription 84; months of a long prescription at most three
        " 4, false, 30, 28,  0.00, false",
        " 4, false, 90, 28, 60.00, false",  // 30 of 90 tablets are paid
        "12, true,  90, 84,  0.00, true",   // three months of 30
        "12, true,  90, 90,  6.00, true",   // 84 of 90 days: 90.00 x 84 / 90 = 84.00
        "12, false, 30, 84, 60.00, false",  // not registered: 28 of 84 days
        " 8, true,  90, 56, 30.00, true"})  // two months of 30: 60 of 90 tablets
    void a_long_prescription_has_its_months(int weeks, boolean registered, String tablets, int days, String over,
            boolean outside) {
        var facts = new Circumstances(LocalDate.of(2026, 3, 1), KnownOn.LATEST, Scheme.EMPLOYEE, 60, null,
                Tier.PRIMARY, List.of(), Care.CHRONIC, weeks, registered, Set.of("I10.x00"), null, null, null,
                Set.of());
        var judgement = Judge.judge(CATALOGUE, List.of(charge("降压药", "90.00", tablets, "", days)), facts);
        assertEquals(Fen.ofYuan(over), judgement.lines().getFirst().overLimit());
        assertEquals(outside, judgement.outsideAverageCost());
    }

    @ParameterizedTest(name = "{0}: classes {1}")
    @CsvSource({"丁香, C", "丁香 大枣, C C", "丁香 黄芪, A A", "黄芪, A", "西洋参 黄芪, C A", "丁香 西洋参, A C"})
    void herbal_pieces_that_are_not_paid_alone(String pieces, String classes) {
        var charges = new ArrayList<Charge>();
        for (var piece : pieces.split(" ")) {
            charges.add(Charge.of(charges.size() + 1, piece, Fen.of(1000), null));
        }
        assertEquals(List.of(classes.split(" ")), Judge.judge(CATALOGUE, charges, visit()).lines().stream()
                .map(line -> line.payClass().name()).toList());
    }

    @ParameterizedTest(name = "{0} at {2} for age {1}, {4} asked: {5} counted for {3}")
    @CsvSource({
        "静脉采血, 45, PRIMARY,   1, '',   5.00",
        "静脉采血, 45, SECONDARY, 1, '',   6.00",
        "静脉采血,  6, SECONDARY, 1, '',   7.20",  // 6.00 x 120%
        "静脉采血,  7, SECONDARY, 2, '',  12.00",
        "静脉采血,  6, SECONDARY, 1, pump, 7.70",  // 7.20 + 0.50
        "儿科诊查,  6, TERTIARY,  1, '',  15.00",
        "儿科诊查,  7, TERTIARY,  1, '',  12.00"})
    void a_service_has_the_price_of_its_tier_and_its_surcharges(String service, int age, Tier tier, String quantity,
            String surcharge, String counted) {
        var asked = surcharge.isEmpty() ? new String[0] : new String[] {surcharge};
        assertEquals(Fen.ofYuan(counted), judged(charge(service, "1000.00", quantity, "", null, asked),
                aged(age, tier)).payable());
    }

    @Test
    void a_procurement_price_finer_than_a_fen_counts_by_quantity() {
        // 28 x 0.1486 = 4.1608, that is 4.16
        assertEquals(Fen.ofYuan("1.84"), judged(charge("集采药", "6.00", "28", "5mg", 28), visit()).line()
                .overLimit());
    }

    @Test
    void the_code_decides_and_what_contradicts_it_is_refused_with_both_named() {
        var given = new Charge(1, "降压药", Fen.of(100), BigDecimal.ONE, null, null, "", List.of(), PayClass.B, null,
                null, null);
        var refusal = Judge.judge(CATALOGUE, List.of(given), visit()).refusal();
        assertEquals(RefusalCode.CATALOGUE_CONTRADICTED, refusal.code());
        assertEquals("lines[0].class", refusal.field());
        assertTrue(refusal.read().contains("b") && refusal.expected().contains("类别 a"), refusal.toString());
        var unknown = new Charge(1, "本院项目", Fen.of(100), null, null, null, "", List.of(), PayClass.B, Fen.of(7),
                Ratio.of("20%"), null);
        assertEquals(Fen.of(7), Judge.judge(CATALOGUE, List.of(unknown), visit()).lines().getFirst().overLimit());
        assertEquals(RefusalCode.MISSING_INPUT, Judge.judge(CATALOGUE, List.of(Charge.of(1, "本院项目", Fen.of(100),
                null)), visit()).refusal().code());
    }

    /// What stands on a bill beside an item that excludes it, or without one it belongs to, is told, not denied.
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "输液,              ''",
        "输液 静脉注射,      EXCLUDED",
        "静脉注射,          ''",
        "输液泵,            NOT_LINKED",
        "输液泵 输液,        ''",
        "输液泵 换瓶,        ''",
        "输液泵 输液 静脉注射, EXCLUDED"})
    void items_that_exclude_each_other_or_belong_together(String items, String expected) {
        var catalogue = new Catalogue(List.of(new Tables("国家", List.of(
                attributed("输液", "excludes", "静脉注射;留置针"), attributed("静脉注射", "note", ""),
                attributed("换瓶", "note", ""), attributed("输液泵", "linked", "输液; 换瓶")))));
        var charges = new ArrayList<Charge>();
        for (var item : items.split(" ")) {
            charges.add(Charge.of(charges.size() + 1, item, Fen.of(1000), null));
        }
        var judgement = Judge.judge(catalogue, charges, visit());
        assertNull(judgement.refusal(), String.valueOf(judgement.refusal()));
        assertEquals(expected, judgement.charges().stream().flatMap(one -> one.notes().stream())
                .map(note -> note.kind()).filter(kind -> kind == Note.Kind.EXCLUDED || kind == Note.Kind.NOT_LINKED)
                .map(Enum::name).collect(java.util.stream.Collectors.joining(" ")));
        assertTrue(judgement.lines().stream().allMatch(line -> line.payClass() == PayClass.A), "paid as it is");
    }

    private static Fact<Item> attributed(String code, String name, String value) {
        var attributes = new TreeMap<String, String>();
        attributes.put(name, value);
        return fact(code, new Item(ItemKind.SERVICE, code, List.of(code), "", "次", PayClass.A, null, List.of(),
                List.of(), attributes));
    }

    @Test
    void what_is_counted_and_what_is_above_add_up_to_the_charge() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++) {
            var drug = List.of("降压药", "集采药", "静脉采血", "碘131", "降脂药").get(random.nextInt(5));
            var amount = Fen.of(random.nextInt(1_000_000));
            var charge = new Charge(1, drug, amount, BigDecimal.valueOf(1 + random.nextInt(1000), 1), null,
                    1 + random.nextInt(120), random.nextBoolean() ? "5mg" : "", List.of(), null, null, null, null);
            var facts = new Circumstances(LocalDate.of(2026, 3, 1), KnownOn.LATEST, Scheme.RESIDENT,
                    random.nextInt(90), null, Tier.values()[random.nextInt(3)], List.of(), Care.OUTPATIENT,
                    1 + random.nextInt(12), random.nextBoolean(), Set.of("E78.0"), null, Set.of(), Set.of(), Set.of());
            var judged = Judge.judge(CATALOGUE, List.of(charge), facts).charges().getFirst();
            var line = judged.line();
            assertEquals(amount, line.amount());
            assertTrue(!line.overLimit().isNegative() && line.overLimit().compareTo(amount) <= 0, "seed " + seed);
            if (judged.payable() != null) {
                assertEquals(amount, judged.payable().plus(line.overLimit()), "seed " + seed + " " + charge);
            }
        }
    }

    @Test
    void nothing_of_anybody_is_needed_for_an_empty_alternative() {
        assertEquals(new Proof(true, List.of(), List.of(), null), Proof.of(only(ANYBODY), visit(), false));
    }
}
