package tongchou.api.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tongchou.api.pack.SamplePack.benefit;
import static tongchou.api.pack.SamplePack.findings;
import static tongchou.api.pack.SamplePack.put;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an author would otherwise learn too late: layers that end without a word, amounts nobody found, files and cases
/// that are not there.
class AuthorFindingsTest {

    /// Catastrophic insurance beside the pool.
    private static final String BENEFIT = benefit("居民住院", "住院", """
                deductible: {per: encounter, rows: [DEDUCTIBLES]}
                bands:
                  rows:
                    - {above: "0", ratio: "80%"}
                ceilings: [{on: payment, per: year, counter: 支付, rows: [CEILINGS]}]
              - layer: 大病保险
                name-en: Catastrophic insurance
                payer: catastrophic
                APPLIES
                base: [co-pay]
                bands: {rows: [{above: "0", ratio: "50%"}]}
            """);

    private static TreeMap<String, byte[]> pack(String applies, String deductible, String ceiling) {
        var files = SamplePack.files();
        put(files, "groups.yaml", "groups:\n  住院: {care: inpatient}\n  三级: {tier: tertiary}\n");
        put(files, "areas/a/benefits/stay.yaml", BENEFIT.replace("APPLIES", applies)
                .replace("DEDUCTIBLES", deductible).replace("CEILINGS", ceiling));
        return files;
    }

    private static List<String> found(TreeMap<String, byte[]> files) {
        return findings(files).stream().map(one -> one.key() + ": " + one.read()).toList();
    }

    @ParameterizedTest
    @CsvSource({"2026.1.0, true", "3, true", "xx, false", "2026.1-draft, false", "2026.1., false"})
    void aVersionCanBeCompared(String version, boolean good) {
        var files = pack("rounding: half-up", "{yuan: \"300.00\"}", "{yuan: \"100000.00\"}");
        put(files, "pack.yaml", new String(files.get("pack.yaml"), java.nio.charset.StandardCharsets.UTF_8)
                .replace("version: 1.0.0", "version: " + version));
        assertEquals(good ? List.of() : List.of("version: " + version), found(files));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        // what              | applies of the catastrophic layer                                  | first day without it
        "always              | rounding: half-up                                                  | ''",
        "from June on        | 'applies: [{from: 2026-06-01}]'                                     | ''",
        "to June             | 'applies: [{to: 2026-06-30}]'                                       | 2026-07-01",
        "to June and on      | 'applies: [{to: 2026-06-30}, {from: 2026-07-01}]'                   | ''",
        "a month missing     | 'applies: [{to: 2026-06-30}, {from: 2026-08-01}]'                   | 2026-07-01",
        "ended on purpose    | 'applies: [{}, {applies: false, from: 2026-07-01}]'                 | ''",
        "to the last day     | 'applies: [{to: 2026-12-31}]'                                       | ''",
        "one group of two    | 'applies: [{to: 2026-06-30, when: [三级]}, {when: [住院]}]'            | ''"})
    void aLayerThatEndsWithoutAWordIsFound(String what, String applies, String day) {
        assertEquals(day.isEmpty() ? List.of() : List.of("居民住院 大病保险 applies: 自 " + day + " 起无行 no row from " + day),
                found(pack(applies, "{yuan: \"300.00\"}", "{yuan: \"100000.00\"}")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        // where       | deductible                                        | ceiling | tertiary
        "deductible | {yuan: \"300.00\"}, {when: [三级], unknown: true} | {yuan: \"100000.00\"} | refused",
        "ceiling | {yuan: \"300.00\"} | {none: true}, {when: [三级], unknown: true} | refused",
        "nowhere | {yuan: \"300.00\"} | {none: true} | 8730.00"})
    void anAmountNobodyFoundRefusesWhoReachesIt(String where, String deductible, String ceiling, String tertiary) {
        var files = pack("rounding: half-up", deductible, ceiling);
        // (10,000 - 300) x 80% = 7,760; of the 1,940 left the catastrophic insurance pays half, 970: 8,730 together.
        var expect = tertiary.equals("refused") ? "refusal: NO_RULE_IN_FORCE" : "expect: {fund: \"8730.00\"}";
        put(files, "cases/one.yaml", """
                cases:
                  - case: 两级医院
                    origin: hand
                    area: a
                    person: {scheme: resident, status: adult, born: 1980-01-01}
                    institution: {tier: secondary}
                    encounters:
                      - {care: inpatient, from: 2026-02-01, to: 2026-02-09, bill: {in-scope: "10000.00"},
                         expect: {fund: "8730.00"}}
                      - {care: inpatient, from: 2026-03-01, to: 2026-03-09, bill: {in-scope: "10000.00"},
                         institution: {tier: tertiary}, %s}
                    working: (10000 - 300) x 80%% + (9700 - 7760) x 50%% = 8730
                """.formatted(expect));
        var check = PackChecker.check(new PackFiles("sample", files), PackLibrary.of(List.of()));
        assertEquals("1 of 1 []", check.passed() + " of " + check.cases() + " " + check.findings());
    }

    @Test
    void filesAndCasesThatAreNotThereAreNamed() {
        var files = pack("rounding: half-up", "{yuan: \"300.00\"}", "{none: true}");
        var sample = new PackFiles("sample", files);
        assertEquals(List.of("cases/", "changes.md", "coverage.yaml", "readings.md"),
                PackSummary.missing(sample).stream().map(Finding::file).sorted().toList());
        var pack = PackLibrary.of(List.of()).read(sample).pack();
        assertEquals(List.of("areas/a"), PackSummary.untried(pack).stream().map(Finding::file).toList());
        assertEquals("| `sample` 样例 | A 2026-01-01 to 2026-12-31 | 1 official | 0 |", PackSummary.row(pack));
        Stream.of("cases/one.yaml", "changes.md", "coverage.yaml", "readings.md").forEach(name -> put(files, name, ""));
        assertTrue(PackSummary.missing(sample).isEmpty());
    }
}
