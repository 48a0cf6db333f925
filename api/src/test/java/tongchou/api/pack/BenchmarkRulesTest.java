package tongchou.api.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.core.money.Fen;

/// The rules of the engine benchmark, as a pack, give the published vectors. The whole million is compared by the
/// benchmark itself before it measures.
class BenchmarkRulesTest {

    private static final String STAY = """
            cases:
              - case: vector
                origin: derived
                area: bench
                person: {scheme: resident, status: adult, born: 1980-01-01}
                institution: {tier: %s}
                year-to-date:
                  - {counter: 起付线, per: year, sum: "%s"}
                  - {counter: 费用, per: year, sum: "%s"}
                  - {counter: 支付, per: year, sum: "%s"}
                encounters:
                  - care: inpatient
                    from: 2026-06-25
                    to: 2026-06-30
                    lines: [{class: A, yuan: "%s"}, {class: B, yuan: "%s"}, {class: C, yuan: "%s"}]
                    expect: {fund: "%s", person: "%s"}
                working: published vector
            """;

    @ParameterizedTest
    @CsvSource({
        // total, self, classB, tier, deductible, base, fund before -> fund, person
        "68568, 4799, 25507, primary,   30000, 1483617,  1261074,  53872, 14696",
        "38176, 1527, 13193, secondary, 30000, 24511868, 20835087, 31797, 6379",
        "78563, 1571, 16168, secondary, 20000, 0,        0,        52300, 26263",
        "64122, 0,    18595, tertiary,  10000, 0,        0,        28738, 35384",
        "50752, 5582, 0,     tertiary,  0,     0,        0,        10316, 40436",
        "38603, 1544, 4447,  primary,   30000, 0,        0,        32220, 6383",
    })
    void a_published_vector(long total, long self, long classB, String tier, long deductible, long base, long paid,
            long fund, long person) throws Exception {
        var files = PackFiles.of(Path.of("src", "bench", "resources", "bench-pack"));
        var withCase = new java.util.TreeMap<>(files.files());
        withCase.put("cases/vector.yaml", STAY.formatted(tier, yuan(deductible), yuan(base), yuan(paid),
                yuan(total - self - classB), yuan(classB), yuan(self), yuan(fund), yuan(person)).getBytes("UTF-8"));
        var check = PackChecker.check(new PackFiles("bench", withCase), PackLibrary.of(List.of()));
        assertEquals(List.of(), check.findings().stream().map(finding -> finding.line(false)).toList());
        assertEquals(1, check.passed());
    }

    private static String yuan(long fen) {
        return Fen.of(fen).yuan();
    }
}
