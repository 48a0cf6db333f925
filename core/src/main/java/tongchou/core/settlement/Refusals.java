package tongchou.core.settlement;

import java.time.LocalDate;
import tongchou.core.encounter.Claim;
import tongchou.core.policy.Benefit;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Policy;
import tongchou.core.policy.Row;

/// The refusals that several places of the settlement give (拒绝).
final class Refusals {

    private Refusals() {
    }

    static Refusal noRule(Layer layer, String table, Claim claim, Nearest nearest) {
        return new Refusal(RefusalCode.NO_RULE_IN_FORCE, "policy/" + layer.name() + "/" + table, facts(claim),
                "政策包在该日须有一行适用于此情形；" + nearest.chinese() + "请核对人员、机构与日期，或补充政策包",
                "the pack must hold a row for this case on this day; " + nearest.english()
                        + "check person, institution and dates, or mend the pack");
    }

    static Refusal unknown(Layer layer, String table, Row<?> row, Claim claim) {
        var document = (row.citation().document().title() + " " + row.citation().article()).strip();
        return new Refusal(RefusalCode.NO_RULE_IN_FORCE, "policy/" + layer.name() + "/" + table, facts(claim),
                "政策包的这一行" + (row.label().isEmpty() ? "" : "（" + row.label() + "）") + "写明文件没有给出数值：" + document
                        + "；找到后补入政策包",
                "the pack says of this row" + (row.label().isEmpty() ? "" : " (" + row.label() + ")")
                        + " that the documents do not state it: " + document + "; mend the pack when it is found");
    }

    static Refusal noPrePay(int line, Claim claim) {
        return new Refusal(RefusalCode.MISSING_INPUT, "lines[" + line + "].pre_pay_ratio", facts(claim),
                "该地区未规定乙类先行自付比例，请在费用明细中给出", "the area states no share for class B: give it on the line");
    }

    static Refusal noDirect(int line, Benefit benefit) {
        return new Refusal(RefusalCode.NO_RULE_IN_FORCE, "lines[" + line + "].direct_ratio", benefit.name(),
                "该待遇没有目录直接报销的支付层次，请去掉 direct 或补充政策包",
                "the benefit has no layer for directly paid items: leave direct out, or mend the pack");
    }

    static Refusal missing(String field, String expected, String expectedEn) {
        return new Refusal(RefusalCode.MISSING_INPUT, field, "", expected, expectedEn);
    }

    static Refusal institutionNotInForce(Claim claim, LocalDate day) {
        var institution = claim.institution();
        return new Refusal(RefusalCode.INSTITUTION_NOT_IN_FORCE, "institution", institution.code() + " " + day,
                "机构资料有效期 " + institution.inForce() + " 之内的日期", "a day within " + institution.inForce());
    }

    static Refusal notInsured(Claim claim, LocalDate day) {
        return new Refusal(RefusalCode.NOT_INSURED, "encounter.to", day.toString(),
                "参保有效期 " + claim.standing().inForce() + " 之内的日期", "a day within the insured period "
                + claim.standing().inForce());
    }

    static Refusal waiting(Claim claim, LocalDate day) {
        var from = claim.standing().entitledFrom();
        return new Refusal(RefusalCode.WAITING_PERIOD, "encounter.to", day.toString(),
                "待遇享受开始日 " + from + " 及以后的日期", "a day from " + from + " on, when benefits begin");
    }

    static Refusal noBenefit(Claim claim, Nearest nearest) {
        return new Refusal(RefusalCode.NO_BENEFIT, "encounter.care", facts(claim),
                "政策包须有适用于此类人员与医疗类别的待遇" + (nearest == Nearest.NONE ? "" : "；" + nearest.chinese()
                        .replaceFirst("；$", "")),
                "the pack must hold a benefit for this kind of person and care" + (nearest == Nearest.NONE ? "" : "; "
                        + nearest.english().replaceFirst("; $", "")));
    }

    static Refusal outsideCover(Policy policy, LocalDate day) {
        return new Refusal(RefusalCode.OUTSIDE_COVER, "encounter.to", day.toString(),
                policy.name() + "政策包覆盖 " + policy.cover(),
                "the pack of " + policy.nameEn() + " covers " + policy.cover());
    }

    static Refusal amount(int line, String field, String read) {
        return new Refusal(RefusalCode.AMOUNT_NOT_ALLOWED, "lines[" + line + "]." + field, read,
                "不小于 0 的整数分，且超限价不大于金额，比例在 0 与 100% 之间",
                "whole fen, not negative; over-limit at most the amount; ratios between 0 and 100%");
    }

    static Refusal noLines() {
        return new Refusal(RefusalCode.AMOUNT_NOT_ALLOWED, "lines", "[]", "至少一条费用明细", "at least one charge line");
    }

    static Refusal tooLarge(Claim claim) {
        return new Refusal(RefusalCode.AMOUNT_TOO_LARGE, "lines", facts(claim),
                "金额须能精确计算：单笔总额不超过一亿元", "amounts that can be computed exactly: at most 100 million yuan a bill");
    }

    private static String facts(Claim claim) {
        var standing = claim.standing();
        var encounter = claim.encounter();
        return String.join(" ", encounter.to().toString(), standing.scheme().name(), standing.status().name(),
                encounter.care().name(), claim.institution().tier().name(), claim.institution().kind().name(),
                encounter.place().name());
    }
}
