package tongchou.server.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.core.catalogue.ItemKind;

/// What a list becomes in a pack. The drugs are made up.
class PackTablesTest {

    private static final String LIST = """
            编码,药品名称,通用名,甲乙类,剂型,自付比例,支付标准,限定支付范围,货架
            D2,乙药;二号,乙药,乙,片剂,10%,5.70元(10mg/片);9.69元(20mg/片),限二级及以上医疗机构,三
            D1,甲药,,甲,,,,,
            D3,丙药,,丙,,,*,限住院,
            """;

    @TempDir
    private Path folder;

    private CatalogueImport list(String name, String text, String from) throws IOException {
        return new CatalogueImport(Files.writeString(folder.resolve(name), text), null, ItemKind.DRUG, null, name, "",
                LocalDate.parse(from), true);
    }

    private String table(String name) throws IOException {
        return Files.readString(folder.resolve("catalogue").resolve(name)).replace("\"", "");
    }

    private PackTables tables(String document, String replaced) {
        return new PackTables(folder.resolve("catalogue"), document, replaced.isEmpty() ? null : replaced);
    }

    @Test
    void aListBecomesTablesAndComesOutTheSameAgain() throws IOException {
        var what = list("a.csv", LIST, "2025-01-01");
        assertEquals(new CatalogueImport.Check(3, 3, 0, 0, List.of(), 1), what.check(folder.resolve("bad.csv"), true));
        for (var turn = 0; turn < 2; turn++) {
            var done = what.write(tables("list-2025", ""));
            assertEquals(Map.of("drugs.csv", 3L, "pre-pay.csv", 1L, "standards.csv", 3L, "restrictions.csv", 2L),
                    done.rows());
            assertEquals(Set.of("货架"), done.leftOut());
            assertEquals(0, done.kept());
            assertEquals("""
                    code,names,class,form,from,doc
                    D1,甲药,A,,2025-01-01,list-2025
                    D2,乙药；二号;乙药,B,片剂,2025-01-01,list-2025
                    D3,丙药,C,,2025-01-01,list-2025
                    """, table("drugs.csv"));
            assertEquals("""
                    item,employee_percent,resident_percent,from,doc
                    D2,10,10,2025-01-01,list-2025
                    """, table("pre-pay.csv"));
            assertEquals("""
                    item,specification,price_yuan,from,doc
                    D2,10mg/片,5.70,2025-01-01,list-2025
                    D2,20mg/片,9.69,2025-01-01,list-2025
                    D3,,*,2025-01-01,list-2025
                    """, table("standards.csv"));
            assertEquals("""
                    item,text,coded,tiers,from,doc
                    D2,限二级及以上医疗机构,partly,secondary;tertiary,2025-01-01,list-2025
                    D3,限住院,not,,2025-01-01,list-2025
                    """, table("restrictions.csv"));
        }
    }

    @Test
    void theNextEditionEndsTheOneBefore() throws IOException {
        list("a.csv", LIST, "2025-01-01").write(tables("list-2025", ""));
        var next = list("b.csv", "编码,药品名称,甲乙类,支付标准\nD2,乙药,甲,4.00\n", "2026-01-01");
        assertEquals(7, next.write(tables("list-2026", "list-2025")).kept() - 2);
        assertEquals("""
                code,names,class,form,from,to,doc
                D1,甲药,A,,2025-01-01,2025-12-31,list-2025
                D2,乙药；二号;乙药,B,片剂,2025-01-01,2025-12-31,list-2025
                D2,乙药,A,,2026-01-01,,list-2026
                D3,丙药,C,,2025-01-01,2025-12-31,list-2025
                """, table("drugs.csv"));
        var before = table("drugs.csv");
        var clash = list("c.csv", "编码,药品名称,甲乙类\nD2,乙药,甲\n", "2026-01-01");
        assertEquals("D2 2026-01-01 (list-2026)", assertThrows(PackTables.Clash.class,
                () -> clash.write(tables("another", ""))).getMessage());
        assertEquals(before, table("drugs.csv"), "nothing was written");
    }

    @Test
    void whatCannotBeSettledByIsTold() throws IOException {
        var what = list("a.csv", """
                编码,药品名称,甲乙类,自付比例,限价,支付标准
                D1,无类,,,,
                D2,比例,乙,0.1,,
                D3,限价,乙,,十元,
                D4,标准,乙,,,见备注
                D5,好,乙,0.5%,"1,200.50",3.50元
                """, "2025-01-01");
        assertEquals(new CatalogueImport.Check(5, 1, 4, 0, List.of(), 1), what.check(folder.resolve("bad.csv"), true));
        assertEquals(List.of("2,甲乙类", "3,自付比例", "4,限价", "5,支付标准"),
                Files.readAllLines(folder.resolve("bad.csv")).stream().skip(1)
                        .map(row -> row.substring(0, row.indexOf(',', 2))).toList());
        what.write(tables("list", ""));
        assertEquals("item,basis,every_tier_yuan,from,doc\nD5,limit,1200.50,2025-01-01,list\n", table("prices.csv"));
        assertEquals("item,employee_percent,resident_percent,from,doc\nD5,0.5,0.5,2025-01-01,list\n",
                table("pre-pay.csv"));
    }
}
