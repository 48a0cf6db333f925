package tongchou.core.settlement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tongchou.core.alliance.Institution;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.BenefitYear;
import tongchou.core.calendar.InForce;
import tongchou.core.calendar.KnownOn;
import tongchou.core.calendar.Period;
import tongchou.core.catalogue.PayClass;
import tongchou.core.encounter.Care;
import tongchou.core.encounter.ChargeLine;
import tongchou.core.encounter.Claim;
import tongchou.core.encounter.Encounter;
import tongchou.core.encounter.Filing;
import tongchou.core.encounter.Place;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.money.Rounding;
import tongchou.core.people.Member;
import tongchou.core.people.Purse;
import tongchou.core.people.Relief;
import tongchou.core.people.Scheme;
import tongchou.core.people.Standing;
import tongchou.core.people.Status;
import tongchou.core.policy.Amount;
import tongchou.core.policy.Bands;
import tongchou.core.policy.Benefit;
import tongchou.core.policy.Burden;
import tongchou.core.policy.Citation;
import tongchou.core.policy.Condition;
import tongchou.core.policy.Deductible;
import tongchou.core.policy.DeductibleChange;
import tongchou.core.policy.Document;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Payer;
import tongchou.core.policy.Policy;
import tongchou.core.policy.RatioChange;
import tongchou.core.policy.Row;
import tongchou.core.policy.Table;

