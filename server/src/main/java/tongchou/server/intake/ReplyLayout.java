package tongchou.server.intake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.CitationReply;
import tongchou.api.http.JsonBytes;
import tongchou.api.http.LineFacts;
import tongchou.api.http.ReplyWriter;
import tongchou.api.http.SettlementReply;
import tongchou.api.http.Words;
import tongchou.core.calendar.KnownOn;
import tongchou.core.judging.Note;
import tongchou.core.money.Fen;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Payer;
import tongchou.core.policy.Row;
import tongchou.core.settlement.Amounts;
import tongchou.core.settlement.Explanation;
import tongchou.core.settlement.JudgedLine;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Step;
import tongchou.core.settlement.Waterfall;
import tongchou.server.packs.PolicyRows;

/// Lays the reply of a booked settlement down as JSON (回复版式), field by field in the order of [SettlementReply].
///
/// The same bytes as [Replies], [Settled#tell] and [ReplyWriter] give together, which every other reply goes through
/// and by which the audit writes stored ones again; here nothing stands between the settlement and the bytes. What the
/// replies of a pack repeat is written once and kept: its heading, layers, rules and clauses.
public final class ReplyLayout {

    private static final byte[] BOOKED = "\"state\":\"booked\"".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final Payer[] PAYERS = Payer.values();
    private static final Map<String, List<Payer>> FUNDS = funds();

    private final String version;
    private final Map<CitationReply, byte[]> citations = new ConcurrentHashMap<>();
    private final Kept<Waterfall, byte[]> headings = new Kept<>(this::heading);
    private final Kept<Layer, byte[]> layers = new Kept<>(layer ->
            ReplyWriter.bytes(new SettlementReply.Name(layer.name(), layer.nameEn())));
    private final Kept<Row<?>, Rule> rules = new Kept<>(this::rule);

    /// A layout for one set of packs.
    ///
    /// @param version of the engine
    public ReplyLayout(String version) {
        this.version = version;
    }

    /// A rule and its clause as they are written.
    ///
    /// @param fields of the rule, without the braces around them
    /// @param citation the same object for the same clause
    private record Rule(byte[] fields, byte[] citation) {
    }

    /// The clauses that the steps of a settlement come from, each once, in the order in which the steps name them.
    private final class Clauses {

        private final byte[][] citations;
        private final int[] numbers;
        private int count;

        Clauses(List<Step> steps) {
            citations = new byte[steps.size()][];
            numbers = new int[steps.size()];
            for (var i = 0; i < numbers.length; i++) {
                var row = steps.get(i).row();
                numbers[i] = row == null ? 0 : number(rules.of(row).citation());
            }
        }

        private int number(byte[] citation) {
            var at = 0;
            while (at < count && citations[at] != citation) {
                at++;
            }
            citations[at] = citation;
            count = Math.max(count, at + 1);
            return at + 1;
        }

        /// The number of a step's clause; 0 where no rule was applied.
        int of(int step) {
            return numbers[step];
        }
    }

    /// The fields, named as they are written.
    private enum Name {
        ID, KEY, BOOKED_AT, MEMBER, INSTITUTION, PACK, VERSION, HASH, AREA, NAME, NAME_EN, ENGINE_VERSION, BENEFIT,
        BINDING_DAY, KNOWN_ON, DEMONSTRATION, WEAKEST_GRADE, AMOUNTS, TOTAL_FEN, FULL_SELF_PAY_FEN, OVER_LIMIT_FEN,
        PRE_PAY_FEN, IN_SCOPE_FEN, DEDUCTIBLE_FEN, FUND_FEN, ACCOUNT_FEN, CASH_FEN, HOSPITAL_FEN, PERSON_FEN,
        BY_PAYER_FEN, NATIONAL_YUAN, POSTINGS, PAYER, AMOUNT_FEN, LAYER, LINES, NUMBER, ITEM, CLASS, NOTES,
        KIND, ZH, CITATION, MOVEMENTS, COUNTER, PERIOD, PERIOD_KEY, UNIT, BEFORE, AFTER, STEPS, OF_FEN, RATIO_BP,
        RATIO, RULE, LABEL, FIRST_DAY, LAST_DAY, ISSUED, CLAUSE, CLAUSES, EXPLANATION, REPLACES, OUTSIDE_AVERAGE_COST,
        MEDFEE_SUMAMT, FULAMT_OWNPAY_AMT, OVERLMT_SELFPAY, PRESELFPAY_AMT, INSCP_SCP_AMT, ACT_PAY_DEDC,
        FUND_PAY_SUMAMT, HOSP_PART_AMT, ACCT_PAY, ACCT_MULAID_PAY, PSN_CASH_PAY, PSN_PART_AMT;

