package tongchou.api.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tongchou.api.pack.SamplePack.benefit;
import static tongchou.api.pack.SamplePack.findings;
import static tongchou.api.pack.SamplePack.put;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every floor that the national documents state, each tried at its amount and one hundredth below.
class FloorsTest {

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = ';', nullValues = "-", value = {
        // who and what;               payer;        asks;       least; under it; the document
        "职工, 门诊, 一级及以下;         pooled;       -;          50%;   49.99%;   关于建立健全职工基本医疗保险门诊共济保障机制的指导意见国办发〔2021〕14号",
        "职工, 门诊, 二级;              pooled;       -;          50%;   49.99%;   关于建立健全职工基本医疗保险门诊共济保障机制的指导意见国办发〔2021〕14号",
        "职工, 门诊, 三级;              pooled;       -;          50%;   49.99%;   关于建立健全职工基本医疗保险门诊共济保障机制的指导意见国办发〔2021〕14号",
        "居民, 门诊, 一级及以下;         pooled;       -;          50%;   49.99%;   关于医保支持基层医疗卫生服务发展的指导意见",
        "居民, 门诊, 三级;              pooled;       -;          -;     40%;      -",
        "居民, 门诊两病, 一级及以下;      pooled;       -;          50%;   49.99%;   关于完善城乡居民高血压糖尿病门诊用药保障机制的指导意见医保发〔2019〕54号",
        "职工, 住院, 一级及以下;         pooled;       -;          80%;   79.99%;   关于建立医疗保障待遇清单制度的意见医保发〔2021〕5号",
        "居民, 住院, 一级及以下;         pooled;       -;          70%;   69.99%;   关于建立医疗保障待遇清单制度的意见医保发〔2021〕5号",
        "居民, 住院, 三级;              pooled;       -;          -;     55%;      -",
        "居民, 住院, 三级;              catastrophic; -;          60%;   59.99%;   国家医保局关于居民大病保险待遇的公开说明",
        "居民, 住院, 三级;              catastrophic; 特困低保返贫; 65%;   64.99%;   国家医保局关于居民大病保险待遇的公开说明",
        "居民, 住院, 三级;              assistance;   特困低保;    70%;   69.99%;   关于健全重特大疾病医疗保险和救助制度的意见国办发〔2021〕42号",
        "居民, 住院, 三级;              assistance;   因病致贫;    -;     50%;      -",
    })
    void aRatioUnderTheFloorIsFound(String applies, String payer, String group, String least, String under,
            String document) {
        if (least != null) {
            assertEquals(List.of(), found(applies, payer, group, least));
        }
        assertEquals(document == null ? List.of() : List.of(under + " < " + least + " (" + document + ")"),
                found(applies, payer, group, under).stream().filter(one -> one.contains(under)).toList());
    }

    /// What provinces ask of their cities beyond the nation.
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = ';', nullValues = "-", value = {
        // province; who and what;                 least; under it; the document
        "jiangsu;    职工, 特药;                    70%;   69.99%;   江苏省国家谈判药品单独支付的规定",
        "jiangsu;    居民, 特药;                    60%;   59.99%;   江苏省国家谈判药品单独支付的规定",
        "zhejiang;   居民, 门诊慢特病, 一级及以下;    65%;   64.99%;   浙江省若干意见（全名未找到）",
        "zhejiang;   居民, 门诊慢特病, 三级;         -;     40%;      -",
    })
    void aRatioUnderTheFloorOfAProvinceIsFound(String province, String applies, String least, String under,
            String document) {
        if (least != null) {
            assertEquals(List.of(), found(files(province, applies, "pooled", null, least)));
        }
        assertEquals(document == null ? List.of() : List.of(under + " < " + least + " (" + document + ")"),
                found(files(province, applies, "pooled", null, under)));
    }

    /// Outside the province the fund pays at most 10 points less than at home after a referral or in an emergency,
    /// and at most 20 otherwise; who lives there has no such floor.
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = ';', nullValues = "-", value = {
        // how one comes there; ratio there; borne first; found, of 70% at home
        "转诊备案;              60%;         -;           -",
        "转诊备案;              59.99%;      -;           59.99% < 70% -10",
        "急诊抢救;              59.99%;      -;           59.99% < 70% -10",
        "临时外出;              50%;         -;           -",
        "临时外出;              49.99%;      -;           49.99% < 70% -20",
        "未备案;                49.99%;      -;           49.99% < 70% -20",
        "长期备案;              40%;         -;           -",
        // What is borne before any ratio lowers no ratio.
        "转诊备案;              60%;         30%;         -",
    })
    void lessAwayFromHomeThanTheNationAllowsIsFound(String filing, String ratio, String first, String found) {
        var files = files("national", "居民, 住院", "pooled", null, "70%");
        put(files, "areas/a/benefits/b.yaml", benefit("待遇", "居民, 住院", """
                    bands: {rows: [{above: "0", ratio: "70%%"}, {above: "0", when: [跨省, %s], ratio: "%s"}]}
                %s
                """.formatted(filing, ratio, first == null ? ""
                        : "out-of-area-pre-pay: [{when: [跨省, " + filing + "], ratio: \"" + first + "\"}]")));
        assertEquals(found == null ? List.of() : List.of(found + " (关于进一步做好基本医疗保险跨省异地就医直接结算工作的通知医保发〔2022〕22号)"),
                found(files).stream().filter(one -> one.contains("跨省")).toList());
    }

    /// A floor binds rules that hold on its days: one that began after them asks nothing of them.
    @ParameterizedTest
    @CsvSource({"2026-06-30, 2026-07-01, 0", "2026-07-01, 2026-07-01, 1", "2026-12-31, 2026-07-01, 1"})
    void aFloorBindsTheRulesOfItsDays(String end, String since, int found) {
        var files = files("national", "居民, 门诊, 三级", "pooled", null, "40%");
        put(files, "areas/a/benefits/b.yaml", new String(files.get("areas/a/benefits/b.yaml"), StandardCharsets.UTF_8)
                .replace("from: 2026-01-01", "from: 2026-01-01\nto: " + end));
        put(files, "parameters.yaml", """
                parameters:
                  - {name: 甲, unit: percent, value: "50%%", floor: pooled, from: %s, source: {doc: d1, article: ""}}
                """.formatted(since));
        assertEquals(found, found(files).size());
    }

    @Test
    void a_floor_is_a_percentage_and_names_a_payer() {
        var files = files("national", "居民, 住院", "pooled", null, "80%");
        put(files, "parameters.yaml", """
                parameters:
                  - {name: 甲, unit: percent, value: "half", floor: pooled, from: 2026-01-01, source: {doc: d1, article: ""}}
                  - {name: 乙, unit: percent, value: "50%", floor: everybody, from: 2026-01-01, source: {doc: d1, article: ""}}
                  - {name: 丙, unit: points, value: "ten", floor: pooled, from: 2026-01-01, source: {doc: d1, article: ""}}
                """);
        assertEquals(List.of("parameters[0].value", "parameters[1].floor", "parameters[2].value"), findings(files,
                ShippedPacks.LIBRARY).stream().filter(one -> one.severity() == Finding.Severity.ERROR)
                .map(Finding::key).toList());
    }

    /// The floors that are found to be gone under, each once.
    private static List<String> found(String applies, String payer, String group, String ratio) {
        return found(files("national", applies, payer, group, ratio));
    }

    private static List<String> found(TreeMap<String, byte[]> files) {
        return findings(files, ShippedPacks.LIBRARY).stream()
                .filter(one -> one.key().endsWith("支付比例低于国家下限"))
                .map(one -> one.read().replaceAll("^\\[.*?\\] (.*?\\)).*", "$1")).distinct().toList();
    }

    private static TreeMap<String, byte[]> files(String parent, String applies, String payer, String group,
            String ratio) {
        var files = SamplePack.files();
        put(files, "pack.yaml", new String(files.get("pack.yaml"), StandardCharsets.UTF_8).replace("covers:",
                "extends: " + parent + "\ncovers:"));
        var pool = payer.equals("pooled");
        put(files, "areas/a/benefits/b.yaml", benefit("待遇", applies + ", 统筹区内", """
                    bands: {rows: [{above: "0", ratio: "%s"}]}
                """.formatted(pool ? ratio : "70%")) + (pool ? "" : """
                  - layer: 之后
                    name-en: Afterwards
                    payer: %s
                    base: [co-pay]
                    bands: {rows: [{above: "0", ratio: "%s"%s}]}
                """.formatted(payer, group == null ? ratio : "90%", group == null ? "" : "}, {above: \"0\", ratio: \""
                        + ratio + "\", when: [" + group + "]")));
        return files;
    }
}
