package tongchou.api.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tongchou.api.pack.SamplePack.benefit;
import static tongchou.api.pack.SamplePack.findings;
import static tongchou.api.pack.SamplePack.put;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a reviewer of a bureau would send back: each pack is sound but for one mistake, which is found at its line and
/// named with its clause; the sound one finds nothing.
class BadPacksTest {

    private static final String GROUPS = """
            groups:
              居民: {scheme: resident}
              职工: {scheme: employee}
              在职: {status: active}
              退休: {status: retired}
              住院: {care: inpatient}
              基层: {tier: primary}
              二级: {tier: secondary}
              三级: {tier: tertiary}
              上转: {referral: upward}
              签约: {contract: here}
              大额: {bill: "20000.01.."}
            """;

    /// Resident inpatient care; the marks are where the mistakes go.
    private static final String SOUND = benefit("居民住院", "居民, 住院", """
                deductible:
                  per: encounter
                  rows:
                    - {when: [基层], yuan: "200.00"}
                    - {when: [二级], yuan: "400.00"}
                    - {when: [三级], yuan: "800.00"}
                bands:
                  rows:
                    - {above: "0", when: [基层], ratio: "85%"}
                    - {above: "0", when: [二级], ratio: "75%"}
                    - {above: "0", when: [三级], ratio: "60%"}
                ceilings:
                  - {on: payment, per: year, counter: 年限额, rows: [{yuan: "150000.00"}]}
            """);

    private static final String PRICES = """
            convergence:
              - rule: 静脉采血各级同价
                items: ["S1"]
                one-price: "5.00"
                stages: [{on: 2026-02-01, done: "50%"}, {on: 2026-07-01, done: "100%"}]
                from: 2026-02-01
                doc: d1
                article: 第九条
            """;

    private static final String BANDS = "    - {above: \"0\", when: [三级], ratio: \"60%\"}\n";

    /// A mistake: what it replaces in the sound pack, and what is found: severity, key, and what the finding names.
    static Stream<Arguments> packs() {
        return Stream.of(
                at("nothing", "", ""),
                // 10,000 yuan: primary 9,800 x 70% = 6,860 < secondary 9,600 x 75% = 7,200
                at("a higher tier better paid", "[基层], ratio: \"85%\"", "[基层], ratio: \"70%\"",
                        "WARNING 居民住院 基层待遇低于上级机构", "第一条", "基层"),
                // all of a bill above 20,000 at 50%: 19,800 x 85% = 16,830.00, then 19,800.01 x 50% = 9,900.01
                at("a cliff", BANDS, BANDS + row("when: [基层, 大额], ratio: \"50%\", source: {doc: d1, article: 第七条}"),
                        "WARNING 居民住院 多花一元，个人多付不止一元", "第七条", "大额"),
                // at most 3,660,000 a year: 366 stays at 10,000 each
                at("a ceiling nobody reaches", "rows: [{yuan: \"150000.00\"}]}",
                        "rows: [{yuan: \"4000000.00\", source: {doc: d1, article: 第三条}}]}\n"
                        + "      - {on: payment, per: encounter, rows: [{yuan: \"10000.00\"}]}",
                        "WARNING 居民住院 封顶线永远达不到", "第三条", "4000000.00"),
                at("a referral punished", BANDS,
                        BANDS + row("when: [三级, 上转], ratio: \"55%\", source: {doc: d1, article: 第四条}"),
                        "WARNING 居民住院 转诊待遇低于自行就医", "第四条", "上转"),
                at("the contracted worse off", BANDS,
                        BANDS + row("when: [基层, 签约], ratio: \"84%\", source: {doc: d1, article: 第五条}"),
                        "WARNING 居民住院 签约待遇低于未签约", "第五条", "签约"),
                // under the 70% that a floor of the same pack demands of the primary tier
                at("a ratio under the floor", "[基层], ratio: \"85%\"", "[基层], ratio: \"69%\"",
                        "WARNING 居民住院 支付比例低于国家下限", "69% < 70%", "第一条"),
                at("days between two versions", "{when: [二级], yuan: \"400.00\"}",
                        "{when: [二级], yuan: \"400.00\", to: 2026-05-31}\n        - {when: [二级], yuan: \"500.00\","
                        + " from: 2026-07-01, source: {doc: d1, article: 第六条}}",
                        "WARNING layers[0].deductible.rows[2]", "2026-06-01..2026-06-30", "第六条"),
                at("two versions that overlap", "{when: [二级], yuan: \"400.00\"}",
                        "{when: [二级], yuan: \"400.00\", to: 2026-06-30}\n        - {when: [二级], yuan: \"500.00\","
                        + " from: 2026-06-01}", "ERROR layers[0].deductible.rows[2]", "2026-06-30", "2026-06-01"),
                at("two rows for the same", BANDS, BANDS + row("when: [签约], ratio: \"70%\""),
                        "ERROR layers[0].bands.rows[3]", "签约", "基层"),
                at("shares that do not come to the whole", "2026-07-01, done: \"100%\"", "2026-07-01, done: \"90%\"",
                        "ERROR convergence[0].stages", "", ""),
                at("a way that goes back", "2026-07-01, done: \"100%\"", "2026-07-01, done: \"40%\"",
                        "ERROR convergence[0].stages[1].on", "", ""),
                // 4.00, 6.00 and 8.00 become 9.00
                at("a way up", "one-price: \"5.00\"", "one-price: \"9.00\"",
                        "WARNING 静脉采血各级同价 价格高于此前各级最高价", "9.00 > 8.00", "第九条"),
                // secondary 120% of the 6.00 that ... tertiary 8.00: 9.60
                at("a lower tier dearer than a higher", "one-price: \"5.00\"",
                        "of: tertiary\n    shares: {primary: \"90%\", secondary: \"80%\"}",
                        "WARNING 静脉采血各级同价 基层价格高于上级机构", "7.20 > 6.40", "第九条"));
    }

