package tongchou.api.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.PayClass;
import tongchou.core.catalogue.Price;
import tongchou.core.catalogue.Restriction;
import tongchou.core.catalogue.Standard;
import tongchou.core.money.Fen;

/// The tables of `catalogue/` as a clerk writes them, and what is found wrong in them.
class ListingReaderTest {

    private static TreeMap<String, byte[]> pack() {
        var files = new TreeMap<String, byte[]>();
        put(files, "pack.yaml", """
                pack: sample
                version: 1.0.0
                name: {zh: 样例, en: Sample}
                covers: {from: 2025-01-01, to: 2026-12-31}
                maintainers: [someone]
                """);
        put(files, "sources.yaml", """
                documents:
                  - {id: list-2024, title: 目录, number: 一号, issuer: 局, issued: 2024-11-27, from: 2025-01-01, grade: official}
                  - {id: list-2025, title: 目录, number: 二号, issuer: 局, issued: 2025-12-05, from: 2026-01-01, grade: official}
                """);
        put(files, "catalogue/drugs.csv", """
                code,names,form,class,list,marks,from,to,doc
                N086,海博麦布片,,B,2024/negotiated/86,negotiated,2025-01-01,2025-12-31,list-2024
                N086,海博麦布片,,B,2025/negotiated/85,negotiated,2026-01-01,,list-2025
                W0100,复方甲;复方乙,口服常释剂型,A,2024/west/100,,2025-01-01,,list-2024
                """);
        put(files, "catalogue/standards.csv", """
                item,specification,price_yuan,from,doc
                N086,10mg/片,6.37,2025-01-01,list-2024
                N086,20mg/片,10.82,2025-01-01,list-2024
                N086,10mg/片,5.70,2026-01-01,list-2025
                N086,20mg/片,9.69,2026-01-01,list-2025
                """);
        put(files, "catalogue/restrictions.csv", """
                item,text,coded,diagnoses,age_from_years,doc
                N086,高胆固醇血症,fully,E78,,list-2024
                W0100,儿童不用或有哮喘,fully,,18,list-2024
                W0100,,fully,J45,,list-2024
                """);
        put(files, "catalogue/service-items.csv", "code,names,unit,from,doc\nS1,静脉采血,次,2025-01-01,list-2024\n");
        put(files, "catalogue/prices.csv", """
                item,basis,unit,age_from_years,age_to_years,primary_yuan,secondary_yuan,tertiary_yuan,doc
                S1,charge,次,,,3.00,3.50,4.00,list-2024
                """);
        put(files, "catalogue/forms.yaml", "forms:\n  口服常释剂型: [片剂, 硬胶囊]\n");
        put(files, "areas/a/area.yaml", "area: a\nname: {zh: 甲市, en: A}\ndivisions: [\"999801\"]\n");
        put(files, "areas/a/catalogue/prices.csv",
                "item,basis,unit,primary_yuan,from,doc\nS1,charge,次,3.30,2026-01-01,list-2025\n");
        return files;
    }

