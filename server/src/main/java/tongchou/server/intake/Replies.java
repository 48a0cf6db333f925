package tongchou.server.intake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.CitationReply;
import tongchou.api.http.Fault;
import tongchou.api.http.LineFacts;
import tongchou.api.http.SettlementReply;
import tongchou.api.http.Words;
import tongchou.core.calendar.KnownOn;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Payer;
import tongchou.core.policy.Row;
import tongchou.core.settlement.Amounts;
import tongchou.core.settlement.Explanation;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.RefusalCode;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Step;
import tongchou.server.packs.PolicyRows;

/// Writes settlements and refusals of the core as replies (回复).
public final class Replies {

    private Replies() {
    }

    /// What only a booked settlement has.
    ///
    /// @param at the moment it was booked, in UTC
    /// @param replaces id of the settlement in whose place it is booked; null when there is none
    public record Booking(String id, String key, String at, @Nullable String replaces) {
    }

    /// A settlement as it is answered.
    ///
    /// @param state `preview`, `estimate` or `booked`
    /// @param booking null unless it is booked
    /// @param member token of the member; null when there is none
    /// @param asked the lines as they were asked for, for their names
    /// @param chinese whether it is explained in Chinese, else in English; what is booked is in Chinese
    public static SettlementReply of(Settlement settlement, String state, @Nullable Booking booking,
            @Nullable String member, List<LineFacts> asked, String version, boolean chinese) {
        var clauses = numbered(settlement.steps());
        var policy = settlement.waterfall().policy();
        var benefit = settlement.waterfall().benefit();
        var known = settlement.knownOn().equals(KnownOn.LATEST) ? null : settlement.knownOn().day();
        return new SettlementReply(state, booking == null ? null : booking.id(), booking == null ? null : booking.key(),
                booking == null ? null : booking.at(), member, settlement.claim().institution().code(),
                new SettlementReply.PackVersion(policy.pack(), policy.version(), policy.hash()),
                new SettlementReply.Area(policy.area(), policy.name(), policy.nameEn()), version,
                new SettlementReply.Name(benefit.name(), benefit.nameEn()), settlement.day(), known,
                settlement.isDemonstration(), Words.of(settlement.weakestGrade()), amounts(settlement.amounts()),
                national(settlement.amounts()), postings(settlement, clauses), lines(settlement, asked),
                movements(settlement),
                settlement.steps().stream().map(step -> step(step, clauses)).toList(),
                clauses.entrySet().stream().map(clause -> new SettlementReply.NumberedClause(clause.getValue(),
                        clause.getKey())).toList(),
                SettlementReply.Explanations.of(chinese, Explanation.of(settlement,
                        chinese ? Explanation.Language.CHINESE : Explanation.Language.ENGLISH).sentences()),
                null, booking == null ? null : booking.replaces(), null, null, null);
    }

    private static SettlementReply.AmountsReply amounts(Amounts amounts) {
        var byPayer = new LinkedHashMap<String, Long>();
        for (var payer : Payer.values()) {
            if (!amounts.by(payer).isZero()) {
                byPayer.put(payer.word(), amounts.by(payer).value());
            }
        }
        return new SettlementReply.AmountsReply(amounts.total().value(), amounts.fullSelfPay().value(),
                amounts.overLimit().value(), amounts.prePay().value(), amounts.inScope().value(),
                amounts.deductible().value(), amounts.fund().value(), amounts.account().value(), amounts.cash().value(),
                amounts.hospital().value(), amounts.person().value(), byPayer);
    }

    private static Map<String, String> national(Amounts amounts) {
        var named = new LinkedHashMap<String, Fen>();
        named.put("medfee_sumamt", amounts.total());
        named.put("fulamt_ownpay_amt", amounts.fullSelfPay());
        named.put("overlmt_selfpay", amounts.overLimit());
        named.put("preselfpay_amt", amounts.prePay());
        named.put("inscp_scp_amt", amounts.inScope());
        named.put("act_pay_dedc", amounts.deductible());
        for (var payer : Payer.values()) {
            if (payer.isFund()) {
                named.merge(payer.field(), amounts.by(payer), Fen::plus);
            }
        }
        named.put("fund_pay_sumamt", amounts.fund());
        named.put("hosp_part_amt", amounts.hospital());
        named.put("acct_pay", amounts.account());
        named.put("acct_mulaid_pay", amounts.by(Payer.FAMILY_ACCOUNT));
        named.put("psn_cash_pay", amounts.cash());
        named.put("psn_part_amt", amounts.person());
        var yuan = new LinkedHashMap<String, String>();
        named.forEach((name, fen) -> yuan.put(name, fen.yuan()));
        return yuan;
    }

    /// The clauses that steps come from, each once, with their numbers from 1.
    private static Map<CitationReply, Integer> numbered(List<Step> steps) {
        var clauses = new LinkedHashMap<CitationReply, Integer>();
        for (var step : steps) {
            if (step.row() != null) {
                clauses.putIfAbsent(PolicyRows.citation(step.row().citation()), clauses.size() + 1);
            }
        }
        return clauses;
    }