    private static String row(String states) {
        return "        - {above: \"0\", " + states + "}\n";
    }

    private static Arguments at(String what, String before, String after, String... found) {
        return Arguments.of(what, before.replace(BANDS, "        " + BANDS.strip() + "\n"),
                after.replace(BANDS, "        " + BANDS.strip() + "\n"), List.of(found));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("packs")
    void a_mistake_is_found_and_named_by_its_clause(String what, String before, String after, List<String> found) {
        var files = SamplePack.files();
        put(files, "groups.yaml", GROUPS);
        put(files, "parameters.yaml", """
                parameters:
                  - {name: 居民基层住院比例下限, unit: percent, value: "70%", floor: pooled, when: [居民, 住院, 基层],
                     from: 2026-01-01, source: {doc: d1, article: 第二条}}
                """);
        put(files, "areas/a/catalogue/service-items.csv", "code,names,unit,class,from,doc\n"
                + "S1,静脉采血,次,A,2026-01-01,d1\n");
        put(files, "areas/a/catalogue/prices.csv", "item,basis,unit,primary_yuan,secondary_yuan,"
                + "tertiary_yuan,from,doc\nS1,charge,次,4.00,6.00,8.00,2026-01-01,d1\n");
        put(files, "areas/a/benefits/stay.yaml", changed(SOUND, before, after));
        put(files, "areas/a/catalogue/convergence.yaml", changed(PRICES, before, after));
        assertEquals(!before.isEmpty(), !(changed(SOUND, before, after) + changed(PRICES, before, after))
                .equals(SOUND + PRICES), "nothing was changed");
        var findings = findings(files);
        var told = String.join("\n", findings.stream().map(one -> one.line(true)).toList());
        if (found.isEmpty()) {
            assertEquals("", told);
            return;
        }
        var first = findings.stream().filter(one -> (one.severity() + " " + one.key()).equals(found.getFirst()))
                .findFirst();
        assertTrue(first.isPresent(), what + ":\n" + told);
        assertTrue(first.get().file().startsWith("areas/a/"), told);
        found.subList(1, found.size()).forEach(name -> assertTrue(first.get().read().contains(name), told));
    }

    private static String changed(String text, String before, String after) {
        return before.isEmpty() ? text : text.replace(before, after);
    }
}