        private final byte[] ready = JsonBytes.name(name().toLowerCase(Locale.ROOT));
    }

    /// Lays down the reply of a claim that was settled.
    ///
    /// @param member token of the member; null when there is none
    /// @param asked the lines as they were asked for, for their names
    public byte[] of(Settled settled, Settlement settlement, Replies.Booking booking, @Nullable String member,
            List<LineFacts> asked) {
        var out = JsonBytes.begun();
        out.open('{').ready(BOOKED);
        text(out, Name.ID, booking.id());
        text(out, Name.KEY, booking.key());
        text(out, Name.BOOKED_AT, booking.at());
        text(out, Name.MEMBER, member);
        text(out, Name.INSTITUTION, settlement.claim().institution().code());
        out.ready(headings.of(settlement.waterfall()));
        text(out, Name.BINDING_DAY, settlement.day().toString());
        var known = settlement.knownOn();
        text(out, Name.KNOWN_ON, known.equals(KnownOn.LATEST) ? null : known.day().toString());
        out.field(Name.DEMONSTRATION.ready).value(settlement.isDemonstration() || settled.isDemonstration());
        text(out, Name.WEAKEST_GRADE, Words.of(settlement.weakestGrade()));
        amounts(out, settlement.amounts());
        national(out, settlement.amounts());
        var clauses = new Clauses(settlement.steps());
        postings(out, settlement, clauses);
        lines(out, settled, settlement.lines(), asked);
        movements(out, settlement);
        steps(out, settlement.steps(), clauses);
        clauses(out, clauses);
        explanation(out, settled, settlement);
        text(out, Name.REPLACES, booking.replaces());
        if (settled.isOutsideAverageCost()) {
            out.field(Name.OUTSIDE_AVERAGE_COST.ready).value(true);
        }
        return out.close('}').finished();
    }

    private static void text(JsonBytes out, Name name, @Nullable String text) {
        if (text != null) {
            out.field(name.ready).text(text);
        }
    }

    private static void number(JsonBytes out, Name name, long number) {
        out.field(name.ready).value(number);
    }

    private static void fen(JsonBytes out, Name name, Fen fen) {
        number(out, name, fen.value());
    }

    /// Pack, area, version of the engine and benefit, without the braces around them.
    private byte[] heading(Waterfall waterfall) {
        var policy = waterfall.policy();
        var benefit = waterfall.benefit();
        var out = JsonBytes.begun();
        out.field(Name.PACK.ready).ready(ReplyWriter.bytes(
                new SettlementReply.PackVersion(policy.pack(), policy.version(), policy.hash())));
        out.field(Name.AREA.ready).ready(ReplyWriter.bytes(
                new SettlementReply.Area(policy.area(), policy.name(), policy.nameEn())));
        text(out, Name.ENGINE_VERSION, version);
        out.field(Name.BENEFIT.ready).ready(ReplyWriter.bytes(
                new SettlementReply.Name(benefit.name(), benefit.nameEn())));
        return out.finished();
    }

    private Rule rule(Row<?> row) {
        var out = JsonBytes.begun();
        text(out, Name.LABEL, row.label());
        day(out, Name.FIRST_DAY, PolicyRows.first(row.inForce()));
        day(out, Name.LAST_DAY, PolicyRows.last(row.inForce()));
        day(out, Name.ISSUED, row.issued());
        return new Rule(out.finished(), citations.computeIfAbsent(
                PolicyRows.citation(row.citation()), ReplyWriter::bytes));
    }

    private static void day(JsonBytes out, Name name, @Nullable LocalDate day) {
        text(out, name, day == null ? null : day.toString());
    }

