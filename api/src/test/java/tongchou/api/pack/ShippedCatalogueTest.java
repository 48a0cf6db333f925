package tongchou.api.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.PayClass;
import tongchou.core.catalogue.Prices;
import tongchou.core.catalogue.Procurement;
import tongchou.core.catalogue.Restriction;
import tongchou.core.catalogue.Standard;
import tongchou.core.money.Fen;

/// What the shipped packs know of drugs, services and prices.
class ShippedCatalogueTest {

    private static final LocalDate LAST = LocalDate.of(2025, 12, 31);
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

    private static Listings listings(String pack) {
        return ShippedPacks.LIBRARY.pack(pack).orElseThrow().listings();
    }

    private static Catalogue national() {
        return listings("national").of("");
    }

    private static long count(ItemKind kind) {
        return listings("national").stated().get(kind).size();
    }

    @Test
    void a_county_finds_its_drugs_services_pieces_and_chronic_diseases() {
        assertTrue(count(ItemKind.DRUG) >= 300, count(ItemKind.DRUG) + " drugs");
        assertTrue(count(ItemKind.SERVICE) >= 120, count(ItemKind.SERVICE) + " services");
        assertTrue(count(ItemKind.HERBAL_PIECE) >= 116, count(ItemKind.HERBAL_PIECE) + " herbal pieces");
        assertTrue(count(ItemKind.CHRONIC_DISEASE) >= 45, count(ItemKind.CHRONIC_DISEASE) + " chronic diseases");
        assertEquals("糖尿病", national().item("M01600", FIRST, KnownOn.LATEST).orElseThrow().value().name());
    }

    /// `00`, nine digits of the project, two of the sub-item, two of the surcharge (facts 2.1); 99 items carry one.
    @Test
    void service_items_carry_their_national_code() {
        var codes = listings("national").byArea().get("").all(Item.class)
                .map(fact -> fact.value().attribute("national-code")).filter(code -> !code.isEmpty()).toList();
        assertEquals(99, codes.size());
        assertEquals(List.of(), codes.stream().filter(code -> !code.matches("00[0-9]{13}")).toList());
        assertEquals("001102000010300", national().item("110200001-1", FIRST, KnownOn.LATEST).orElseThrow().value()
                .attribute("national-code"));
    }

    @ParameterizedTest(name = "{0} as {1} is class {2}")
    @CsvSource({"多潘立酮, 片剂, A", "多潘立酮, 口服液体剂, B", "二甲双胍, 片剂, A", "二甲双胍, 缓释片, B", "布洛芬, 片剂, A",
        "布洛芬, 缓释胶囊, B", "阿司匹林, 肠溶片, A"})
    void class_belongs_to_name_and_form(String name, String form, PayClass expected) {
        for (var day : List.of(LAST, FIRST)) {
            var found = national().listed(name, form, listings("national").forms(), day, KnownOn.LATEST).orElseThrow();
            assertEquals(expected, found.value().payClass(), day + " " + found.fact().origin());
        }
    }

    @Test
    void a_standard_changes_with_the_edition() {
        var drug = national().named("海博麦布片", LAST, KnownOn.LATEST).getFirst().value();
        assertEquals(new Standard.BySpecification(List.of(new Standard.Each("10mg/片", Fen.ofYuan("6.37")),
                new Standard.Each("20mg/片", Fen.ofYuan("10.82")))), standard(drug, LAST));
        assertEquals(new Standard.BySpecification(List.of(new Standard.Each("10mg/片", Fen.ofYuan("5.70")),
                new Standard.Each("20mg/片", Fen.ofYuan("9.69")))), standard(drug, FIRST));
    }

    private static Standard standard(Item drug, LocalDate day) {
        return national().about(Standard.class, drug, day, KnownOn.LATEST).getFirst().value();
    }

