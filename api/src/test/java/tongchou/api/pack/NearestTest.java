package tongchou.api.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tongchou.api.pack.SamplePack.put;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.Waterfalls;

/// A refusal names the fact that would have found a rule: what it is, and what the nearest rules ask for.
class NearestTest {

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        // person             | institution               | care                 | the refusal names
        "status: adult        | tier: tertiary            | care: inpatient      | 差在：等次（grade）没有给出，有规定的是 a、b | grade is not given, stated are a, b",
        "status: adult        | tier: tertiary, grade: c  | care: inpatient      | 差在：等次（grade）是 c，有规定的是 a、b | grade is c, stated are a, b",
        "status: adult        | tier: secondary           | care: inpatient      | 差在：专科（specialty）是 general，有规定的是 chinese-medicine | specialty is general, stated are chinese-medicine",
        "status: adult        | tier: primary             | care: inpatient      | （一级签约）差在：家庭医生签约（contract）是 none，有规定的是 here | contract is none, stated are here",
        "'status: adult, plan: 一档' | tier: primary      | care: outpatient     | 差在：参保档次（plan）是 一档，有规定的是 二档 | plan is 一档, stated are 二档",
        "status: pupil        | tier: primary             | care: chronic        | 差在：病种（disease）没有给出，有规定的是 糖尿病 | disease is not given, stated are 糖尿病",
        "status: elderly      | tier: primary             | care: chronic        | 差在：周岁（age）是 46，有规定的是 60.. | age is 46, stated are 60..",
        "status: adult        | tier: primary             | care: pharmacy       | 最近的待遇（居民住院、居民慢病、居民门诊）差在：医疗类别（care）是 pharmacy，有规定的是 inpatient、chronic、outpatient | care is pharmacy, stated are inpatient, chronic, outpatient",
        "status: adult        | tier: primary             | care: home-bed       | 最近的待遇 | the nearest benefit",
    })
    void theMissingFactIsNamed(String person, String institution, String care, String chinese, String english) {
        var files = SamplePack.files();
        put(files, "groups.yaml", """
                groups:
                  居民: {scheme: resident}
                  住院: {care: inpatient}
                  门诊: {care: outpatient}
                  慢病: {care: chronic}
                  三甲: {tier: tertiary, grade: a}
                  三乙: {tier: tertiary, grade: b}
                  二级中医: {tier: secondary, specialty: chinese-medicine}
                  一级签约: {tier: primary, contract: here}
                  二档: {plan: 二档}
                  糖尿病: {disease: 糖尿病}
                  老人: {age: "60.."}
                  学生: {status: pupil}
                """);
        benefit(files, "住院", "{when: [三甲], above: \"0\", ratio: \"60%\"}, {when: [三乙], above: \"0\", ratio: \"65%\"}, "
                + "{when: [二级中医], above: \"0\", ratio: \"75%\"}, {when: [一级签约], above: \"0\", ratio: \"85%\"}");
        benefit(files, "门诊", "{when: [二档], above: \"0\", ratio: \"60%\"}");
        benefit(files, "慢病", "{when: [学生, 糖尿病], above: \"0\", ratio: \"60%\"}, "
                + "{when: [老人], above: \"0\", ratio: \"60%\"}");
        var visit = care.contains("inpatient") || care.contains("home-bed") ? "from: 2026-03-01, to: 2026-03-09"
                : "day: 2026-05-09";
        put(files, "cases/one.yaml", """
                cases:
                  - case: 拒绝
                    origin: hand
                    area: a
                    person: {scheme: resident, %s, born: 1980-05-01}
                    institution: {%s}
                    encounters:
                      - {%s, %s, bill: {in-scope: "10000.00"}, refusal: NO_RULE_IN_FORCE}
                    working: 没有规定
                """.formatted(person, institution, care, visit));
        var pack = PackLibrary.of(List.of()).read(new PackFiles("sample", files)).pack();
        var results = pack.cases().getFirst().settle(new Waterfalls(pack.policies().getFirst()),
                pack.listings().of("a"));
        var refusal = assertInstanceOf(Refusal.class, results.getFirst().outcome());
        assertTrue(refusal.expected().contains(chinese), refusal.expected());
        assertTrue(refusal.expectedEn().contains(english), refusal.expectedEn());
        assertEquals(refusal.expected().contains("待遇（"), refusal.code().name().equals("NO_BENEFIT"));
    }

    private static void benefit(TreeMap<String, byte[]> files, String care, String rows) {
        put(files, "areas/a/benefits/" + care + ".yaml", SamplePack.benefit("居民" + care, "居民, " + care,
                "    bands: {rows: [" + rows + "]}\n"));
    }
}
