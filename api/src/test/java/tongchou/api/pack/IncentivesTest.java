package tongchou.api.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tongchou.api.pack.SamplePack.benefit;
import static tongchou.api.pack.SamplePack.findings;
import static tongchou.api.pack.SamplePack.put;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rules that reward the wrong thing are found, and sound ones are not.
class IncentivesTest {

    private static final String GROUPS = """
            groups:
              门诊: {care: outpatient}
              居民: {scheme: resident}
              基层: {tier: primary}
              二级: {tier: secondary}
              三级: {tier: tertiary}
              上转: {referral: upward}
              签约: {contract: here}
              高龄: {age: "80.."}
            """;

    private static final String HEAD = benefit("居民门诊", "居民, 门诊", "");

    private static final String SOUND = """
                bands:
                  rows:
                    - {when: [基层], above: "0", ratio: "70%"}
                    - {when: [二级], above: "0", ratio: "60%"}
                    - {when: [三级], above: "0", ratio: "50%"}
            """;

    /// The rules of the layer, and the findings they deserve: the kind, and one example with its working.
    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of("70 / 60 / 50 by tier", SOUND, List.of()),
                // 65% at the primary tier, 70% at the tertiary hospital.
                Arguments.of("the primary tier below the tertiary", SOUND.replace("\"70%\"", "\"65%\"")
                        .replace("\"50%\"", "\"70%\""), List.of("居民门诊 基层待遇低于上级机构")),
                // 70% up to 100,000 yuan and 60% above, never less than the 60% of the secondary tier.
                Arguments.of("a lower second band", SOUND
                        + "        - {when: [基层], above: \"100000\", ratio: \"60%\"}\n", List.of()),
                // 55% above 100,000: at 300,000 yuan 70,000 + 110,000 = 180,000, as at the secondary tier; then less.
                Arguments.of("a second band that falls below", SOUND
                        + "        - {when: [基层], above: \"100000\", ratio: \"55%\"}\n",
                        List.of("居民门诊 基层待遇低于上级机构")),
                Arguments.of("more for the old", SOUND
                        + "        - {when: [基层, 高龄], above: \"0\", ratio: \"80%\"}\n", List.of()),
                Arguments.of("a referral that pays less", SOUND
                        + "        - {when: [三级, 上转], above: \"0\", ratio: \"45%\"}\n",
                        List.of("居民门诊 转诊待遇低于自行就医")),
                Arguments.of("a contract that pays less", SOUND
                        + "        - {when: [基层, 签约], above: \"0\", ratio: \"69%\"}\n",
                        List.of("居民门诊 签约待遇低于未签约")),
                // 50 yuan a visit, 366 visits: 18,300 yuan. A ceiling of 20,000 is out of reach, one of 18,000 is not.
                Arguments.of("a yearly ceiling out of reach", SOUND + ceilings("20000.00"), List.of("居民门诊 封顶线永远达不到")),
                Arguments.of("a yearly ceiling within reach", SOUND + ceilings("18000.00"), List.of()),
                // The floor of the sample document is 50%.
                Arguments.of("under the national floor", SOUND.replace("\"70%\"", "\"49%\"")
                        .replace("\"60%\"", "\"45%\"").replace("\"50%\"", "\"40%\""),
                        List.of("居民门诊 支付比例低于国家下限")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void a_rule_that_rewards_the_wrong_way_is_found(String what, String rules, List<String> found) {
        var files = SamplePack.files();
        put(files, "groups.yaml", GROUPS);
        put(files, "parameters.yaml", """
                parameters:
                  - {name: 门诊比例下限, unit: percent, value: "50%", floor: pooled, when: [门诊, 基层], from: 2026-01-01,
                     source: {doc: d1, article: 第二条}}
                """);
        put(files, "areas/a/benefits/visit.yaml", HEAD + rules);
        var findings = findings(files);
        assertEquals(found, findings.stream().map(Finding::key).toList(), () -> String.join("\n",
                findings.stream().map(finding -> finding.line(false)).toList()));
        findings.forEach(finding -> assertEquals("areas/a/benefits/visit.yaml", finding.file()));
    }

    /// Up to 2,000 yuan 70%, above 60% of the whole: at 2,000.00 the fund pays 1,400.00, at 2,001.00 it pays 1,200.60.
    @Test
    void aRatioChosenByTheWholeBillIsACliff() {
        var files = SamplePack.files();
        put(files, "groups.yaml", GROUPS + "  大额: {bill: \"2000.01..\"}\n");
        put(files, "areas/a/benefits/visit.yaml", HEAD + """
                    bands:
                      rows:
                        - {above: "0", ratio: "70%"}
                        - {when: [大额], above: "0", ratio: "60%"}
                """);
        var findings = findings(files);
        assertEquals(List.of("居民门诊 多花一元，个人多付不止一元"), findings.stream().map(Finding::key).toList());
        assertTrue(findings.getFirst().read().contains("2000.01 -> 2001.01, 1400.01 -> 1200.61")
                || findings.getFirst().read().contains("2000.00 -> 2000.01, 1400.00 -> 1200.01"),
                findings.getFirst().read());
    }

    /// A benefit is found before its bill is judged, so that it cannot itself depend on the bill.
    @Test
    void theBillChoosesRowsAndNoBenefit() {
        var files = SamplePack.files();
        put(files, "groups.yaml", GROUPS + "  大额: {bill: \"2000.01..\"}\n");
        put(files, "areas/a/benefits/visit.yaml", (HEAD + SOUND).replace("[居民, 门诊]", "[居民, 大额]"));
        assertEquals(List.of("applies"), findings(files).stream().map(Finding::key).toList());
    }

    @Test
    void less_for_a_higher_bill_is_a_cliff_and_rounding_is_none() {
        assertTrue(Incentives.isCliff(new long[] {50_000, 48_000}, 1));
        assertFalse(Incentives.isCliff(new long[] {50_000, 49_998}, 1));
        assertFalse(Incentives.isCliff(new long[] {50_000, 50_000, 60_000}, 2));
    }

    /// The nearest things to a cliff that can be written: a deductible that is the whole bill up to an amount or a
    /// share of it, a segment in which nothing is paid, a limit; none lowers what the fund pays.
    @ParameterizedTest
    @ValueSource(strings = {
        "    deductible: {per: encounter, rows: [{share: \"100%\", of: bill, at-most: \"500.00\"}]}\n",
        "    deductible: {per: encounter, rows: [{share: \"50%\", of: in-scope, at-least: \"300.00\"}]}\n",
        "    ceilings: [{on: expense, per: encounter, rows: [{yuan: \"1000.00\"}]}]\n"
    })
    void what_comes_nearest_to_a_cliff_is_none(String rules) {
        a_rule_that_rewards_the_wrong_way_is_found(rules,
                SOUND + "        - {above: \"2000\", ratio: \"0%\"}\n" + rules, List.of());
    }

    private static String ceilings(String yearly) {
        return """
                    ceilings:
                      - {on: payment, per: encounter, rows: [{yuan: "50.00"}]}
                      - {on: payment, per: year, counter: 年限额, rows: [{yuan: "%s"}]}
                """.formatted(yearly);
    }
}