    @Test
    void standards_may_be_confidential_or_fall_with_the_quantity() {
        var confidential = national().named("司美格鲁肽注射液", LAST, KnownOn.LATEST).getFirst().value();
        assertEquals(new Standard.Confidential(), standard(confidential, LAST));
        var iodine = national().named("治疗用碘[131I]化钠胶囊", LAST, KnownOn.LATEST).getFirst().value();
        assertEquals(Fen.ofYuan("4395.50"), ((Standard.Steps) standard(iodine, LAST)).of(
                new java.math.BigDecimal("100")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"氢醌, INJURY_ONLY", "地诺前列酮, MATERNITY_ONLY", "卡前列素氨丁三醇, MATERNITY_ONLY", "胸腺法新, INJURY_ONLY"})
    void other_insurances_have_their_drugs(String name, Item.Mark mark) {
        assertTrue(national().named(name, LAST, KnownOn.LATEST).getFirst().value().is(mark), name);
    }

    @Test
    void several_names_share_a_number_and_ranges_carry_rules() {
        var salts = national().named("补液盐Ⅲ", LAST, KnownOn.LATEST).getFirst().value();
        assertEquals(List.of("补液盐Ⅰ", "补液盐Ⅱ", "补液盐Ⅲ"), salts.names());
        var nutrition = national().named("小儿复方氨基酸(18AA-Ⅰ)", LAST, KnownOn.LATEST).getFirst().value();
        assertEquals(280, nutrition.place().number());
        assertEquals(1, national().about(Restriction.class, nutrition, LAST, KnownOn.LATEST).size());
    }

    @Test
    void a_product_code_leads_to_its_variety() {
        var alias = listings("national").byArea().get("").all(tongchou.core.catalogue.Alias.class)
                .filter(fact -> fact.target().toString().matches("X.{13}")).findFirst().orElseThrow();
        assertEquals(alias.value().code(), national().item(alias.target() + "010103357", List.of(), FIRST,
                KnownOn.LATEST).orElseThrow().value().code());
    }

    @Test
    void procurement_prices_keep_their_four_decimals() {
        var drug = national().named("氨氯地平", FIRST, KnownOn.LATEST).getFirst().value();
        assertTrue(national().about(Procurement.class, drug, FIRST, KnownOn.LATEST).stream()
                .anyMatch(found -> found.value().batch().equals("4+7 试点")
                        && found.value().each().yuan().equals("0.1486")), "浙江京新 5mg");
    }

    @ParameterizedTest(name = "{0}: {1}/{2}/{3}")
    @CsvSource({"BJ-MSF-1, 50.00, 30.00, 20.00", "BJ-MSF-2, 60.00, 50.00, 40.00", "BJ-MSF-3, 80.00, 70.00, 60.00",
        "BJ-MSF-4, 100.00, 90.00, 80.00", "BJ-MSF-5, 70.00, 50.00, 40.00", "BJ-MSF-6, 100.00, 60.00, 50.00"})
    void beijing_states_its_service_fee_by_tier(String code, String tertiary, String secondary, String primary) {
        var catalogue = listings("beijing").of("beijing");
        var prices = new Prices(catalogue, KnownOn.LATEST);
        var item = catalogue.item(code, LAST, KnownOn.LATEST).orElseThrow().value();
        assertEquals(List.of(primary, secondary, tertiary), List.of(Tier.values()).stream()
                .map(tier -> prices.charge(item, tier, 40, LAST).orElseThrow().each().yuan()).toList());
    }

    @Test
    void jiangsu_says_that_graded_nursing_has_one_price_and_nobody_knows_which() {
        var catalogue = listings("jiangsu").of("");
        var prices = new Prices(catalogue, KnownOn.LATEST);
        var nursing = catalogue.item("120100003", LAST, KnownOn.LATEST).orElseThrow().value();
        assertEquals("分级护理各级同价", prices.rule(nursing, LAST).orElseThrow().value().name());
        assertTrue(prices.charge(nursing, Tier.TERTIARY, 40, LAST).isEmpty());
    }

    @ParameterizedTest(name = "{0} {2}, aged {4}: {5}")
    @CsvSource({
        "shandong, '',    SD-IMPLANT-1, 2025-06-02, 40, 4171.00/3753.90/3753.90",  // 4,171 less 10%
        "shandong, '',    SD-IMPLANT-2, 2025-06-02, 40, 3977.00/-/-",              // lower levels are the cities'
        "shandong, jinan, JN-VISIT-5,   2016-11-06, 40, 25.00/18.00/10.00",
        "shandong, jinan, JN-VISIT-5,   2016-11-07, 40, 28.00/18.00/10.00",
        "shandong, jinan, JN-VISIT-1,   2016-11-07, 40, 25.00/20.00/20.00",
        "beijing,  beijing, BJ-IMPLANT-1, 2025-06-02, 40, 5000.00/4300.00/4300.00",
        "beijing,  beijing, BJ-IMPLANT-2, 2025-06-02, 40, 4500.00/4300.00/4300.00",
        "fujian,   '',    ND-VISIT-1,   2019-06-02, 6,  30.00/25.00/-",
        "fujian,   '',    ND-VISIT-1,   2019-06-02, 7,  -/-/-",
        "jiangsu,  '',    JS-TZ-NURSING, 2025-10-01, 40, 160.00/144.00/-"})        // level 2 is level 3 less 10%
    void published_prices_by_tier(String pack, String area, String code, LocalDate day, int age, String expected) {
        var catalogue = listings(pack).of(area);
        var item = catalogue.item(code, day, KnownOn.LATEST).orElseThrow().value();
        var prices = new Prices(catalogue, KnownOn.LATEST);
        assertEquals(expected, List.of(Tier.TERTIARY, Tier.SECONDARY, Tier.PRIMARY).stream()
                .map(tier -> prices.charge(item, tier, age, day).map(quote -> quote.each().yuan()).orElse("-"))
                .collect(java.util.stream.Collectors.joining("/")));
    }
}
