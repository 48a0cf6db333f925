package tongchou.api.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tongchou.api.pack.SamplePack.benefit;
import static tongchou.api.pack.SamplePack.put;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Cases whose lines are codes that the pack's own catalogue judges.
class CatalogueCasesTest {

    private static final String HEADER = "code,name,kind,unit,class,prepay_employee_percent,prepay_resident_percent,"
            + "price_primary_yuan,price_secondary_yuan,price_tertiary_yuan,from,to,doc,article\n";

    private static final String CASE = """
            cases:
              - case: 两个单位
                origin: hand
                area: a
                person: {scheme: resident, status: adult, born: 1980-05-01}
                institution: {tier: primary, code: H99980100001}
                encounters:
                  - care: outpatient
                    day: 2026-03-02
                    lines: [{LINE}]
                    EXPECT
                working: 每个单位 8.00 封顶；先付 10%
            """;

    private static TreeMap<String, byte[]> pack(String folder, String price, String line, String expect) {
        var files = SamplePack.files();
        put(files, "groups.yaml", "groups:\n  门诊: {care: outpatient}\n");
        put(files, "areas/a/benefits/visit.yaml", benefit("门诊", "门诊", """
                    bands: {rows: [{above: "0", ratio: "50%"}]}
                """));
        put(files, "areas/a/catalogue.csv", HEADER + "X1,检查,service,次,B,,10,%s,,,2026-01-01,,d1,\n".formatted(price));
        put(files, folder + "/lines.yaml", CASE.replace("LINE", line).replace("EXPECT", expect));
        return files;
    }

    private static List<Finding> findings(TreeMap<String, byte[]> files) {
        return SamplePack.findings(files).stream()
                .filter(one -> one.severity() == Finding.Severity.ERROR).toList();
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', value = {
        // 2 x 8.00 = 16.00 of 20.00 counts; 10% of it is borne first; half of 14.40
        "item: X1, yuan: \"20.00\", quantity: \"2\" | expect: {over-limit: \"4.00\", pre-pay: \"1.60\", "
                + "pooled: \"7.20\"} | ''",
        "item: X1, yuan: \"20.00\", quantity: \"2\" | expect: {over-limit: \"0.00\"} | 4.00",
        "item: X1, yuan: \"20.00\"                  | expect: {over-limit: \"0.00\", pre-pay: \"2.00\"} | ''",
        "item: X1, class: A, yuan: \"20.00\"        | refusal: CATALOGUE_CONTRADICTED | ''",
        "item: X2, class: A, yuan: \"20.00\"        | expect: {in-scope: \"20.00\"} | ''",
        "class: A, yuan: \"20.00\"                  | expect: {in-scope: \"20.00\"} | ''",
        "item: X2, yuan: \"20.00\"                  | refusal: MISSING_INPUT | ''",
        "yuan: \"20.00\"                            | expect: {in-scope: \"20.00\"} | {yuan}",
        "item: X1, yuan: \"20.00\", quantity: two   | expect: {in-scope: \"20.00\"} | two",
        "item: X1, yuan: \"20.00\", amount: 2       | expect: {in-scope: \"20.00\"} | amount"})
    void theCatalogueJudgesTheLinesOfACase(String line, String expect, String read) {
        var found = findings(pack("cases", "8.00", line, expect));
        assertEquals(read, found.stream().map(one -> one.key().contains("amount") ? "amount" : one.read()).distinct()
                .collect(Collectors.joining(", ")), found::toString);
    }

    @Test
    void aPriceThatAltersAPartnersResultNamesThePartner() {
        var line = "item: X1, yuan: \"20.00\", quantity: \"2\"";
        var agreed = read(pack("contracts/his-a", "8.00", line, "expect: {over-limit: \"4.00\"}"));
        var cheaper = read(pack("contracts/his-a", "7.00", line, "expect: {over-limit: \"4.00\"}"));
        assertEquals("[his-a “两个单位” encounters[0].expect.over-limit 4.00 -> 6.00]", ContractDiff.of(agreed, cheaper)
                .stream().map(one -> one.vendor() + " " + one.what() + " " + one.before() + " -> " + one.after())
                .toList().toString());
        assertEquals(List.of(), ContractDiff.of(agreed, agreed));
    }

    private static Pack read(TreeMap<String, byte[]> files) {
        var pack = PackLibrary.of(List.of()).read(new PackFiles("sample", files)).pack();
        if (pack == null) {
            throw new AssertionError();
        }
        return pack;
    }
}
