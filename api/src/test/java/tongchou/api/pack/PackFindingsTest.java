package tongchou.api.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tongchou.api.pack.SamplePack.benefit;
import static tongchou.api.pack.SamplePack.findings;
import static tongchou.api.pack.SamplePack.put;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Everything wrong in a pack is found at once, each with file, line, key, what was read and what would do.
class PackFindingsTest {

    private static final String BENEFIT = benefit("居民住院", "住院", """
                deductible:
                  per: encounter
                  rows:
                    - {yuan: "300.00"}
                bands:
                  rows:
                    - {above: "0", ratio: "80%"}
            """);

    private static TreeMap<String, byte[]> good() {
        var files = SamplePack.files();
        put(files, "groups.yaml",
                "groups:\n  住院: {care: inpatient}\n  三级: {tier: tertiary}\n  退休: {status: retired}\n");
        put(files, "areas/a/benefits/stay.yaml", BENEFIT);
        return files;
    }

    @Test
    void a_good_pack_has_no_findings() {
        assertEquals(List.of(), findings(good()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // what stands there             | what a clerk wrote instead             | line | key that the finding names
        "ratio: \"80%\"                  | ratio: \"80\"                          | 17 | layers[0].bands.rows[0].ratio",
        "ratio: \"80%\"                  | ratio: \"180%\"                        | 17 | layers[0].bands.rows[0].ratio",
        "ratio: \"80%\"                  | ratio: \"80.123%\"                     | 17 | layers[0].bands.rows[0].ratio",
        "yuan: \"300.00\"                | yuan: \"300.005\"                      | 14 | layers[0].deductible.rows[0].yuan",
        "yuan: \"300.00\"                | yuan: \"-300\"                         | 14 | layers[0].deductible.rows[0].yuan",
        "yuan: \"300.00\"                | yuan: \"三百\"                         | 14 | layers[0].deductible.rows[0].yuan",
        "yuan: \"300.00\"                | yuan: \"300.00\", none: true           | 14 | layers[0].deductible.rows[0]",
        "yuan: \"300.00\"                | when: [不存在]                         | 14 | layers[0].deductible.rows[0].when",
        "payer: pooled                   | payer: pool                            |  9 | layers[0].payer",
        "payer: pooled                   | payer: cash                            |  9 | layers[0].payer",
        "base: [in-scope]                | base: [scope]                          | 10 | layers[0].base",
        "base: [in-scope]                | bases: [in-scope]                      | 10 | layers[0].bases",
        "per: encounter                  | per: year                              | 11 | layers[0].deductible",
        "from: 2026-01-01                | from: 2026-02-30                       |  4 | from",
        "source: {doc: d1, article: 第一条} | source: {doc: d9}                   |  5 | source.doc",
        "name-en: Resident inpatient     | name-en: Resident, inpatient            |  0 | ",
    })
    void a_wrong_value_is_named_with_its_place(String right, String wrong, int line, String key) {
        var files = good();
        put(files, "areas/a/benefits/stay.yaml", BENEFIT.replace(right.strip(), wrong.strip()));
        var findings = findings(files);
        if (line == 0) {
            assertEquals(List.of(), findings, "a value may contain a comma");
            return;
        }
        var named = findings.stream().filter(finding -> finding.key().startsWith(key)).toList();
        assertFalse(named.isEmpty(), findings.toString());
        assertTrue(named.stream().anyMatch(finding -> Math.abs(finding.line() - line) <= 1), named.toString());
        assertTrue(named.stream().allMatch(finding -> !finding.expected().isBlank()
                && !finding.expectedEn().isBlank()));
    }

    @Test
    void all_findings_come_at_once() {
        var files = good();
        put(files, "areas/a/benefits/stay.yaml", BENEFIT.replace("\"80%\"", "\"x\"").replace("\"300.00\"", "\"y\"")
                .replace("payer: pooled", "payer: z"));
        assertEquals(3, findings(files).size(), findings(files).toString());
    }

    @Test
    void a_file_in_gbk_is_refused_with_the_way_to_mend_it() {
        var files = good();
        files.put("areas/a/benefits/stay.yaml", BENEFIT.getBytes(Charset.forName("GBK")));
        var finding = findings(files).getFirst();
        assertTrue(finding.expected().contains("UTF-8") && finding.expected().contains("另存为"), finding.toString());
    }

    @Test
    void two_rows_that_are_equally_specific_are_a_finding_until_a_third_decides() {
        var files = good();
        var two = BENEFIT.replace("- {above: \"0\", ratio: \"80%\"}", """
                - {above: "0", ratio: "80%"}
                        - {above: "0", when: [三级], ratio: "70%"}
                        - {above: "0", when: [退休], ratio: "90%"}""");
        put(files, "areas/a/benefits/stay.yaml", two);
        assertEquals(1, findings(files).size(), findings(files).toString());
        put(files, "areas/a/benefits/stay.yaml", two + "        - {above: \"0\", when: [三级, 退休], ratio: \"75%\"}\n");
        assertEquals(List.of(), findings(files));
    }

    @Test
    void duplicate_keys_and_broken_yaml_are_found() {
        var files = good();
        put(files, "areas/a/benefits/stay.yaml", BENEFIT.replace("payer: pooled", "payer: pooled\n    payer: account"));
        assertTrue(findings(files).stream().anyMatch(finding -> finding.expectedEn().equals("every key once")));
        put(files, "areas/a/benefits/stay.yaml", BENEFIT.replace("rows:", "rows: ["));
        assertEquals(Finding.Severity.ERROR, findings(files).getFirst().severity());
    }

    @Test
    void a_demonstration_value_needs_a_pack_marked_so() {
        var files = good();
        put(files, "sources.yaml", new String(files.get("sources.yaml"), StandardCharsets.UTF_8)
                .replace("official", "demonstration"));
        assertTrue(findings(files).stream().allMatch(finding -> finding.expectedEn().contains("demonstration: true")));
        assertFalse(findings(files).isEmpty());
    }

    @Test
    void a_broken_pack_is_left_out_and_the_others_load() {
        var broken = good();
        put(broken, "pack.yaml", "pack: Broken Name\nversion: 1\n");
        var library = PackLibrary.of(List.of(new PackFiles("broken", broken), new PackFiles("good", good())));
        assertEquals(List.of("sample"), library.packs().stream().map(Pack::id).toList());
        assertEquals(List.of(false, true), library.readings().stream().map(Reading::isUsable).toList());
    }

    @Test
    void a_pack_without_its_parent_says_which_is_missing() {
        var orphan = good();
        put(orphan, "pack.yaml", new String(orphan.get("pack.yaml"), StandardCharsets.UTF_8) + "extends: nowhere\n");
        var reading = PackLibrary.of(List.of(new PackFiles("orphan", orphan))).readings().getFirst();
        assertEquals("nowhere", reading.findings().getFirst().read());
    }
}