    private static void amounts(JsonBytes out, Amounts amounts) {
        out.field(Name.AMOUNTS.ready).open('{');
        fen(out, Name.TOTAL_FEN, amounts.total());
        fen(out, Name.FULL_SELF_PAY_FEN, amounts.fullSelfPay());
        fen(out, Name.OVER_LIMIT_FEN, amounts.overLimit());
        fen(out, Name.PRE_PAY_FEN, amounts.prePay());
        fen(out, Name.IN_SCOPE_FEN, amounts.inScope());
        fen(out, Name.DEDUCTIBLE_FEN, amounts.deductible());
        fen(out, Name.FUND_FEN, amounts.fund());
        fen(out, Name.ACCOUNT_FEN, amounts.account());
        fen(out, Name.CASH_FEN, amounts.cash());
        fen(out, Name.HOSPITAL_FEN, amounts.hospital());
        fen(out, Name.PERSON_FEN, amounts.person());
        out.field(Name.BY_PAYER_FEN.ready).open('{');
        for (var payer : PAYERS) {
            if (!amounts.by(payer).isZero()) {
                out.text(payer.word()).write(':');
                out.value(amounts.by(payer).value());
            }
        }
        out.close('}').close('}');
    }

    /// The fields that funds are reported in, in their order, and which of them are reported together.
    private static Map<String, List<Payer>> funds() {
        var funds = new LinkedHashMap<String, List<Payer>>();
        for (var payer : PAYERS) {
            if (payer.isFund()) {
                funds.computeIfAbsent(payer.field(), none -> new ArrayList<>()).add(payer);
            }
        }
        return funds;
    }

    private static void national(JsonBytes out, Amounts amounts) {
        out.field(Name.NATIONAL_YUAN.ready).open('{');
        yuan(out, Name.MEDFEE_SUMAMT, amounts.total());
        yuan(out, Name.FULAMT_OWNPAY_AMT, amounts.fullSelfPay());
        yuan(out, Name.OVERLMT_SELFPAY, amounts.overLimit());
        yuan(out, Name.PRESELFPAY_AMT, amounts.prePay());
        yuan(out, Name.INSCP_SCP_AMT, amounts.inScope());
        yuan(out, Name.ACT_PAY_DEDC, amounts.deductible());
        FUNDS.forEach((field, payers) -> {
            var sum = 0L;
            for (var payer : payers) {
                sum = Math.addExact(sum, amounts.by(payer).value());
            }
            out.text(field).write(':');
            yuan(out, sum);
        });
        yuan(out, Name.FUND_PAY_SUMAMT, amounts.fund());
        yuan(out, Name.HOSP_PART_AMT, amounts.hospital());
        yuan(out, Name.ACCT_PAY, amounts.account());
        yuan(out, Name.ACCT_MULAID_PAY, amounts.by(Payer.FAMILY_ACCOUNT));
        yuan(out, Name.PSN_CASH_PAY, amounts.cash());
        yuan(out, Name.PSN_PART_AMT, amounts.person());
        out.close('}');
    }

    private static void yuan(JsonBytes out, Name name, Fen fen) {
        out.field(name.ready);
        yuan(out, fen.value());
    }

    /// Yuan with two decimals and no grouping, as a text; amounts of a settlement are never below zero.
    private static void yuan(JsonBytes out, long fen) {
        out.begin();
        out.number(fen / 100);
        out.write('.');
        out.number(fen / 10 % 10);
        out.number(fen % 10);
        out.end();
    }

    private void postings(JsonBytes out, Settlement settlement, Clauses clauses) {
        out.field(Name.POSTINGS.ready).open('[');
        for (var posting : settlement.postings()) {
            out.open('{');
            text(out, Name.PAYER, posting.payer().word());
            fen(out, Name.AMOUNT_FEN, posting.amount());
            if (posting.layer() != null) {
                out.field(Name.LAYER.ready).ready(layers.of(posting.layer()));
            }
            out.field(Name.CLAUSES.ready).open('[');
            applied(out, settlement.steps(), clauses, posting.layer());
            out.close(']').close('}');
        }
        out.close(']');
    }

    /// The number of every clause that a layer applied, once.
    private static void applied(JsonBytes out, List<Step> steps, Clauses clauses, @Nullable Layer layer) {
        for (var i = 0; layer != null && i < steps.size(); i++) {
            if (steps.get(i).layer() == layer && clauses.of(i) != 0 && !isApplied(steps, i, clauses, layer)) {
                out.value(clauses.of(i));
            }
        }
    }