    private static void put(TreeMap<String, byte[]> files, String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Pack read(TreeMap<String, byte[]> files) {
        var reading = PackLibrary.of(List.of(new PackFiles("sample", files))).readings().getFirst();
        assertEquals(List.of(), reading.findings());
        return reading.pack();
    }

    @Test
    void two_editions_stand_side_by_side() {
        var catalogue = read(pack()).listings().of("a");
        var lastYear = LocalDate.of(2025, 12, 31);
        var item = catalogue.item("N086", lastYear, KnownOn.LATEST).orElseThrow().value();
        assertEquals(86, item.place().number());
        assertEquals(85, catalogue.item("N086", lastYear.plusDays(1), KnownOn.LATEST).orElseThrow().value().place()
                .number(), "numbers move from edition to edition, the code stays");
        assertEquals(new Standard.BySpecification(List.of(new Standard.Each("10mg/片", Fen.ofYuan("6.37")),
                        new Standard.Each("20mg/片", Fen.ofYuan("10.82")))),
                catalogue.about(Standard.class, item, lastYear, KnownOn.LATEST).getFirst().value());
        assertEquals(new Standard.BySpecification(List.of(new Standard.Each("10mg/片", Fen.ofYuan("5.70")),
                        new Standard.Each("20mg/片", Fen.ofYuan("9.69")))),
                catalogue.about(Standard.class, item, lastYear.plusDays(1), KnownOn.LATEST).getFirst().value());
    }

    @Test
    void names_prices_and_alternatives_are_read() {
        var catalogue = read(pack()).listings().of("a");
        var day = LocalDate.of(2026, 3, 1);
        var both = catalogue.named("复方乙", day, KnownOn.LATEST).getFirst().value();
        assertEquals(List.of("复方甲", "复方乙"), both.names());
        assertEquals(PayClass.A, both.payClass());
        assertEquals(2, catalogue.about(Restriction.class, both, day, KnownOn.LATEST).getFirst().value().alternatives()
                .size());
        var blood = catalogue.item("S1", day, KnownOn.LATEST).orElseThrow().value();
        var prices = catalogue.about(Price.class, blood, day, KnownOn.LATEST);
        assertEquals(Fen.ofYuan("3.30"), prices.stream().filter(price -> price.value().tier() == Tier.PRIMARY)
                .findFirst().orElseThrow().value().each(), "the area's own price");
        assertEquals(Fen.ofYuan("4.00"), prices.stream().filter(price -> price.value().tier() == Tier.TERTIARY)
                .findFirst().orElseThrow().value().each(), "the pack's price where the area states none");
        assertEquals(3, read(pack()).listings().byArea().get("").all(Item.class).map(fact -> fact.value().code())
                .distinct().count());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // file        | what stands there          | what a clerk wrote instead   | line | column that is named
        "drugs.csv        | ,A,2024/west/100           | ,D,2024/west/100             | 4 | class",
        "drugs.csv        | ,A,2024/west/100           | ,,2024/west/100              | 4 | code",
        "drugs.csv        | 2024/west/100              | 2024-west-100                | 4 | list",
        "drugs.csv        | ,negotiated,2026           | ,negociated,2026             | 3 | marks",
        "drugs.csv        | 2026-01-01,,list-2025      | 2026-01-01,,list-2026        | 3 | doc",
        "drugs.csv        | 2026-01-01,,list-2025      | 2025-01-01,,list-2024        | 3 | code",
        "drugs.csv        | code,names,form            | code,name,form               | 1 | ",
        "standards.csv    | N086,10mg/片,6.37          | N087,10mg/片,6.37            | 2 | item",
        "standards.csv    | 6.37                       | 6.375                        | 2 | price_yuan",
        "restrictions.csv | J45                        | J45,x                        | 4 | ",
        "restrictions.csv | 高胆固醇血症,fully         | 高胆固醇血症,not             | 2 | coded",
        "prices.csv       | S1,charge                  | S1,fee                       | 2 | basis",
        "prices.csv       | 3.00,3.50                  | 三元,3.50                    | 2 | primary_yuan",
        "forms.yaml       | forms:                     | form:                        | 1 | form"})
    void a_wrong_cell_is_named_with_its_place(String name, String right, String wrong, int line, String column) {
        var files = pack();
        var file = "catalogue/" + name;
        var text = new String(files.get(file), StandardCharsets.UTF_8);
        assertTrue(text.contains(right), text);
        put(files, file, text.replace(right, wrong));
        var findings = PackLibrary.of(List.of(new PackFiles("sample", files))).readings().getFirst().findings();
        var place = column == null ? "" : column;
        assertTrue(findings.stream().anyMatch(finding -> finding.file().equals(file)
                        && Math.abs(finding.line() - line) <= 1 && finding.key().startsWith(place)
                        && !finding.expected().isBlank() && !finding.expectedEn().isBlank()),
                findings.toString());
    }
}
