package tongchou.api.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tongchou.api.pack.SamplePack.benefit;
import static tongchou.api.pack.SamplePack.findings;
import static tongchou.api.pack.SamplePack.put;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Amounts that are shares of a published yearly figure, as Shenzhen's ceilings are of its wage base.
class FiguresTest {

    private static final String BENEFIT = benefit("门诊", "门诊", """
                deductible: {per: encounter, rows: [{share: "0.5%", figure: 工资}]}
                bands: {rows: [{above: "0", ratio: "100%"}]}
            """);

    private static final String CASE = """
            cases:
              - case: 一万元
                origin: hand
                area: a
                person: {scheme: resident, status: adult, born: 1980-05-01}
                institution: {tier: primary}
                encounters:
                  - {care: outpatient, day: DAY, bill: {in-scope: "10000.00"}, EXPECT}
                working: 工资的 0.5%
            """;

    private static String found(String area, String pack, String day, String expect) {
        var files = new TreeMap<>(SamplePack.files());
        put(files, "groups.yaml", "groups:\n  门诊: {care: outpatient}\n");
        put(files, "areas/a/benefits/visit.yaml", BENEFIT);
        if (!area.isBlank()) {
            put(files, "areas/a/parameters.yaml", "parameters:\n  - {name: 工资, " + area + ", source: {doc: d1}}\n");
        }
        if (!pack.isBlank()) {
            put(files, "parameters.yaml", "parameters:\n" + List.of(pack.split(";")).stream().map(one ->
                    "  - {name: 工资, " + one.strip() + ", source: {doc: d1}}\n").collect(Collectors.joining()));
        }
        put(files, "cases/one.yaml", CASE.replace("DAY", day).replace("EXPECT", expect));
        return findings(files).stream()
                .filter(one -> one.severity() == Finding.Severity.ERROR)
                .filter(one -> !one.file().startsWith("cases/"))
                .map(one -> (one.key().replaceAll(".*[.\\]]", "") + " " + one.read()).strip()).distinct()
                .collect(Collectors.joining("; "));
    }

    private static final String YUAN = "unit: yuan-per-year, value: ";

    @ParameterizedTest(name = "{0} / {1} on {2}: {3} {4}")
    @CsvSource(delimiter = '|', value = {
        // figure of the area | of the pack | day | comes out | findings
        "| YUAN\"164754.00\", from: 2026-01-01 | 2026-03-01 | 823.77 |",
        "YUAN\"100000\", from: 2026-01-01 | YUAN\"164754.00\", from: 2026-01-01 | 2026-03-01 | 500.00 |",
        "| YUAN\"100000\", from: 2026-01-01, to: 2026-06-30; YUAN\"120000\", from: 2026-07-01 | 2026-06-30 | 500.00 |",
        "| YUAN\"100000\", from: 2026-01-01, to: 2026-06-30; YUAN\"120000\", from: 2026-07-01 | 2026-07-01 | 600.00 |",
        "| YUAN\"100000\", from: 2026-07-01 | 2026-06-30 | refused |",
        "| YUANunknown, from: 2026-01-01 | 2026-03-01 | refused |",
        "| YUAN\"1\", from: 2026-01-01; YUAN\"2\", from: 2026-01-01 | 2026-03-01 | refused | 2026-01-01.. / 2026-01-01..",
        "| | 2026-03-01 | refused | figure 工资",
        "| unit: percent, value: \"25%\", from: 2026-01-01 | 2026-03-01 | refused | figure 工资",
        "| YUANmuch, from: 2026-01-01 | 2026-03-01 | refused | figure 工资"})
    void anAmountFollowsTheFigureItIsAShareOf(String area, String pack, String day, String deductible, String wrong) {
        var expect = deductible.equals("refused") ? "refusal: NO_RULE_IN_FORCE"
                : "expect: {deductible: \"" + deductible + "\"}";
        assertEquals(wrong == null ? "" : wrong, found(area == null ? "" : area.replace("YUAN", YUAN),
                pack == null ? "" : pack.replace("YUAN", YUAN), day, expect));
    }
}
