package tongchou.core.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.core.calendar.InForce;
import tongchou.core.calendar.KnownOn;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;

/// What a catalogue knows on a day, at every level.
class CatalogueTest {

    private static final LocalDate DAY = LocalDate.of(2025, 6, 1);

    private static <V extends Stated> Fact<V> fact(String target, V value, String from, String to, String level) {
        var first = LocalDate.parse(from);
        return new Fact<>(Target.of(target), value,
                to.isEmpty() ? InForce.from(first) : new InForce(first, LocalDate.parse(to)), first.minusDays(30),
                new Origin("list", "", level));
    }

    private static Item drug(String code, String name, String form, PayClass payClass, int number) {
        return new Item(ItemKind.DRUG, code, List.of(name), form, "", payClass,
                new ListPlace("2024", ListPlace.Section.WEST, number, 0), List.of(), List.of(), new TreeMap<>());
    }

    @ParameterizedTest(name = "{0} in the form {1} is class {2}")
    @CsvSource({
        // class belongs to name and form, and a list prints groups of forms
        "二甲双胍, 片剂, A",
        "二甲双胍, 硬胶囊, A",
        "二甲双胍, 缓释片, B",
        "多潘立酮, 口服常释剂型, A",
        "多潘立酮, 口服液体剂, B",
        "阿司匹林, 片剂, A",
        "阿司匹林, 分散片, B"})
    void class_belongs_to_name_and_form(String name, String form, PayClass expected) {
        var forms = new Forms(Map.of("口服常释剂型", Set.of("片剂", "分散片", "硬胶囊"), "缓释控释剂型", Set.of("缓释片", "控释片")));
        var list = new Tables("国家", List.of(
                fact("N1", drug("N1", "二甲双胍", "口服常释剂型", PayClass.A, 1), "2025-01-01", "", "国家"),
                fact("N2", drug("N2", "二甲双胍", "缓释控释剂型", PayClass.B, 1), "2025-01-01", "", "国家"),
                fact("N3", drug("N3", "多潘立酮", "口服常释剂型", PayClass.A, 2), "2025-01-01", "", "国家"),
                fact("N4", drug("N4", "多潘立酮", "口服液体剂", PayClass.B, 2), "2025-01-01", "", "国家"),
                fact("N5", drug("N5", "阿司匹林", "口服常释剂型(不含分散片)", PayClass.A, 3), "2025-01-01", "", "国家"),
                fact("N6", drug("N6", "阿司匹林", "分散片", PayClass.B, 3), "2025-01-01", "", "国家")));
        assertEquals(expected, new Catalogue(List.of(list)).listed(name, form, forms, DAY, KnownOn.LATEST)
                .orElseThrow().value().payClass());
    }

    @ParameterizedTest(name = "{0} millicurie are worth {1} yuan")
    @CsvSource({
        // 59.00 each to 10, at 80% to 50, at 65% to 100: the first, third and fifth are printed in the list of 2024
        "10,  590.00",
        "11,  637.20",  // 590.00 + 47.20
        "50, 2478.00",  // 590.00 + 40 x 47.20
        "51, 2516.35",  // 2478.00 + 38.35
        "100, 4395.50", // 2478.00 + 50 x 38.35
        "0.5,  29.50"})
    void a_standard_may_fall_with_the_quantity(String quantity, String yuan) {
        var steps = new Standard.Steps("mCi", Fen.ofYuan("59.00"), List.of(new Standard.Step(10, Ratio.WHOLE),
                new Standard.Step(50, Ratio.of("80%")), new Standard.Step(100, Ratio.of("65%"))));
        assertEquals(Fen.ofYuan(yuan), steps.of(new BigDecimal(quantity)));
        assertThrows(IllegalArgumentException.class, () -> steps.of(new BigDecimal("101")));
    }