    private static List<SettlementReply.PostingReply> postings(Settlement settlement,
            Map<CitationReply, Integer> clauses) {
        return settlement.postings().stream().map(posting -> {
            var layer = posting.layer();
            var applied = new LinkedHashSet<Integer>();
            for (var step : settlement.steps()) {
                if (layer != null && step.layer() == layer && step.row() != null) {
                    applied.add(clauses.get(PolicyRows.citation(step.row().citation())));
                }
            }
            return new SettlementReply.PostingReply(
                    posting.payer().word(), posting.amount().value(), name(layer), new ArrayList<>(applied));
        }).toList();
    }

    private static List<SettlementReply.LineReply> lines(Settlement settlement, List<LineFacts> asked) {
        return settlement.lines().stream().map(judged -> {
            var line = judged.line();
            var name = line.number() <= asked.size() ? asked.get(line.number() - 1).name() : null;
            return new SettlementReply.LineReply(line.number(), line.item(), name, Words.of(line.payClass()),
                    line.amount().value(), judged.fullSelfPay().value(), judged.overLimit().value(),
                    judged.prePay().value(), judged.inScope().value(), null);
        }).toList();
    }

    private static List<SettlementReply.MovementReply> movements(Settlement settlement) {
        return settlement.movements().stream().map(moved -> new SettlementReply.MovementReply(moved.key().name(),
                Words.of(moved.key().period()), moved.key().periodKey(), Words.of(moved.unit()), moved.before(),
                moved.after())).toList();
    }

    private static SettlementReply.StepReply step(Step step, Map<CitationReply, Integer> clauses) {
        var ratio = step.ratio() == 0 ? null : new Ratio(step.ratio());
        var bp = ratio == null || ratio.millionths() % 100 != 0 ? null : (Long) ratio.basisPoints();
        var layer = step.layer();
        return new SettlementReply.StepReply(Words.of(step.kind()), name(layer),
                layer == null ? null : layer.payer().word(), step.amount(), step.of(), bp,
                ratio == null ? null : ratio.percent(), step.row() == null ? null : applied(step.row(), clauses));
    }

    private static SettlementReply.AppliedRule applied(Row<?> row, Map<CitationReply, Integer> clauses) {
        return new SettlementReply.AppliedRule(row.label(), PolicyRows.first(row.inForce()),
                PolicyRows.last(row.inForce()), row.issued(), clauses.get(PolicyRows.citation(row.citation())));
    }

    /// A rule with its clause as it is answered.
    public static SettlementReply.RuleReply rule(Row<?> row) {
        LocalDate first = PolicyRows.first(row.inForce());
        return new SettlementReply.RuleReply(row.label(), first, PolicyRows.last(row.inForce()), row.issued(),
                PolicyRows.citation(row.citation()));
    }

    private static SettlementReply.@Nullable Name name(@Nullable Layer layer) {
        return layer == null ? null : new SettlementReply.Name(layer.name(), layer.nameEn());
    }

    /// A refusal of the core as a fault of the interface: 422 with its own code.
    public static Fault fault(Refusal refusal) {
        var field = refusal.field().replace("pre_pay_ratio", "pre_pay_bp").replace("direct_ratio", "direct_bp");
        return new Fault(refusal.code().name(), 422, title(refusal.code(), true), title(refusal.code(), false), field,
                refusal.read(), refusal.expected(), refusal.expectedEn());
    }

    /// What a refusal code means, in a few words.
    public static String title(RefusalCode code, boolean chinese) {
        return switch (code) {
            case CATALOGUE_CONTRADICTED -> chinese ? "与目录不一致" : "Not what the catalogue says";
            case PRICE_CONFIDENTIAL -> chinese ? "支付标准保密" : "The payment standard is confidential";
            case AMOUNT_NOT_ALLOWED -> chinese ? "金额不合法" : "An amount that cannot stand here";
            case UNKNOWN_AREA -> chinese ? "参保地无政策包" : "No pack settles this area";
            case NO_BENEFIT -> chinese ? "无此待遇" : "No such benefit";
            case OUTSIDE_COVER -> chinese ? "超出政策包覆盖日期" : "Outside the days the pack covers";
            case INSTITUTION_NOT_IN_FORCE -> chinese ? "机构资料在当日无效" : "The institution is not in force that day";
            case NOT_INSURED -> chinese ? "当日无有效参保" : "Not insured that day";
            case WAITING_PERIOD -> chinese ? "待遇等待期内" : "In the waiting period";
            case MISSING_INPUT -> chinese ? "缺少必要信息" : "A fact is missing";
            case NO_RULE_IN_FORCE -> chinese ? "当日无适用规则" : "No rule in force";
            case AMOUNT_TOO_LARGE -> chinese ? "金额过大" : "The amounts are too large";
        };
    }
}