/// The explanation shows every step with its arithmetic and its source, and ends with who pays what.
class ExplanationTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static final Citation CLAUSE = citation("某县居民医保办法", "某政发〔2024〕1号", Document.Grade.OFFICIAL, "");
    private static final Citation MADE_UP = citation("演示", "", Document.Grade.DEMONSTRATION, "某省");

    private static Citation citation(String title, String number, Document.Grade grade, String overrides) {
        return new Citation(new Document(title, title, number, "某县", DAY.minusYears(2), InForce.ALWAYS, grade, null),
                "第八条", "某县", overrides);
    }

    private static <V> Table<V> table(V value, Citation citation, String label) {
        return new Table<>(List.of(new Row<>(Condition.ALWAYS, value, InForce.ALWAYS, DAY.minusYears(2), citation,
                label)));
    }

    private static Settlement settle(Citation change) {
        var deductible = new Deductible(Period.ENCOUNTER, "", false,
                table(new Amount.Yuan(Fen.of(40_000)), CLAUSE, "二级"),
                List.of(table(new DeductibleChange.Times(Ratio.of("50%")), change, "已签约")));
        var bands = new Bands(Bands.Measure.EXPENSE, Period.ENCOUNTER, "", Bands.Origin.ABOVE_DEDUCTIBLE,
                table(new Bands.Band(Fen.ZERO, Ratio.of("75%")), CLAUSE, "二级"));
        var layer = new Layer("统筹基金", "Pooled fund", Payer.POOLED, Table.empty(), List.of(Burden.IN_SCOPE),
                Table.empty(), deductible, bands, List.of(
                        table(new RatioChange.Points(Ratio.of("5%")), change, "已签约")), Table.empty(),
                List.of(), Rounding.HALF_UP);
        var account = new Layer("个人账户", "Personal account", Payer.ACCOUNT, Table.empty(), List.of(Burden.CO_PAY),
                Table.empty(), null, null, List.of(), Table.empty(), List.of(), Rounding.HALF_UP);
        var benefit = new Benefit("居民住院", "Resident inpatient", Condition.ALWAYS, BenefitYear.CALENDAR,
                Benefit.Binding.LAST_DAY, "", table(Ratio.of("10%"), CLAUSE, ""), Table.empty(),
                List.of(layer, account));
        var policy = new Policy("p", "1.0.0", "", "a", "某县", "Some county", List.of("999901"), InForce.ALWAYS, true,
                List.of(benefit));
        var standing = new Standing(InForce.ALWAYS, "999901", Scheme.RESIDENT, Status.ADULT, "", Relief.NONE, false,
                DAY.minusYears(3), DAY.minusYears(3), null, null, List.of(), Set.of(), Set.of());
        var institution = new Institution("h", "某医院", "999901", Tier.SECONDARY, Institution.Kind.HOSPITAL,
                Institution.Administration.COUNTY, Institution.Specialty.GENERAL, InForce.ALWAYS);
        var stay = new Encounter.Stay(Care.INPATIENT, DAY.minusDays(7), DAY, Place.LOCAL, Filing.NONE, null, "",
                List.of(ChargeLine.of(1, "bed", Fen.of(1_000_000), PayClass.A),
                        ChargeLine.of(2, "drug", Fen.of(200_000), PayClass.B),
                ChargeLine.of(3, "ward", Fen.of(34_500), PayClass.C)));
        var claim = new Claim("c", new Member("m", DAY.minusYears(40)), standing, institution, stay,
                new Purse(Fen.ZERO, Fen.of(12_345), Fen.ZERO));
        return (Settlement) new Waterfalls(policy).settle(claim, YearToDate.NOTHING, KnownOn.LATEST, new Workings());
    }

    @Test
    void everyStepStandsThereInChinese() {
        assertEquals("""
                医保结算明白纸
                待遇：居民住院（某县）。适用政策日：2026-03-01。政策包：p 1.0.0。
                注意：本次计算用到演示值（标有“演示值”的各项没有文件依据），结果只供演示，不能作为报销依据。
                【您的费用】
                1．医疗费总额 12,345.00 元。
                2．其中医保目录外（全自费）345.00 元。
                3．乙类费用 2,000.00 元，先由您自付一部分（一般为 10%），共 200.00 元。（依据：《某县居民医保办法》（某政发〔2024〕1号）第八条，官方文件）
                4．符合政策范围的费用：12,345.00 − 345.00 − 200.00 = 11,800.00 元。
                【统筹基金】
                5．起付标准 400.00 元。（适用：二级；依据同第 3 项）
                6．起付线调整（乘以 50%）：400.00 元 → 200.00 元。（适用：已签约；依据：演示值，无文件；某县替代某省的规定）
                7．扣除起付线：11,800.00 元 − 200.00 元 = 11,600.00 元。（适用：二级；依据同第 3 项）
                8．支付比例提高 5 个百分点。（适用：已签约；依据：演示值，无文件；某县替代某省的规定）
                9．11,600.00 元 × 80%（规定 75%，按上列规则调整） = 9,280.00 元。（适用：二级；依据同第 3 项）
                10．统筹基金支付 9,280.00 元。
                【个人账户】
                11．从个人账户支付 123.45 元。
                【谁付多少】
                统筹基金：9,280.00 元
                个人账户：123.45 元
                您支付现金：2,941.55 元
                合计：12,345.00 元
                """, Explanation.of(settle(MADE_UP), Explanation.Language.CHINESE).text());
    }

    @Test
    void englishSaysTheSameAndOfficialValuesCarryNoWarning() {
        var text = Explanation.of(settle(CLAUSE), Explanation.Language.ENGLISH).text();
        assertTrue(text.contains("9. 11,600.00 yuan × 80% (75%, changed as said above) = 9,280.00 yuan."), text);
        assertTrue(text.contains("(source: “某县居民医保办法” (某政发〔2024〕1号), 第八条, official document)"), text);
        assertTrue(text.endsWith("you, in cash: 2,941.55 yuan\ntogether: 12,345.00 yuan\n"), text);
        assertTrue(!text.contains("demonstration"), text);
        assertEquals(Explanation.of(settle(CLAUSE), Explanation.Language.CHINESE).sentences().size(),
                Explanation.of(settle(CLAUSE), Explanation.Language.ENGLISH).sentences().size());
    }

    @Test
    void amountsAreGroupedByThousands() {
        assertEquals("0.05", Explanation.yuan(5));
        assertEquals("999.99", Explanation.yuan(99_999));
        assertEquals("1,000.00", Explanation.yuan(100_000));
        assertEquals("100,000,000.00", Explanation.yuan(10_000_000_000L));
        assertEquals("-1,234.50", Explanation.yuan(-123_450));
    }
}