    @Test
    void a_nearer_level_replaces_a_farther_one_tier_by_tier_and_shows_it() {
        var item = Item.of(ItemKind.SERVICE, "S1", "一级护理", null);
        var national = new Tables("国家", List.of(fact("S1", item, "2020-01-01", "", "国家"),
                fact("S1", Price.of(Price.Basis.CHARGE, null, "日", Fen.ofYuan("20")), "2020-01-01", "", "国家")));
        var area = new Tables("某县", List.of(fact("S1", Price.of(Price.Basis.CHARGE, null, "日", Fen.ofYuan("26")),
                "2025-01-01", "2025-12-31", "某县")));
        var catalogue = new Catalogue(List.of(area, national));
        var found = catalogue.about(Price.class, item, DAY, KnownOn.LATEST).getFirst();
        assertEquals(Fen.ofYuan("26"), found.value().each());
        assertEquals("国家", found.overrides());
        assertEquals(Fen.ofYuan("20"), catalogue.about(Price.class, item, LocalDate.of(2026, 1, 1), KnownOn.LATEST)
                .getFirst().value().each(), "where the nearer level has ended, the farther one holds");
    }

    @Test
    void a_fact_is_known_from_its_issue() {
        var list = new Tables("国家", List.of(
                fact("X", drug("X", "甲", "", PayClass.B, 1), "2024-01-01", "", "国家"),
                fact("X", drug("X", "甲", "", PayClass.A, 1), "2025-01-01", "", "国家")));
        var catalogue = new Catalogue(List.of(list));
        assertEquals(PayClass.A, catalogue.item("X", DAY, KnownOn.LATEST).orElseThrow().value().payClass());
        assertEquals(PayClass.B, catalogue.item("X", DAY, new KnownOn(LocalDate.of(2024, 11, 1))).orElseThrow().value()
                .payClass(), "the change was issued on 2024-12-02");
    }

    @Test
    void codes_of_others_lead_to_the_item() {
        var list = new Tables("国家", List.of(
                fact("N1", drug("N1", "二甲双胍", "口服常释剂型", PayClass.A, 1), "2025-01-01", "", "国家"),
                fact("XA10BAE001A001", new Alias("", "N1"), "2025-01-01", "", "国家"),
                fact("LOCAL7", new Alias("H33010200001", "N1"), "2025-01-01", "2025-06-30", "国家")));
        var catalogue = new Catalogue(List.of(list));
        assertEquals("N1", catalogue.item("XA10BAE001A001010203357", List.of(), DAY, KnownOn.LATEST).orElseThrow()
                .value().code(), "all products of one variety and form");
        assertEquals("N1", catalogue.item("LOCAL7", List.of("H33010200001", "330102"), DAY, KnownOn.LATEST)
                .orElseThrow().value().code());
        assertEquals(true, catalogue.item("LOCAL7", List.of("H33010200002"), DAY, KnownOn.LATEST).isEmpty(),
                "the code is that of one institution");
        assertEquals(true, catalogue.item("LOCAL7", List.of("H33010200001"), LocalDate.of(2025, 7, 1), KnownOn.LATEST)
                .isEmpty(), "and it has ended");
    }

    @Test
    void a_range_of_numbers_holds_in_its_edition() {
        var item = drug("N1", "某肠外营养", "注射剂", PayClass.B, 280);
        var rule = new Restriction("住院有营养风险者", "", Restriction.Coded.NOT, List.of());
        var list = new Tables("国家", List.of(fact("N1", item, "2025-01-01", "", "国家"),
                fact("numbers:2024/west/279-295", rule, "2025-01-01", "2025-12-31", "国家")));
        var catalogue = new Catalogue(List.of(list));
        assertEquals(1, catalogue.about(Restriction.class, item, DAY, KnownOn.LATEST).size());
        assertEquals(0, catalogue.about(Restriction.class, drug("N2", "乙", "", PayClass.B, 296), DAY, KnownOn.LATEST)
                .size());
    }

    @ParameterizedTest
    @CsvSource({"XA02AXX095A001010103357, XA02AXX095, A001, 0101, 03357, X",
        "ZA12HAY0771010102345, ZA12HAY0771, '', 0101, 02345, Y"})
    void a_national_drug_code_names_its_variety(String code, String variety, String form, String pack, String company,
            char initial) {
        var read = DrugCode.of(code).orElseThrow();
        assertEquals(new DrugCode(variety, form, pack, company), read);
        assertEquals(initial, read.initial());
        assertEquals(true, DrugCode.of(code + "0").isEmpty());
    }
}