    private static boolean isApplied(List<Step> steps, int before, Clauses clauses, Layer layer) {
        for (var i = 0; i < before; i++) {
            if (steps.get(i).layer() == layer && clauses.of(i) == clauses.of(before)) {
                return true;
            }
        }
        return false;
    }

    private static void clauses(JsonBytes out, Clauses clauses) {
        out.field(Name.CLAUSES.ready).open('[');
        for (var number = 1; number <= clauses.count; number++) {
            out.open('{');
            number(out, Name.NUMBER, number);
            out.field(Name.CITATION.ready).ready(clauses.citations[number - 1]);
            out.close('}');
        }
        out.close(']');
    }

    private static void lines(JsonBytes out, Settled settled, List<JudgedLine> lines, List<LineFacts> asked) {
        out.field(Name.LINES.ready).open('[');
        for (var judged : lines) {
            var line = judged.line();
            out.open('{');
            number(out, Name.NUMBER, line.number());
            text(out, Name.ITEM, line.item());
            text(out, Name.NAME, line.number() <= asked.size() ? asked.get(line.number() - 1).name() : null);
            text(out, Name.CLASS, Words.of(line.payClass()));
            fen(out, Name.AMOUNT_FEN, line.amount());
            fen(out, Name.FULL_SELF_PAY_FEN, judged.fullSelfPay());
            fen(out, Name.OVER_LIMIT_FEN, judged.overLimit());
            fen(out, Name.PRE_PAY_FEN, judged.prePay());
            fen(out, Name.IN_SCOPE_FEN, judged.inScope());
            notes(out, settled, settled.notes(line.number()));
            out.close('}');
        }
        out.close(']');
    }

    private static void notes(JsonBytes out, Settled settled, List<Note> notes) {
        if (notes.isEmpty()) {
            return;
        }
        out.field(Name.NOTES.ready).open('[');
        for (var note : notes) {
            out.ready(ReplyWriter.bytes(settled.note(note)));
        }
        out.close(']');
    }

    private static void movements(JsonBytes out, Settlement settlement) {
        out.field(Name.MOVEMENTS.ready).open('[');
        for (var moved : settlement.movements()) {
            out.open('{');
            text(out, Name.COUNTER, moved.key().name());
            text(out, Name.PERIOD, Words.of(moved.key().period()));
            text(out, Name.PERIOD_KEY, moved.key().periodKey());
            text(out, Name.UNIT, Words.of(moved.unit()));
            number(out, Name.BEFORE, moved.before());
            number(out, Name.AFTER, moved.after());
            out.close('}');
        }
        out.close(']');
    }

    private void steps(JsonBytes out, List<Step> steps, Clauses clauses) {
        out.field(Name.STEPS.ready).open('[');
        for (var i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            out.open('{');
            text(out, Name.KIND, Words.of(step.kind()));
            var layer = step.layer();
            if (layer != null) {
                out.field(Name.LAYER.ready).ready(layers.of(layer));
                text(out, Name.PAYER, layer.payer().word());
            }
            number(out, Name.AMOUNT_FEN, step.amount());
            number(out, Name.OF_FEN, step.of());
            if (step.ratio() != 0 && step.ratio() % 100 == 0) {
                number(out, Name.RATIO_BP, step.ratio() / 100);
            }
            if (step.ratio() != 0) {
                out.field(Name.RATIO.ready).begin();
                out.percent(step.ratio());
                out.end();
            }
            if (step.row() != null) {
                out.field(Name.RULE.ready).open('{').ready(rules.of(step.row()).fields());
                number(out, Name.CLAUSE, clauses.of(i));
                out.close('}');
            }
            out.close('}');
        }
        out.close(']');
    }

    private static void explanation(JsonBytes out, Settled settled, Settlement settlement) {
        out.field(Name.EXPLANATION.ready).open('{').field(Name.ZH.ready).open('[');
        Explanation.tell(settlement, Explanation.Language.CHINESE, out);
        settled.told(true).forEach(out::text);
        out.close(']').close('}');
    }
}
