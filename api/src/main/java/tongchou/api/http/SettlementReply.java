package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a settlement came to (结算结果): amounts, who pays what, the steps as data and in words.
///
/// The reply of a booked settlement is stored and never computed again.
///
/// @param state `preview`, `estimate` or `booked`; `reversed` when it is read after it was taken back
/// @param id the settlement's id; only when booked
/// @param bookedAt when it was booked, in UTC; only when booked
/// @param knownOn as of when the rules were read; left out when everything loaded was known
/// @param demonstration whether a value without a document took part (演示值)
/// @param weakestGrade grade of the weakest document that took part
/// @param nationalYuan the amounts under the names of the national interface, in yuan with two decimals
/// @param clauses the clauses that steps and postings name by their numbers, each once
/// @param explanation the explanation a patient reads (明白纸), line by line
/// @param quote what binds a booking to this preview; left out where the book knows nothing of the member
/// @param replaces id of the settlement in whose place it was booked; left out where there is none
/// @param reversal that it was taken back; left out while it stands, and in the reply stored when it was booked
/// @param outsideAverageCost true for a long prescription, which the check of average costs leaves out; else left out
/// @param corrections what was booked for it later (更正); never in the stored reply, only where a corrected one is read
public record SettlementReply(
        String state,
        @Nullable String id,
        @Nullable String key,
        @Nullable String bookedAt,
        @Nullable String member,
        String institution,
        PackVersion pack,
        Area area,
        String engineVersion,
        Name benefit,
        LocalDate bindingDay,
        @Nullable LocalDate knownOn,
        boolean demonstration,
        String weakestGrade,
        AmountsReply amounts,
        Map<String, String> nationalYuan,
        List<PostingReply> postings,
        List<LineReply> lines,
        List<MovementReply> movements,
        List<StepReply> steps,
        List<NumberedClause> clauses,
        Explanations explanation,
        @Nullable String quote,
        @Nullable String replaces,
        @Nullable ReversalMark reversal,
        @Nullable Boolean outsideAverageCost,
        @Nullable List<CorrectionsReply.CorrectionReply> corrections) {

    /// That a settlement was taken back (冲正标记).
    ///
    /// @param id the reversal
    /// @param at when, in UTC
    /// @param replacedBy id of the settlement booked in its place; left out where there is none
    public record ReversalMark(String id, String at, String reason, @Nullable String replacedBy) {
    }

    /// The same reply with the reasons of a catalogue on its lines and in its explanation.
    ///
    /// @param fromDemonstration whether a value without a document took part in them
    public SettlementReply judged(List<LineReply> with, Explanations told, boolean outside, boolean fromDemonstration) {
        return new SettlementReply(state, id, key, bookedAt, member, institution, pack, area, engineVersion, benefit,
                bindingDay, knownOn, demonstration || fromDemonstration, weakestGrade, amounts, nationalYuan, postings,
                with, movements, steps, clauses, told, quote, replaces, reversal, outside ? true : null, corrections);
    }

    /// The same reply with a quote.
    public SettlementReply quoted(String text) {
        return new SettlementReply(state, id, key, bookedAt, member, institution, pack, area, engineVersion, benefit,
                bindingDay, knownOn, demonstration, weakestGrade, amounts, nationalYuan, postings, lines, movements,
                steps, clauses, explanation, text, replaces, reversal, outsideAverageCost, corrections);
    }

    /// The pack that settled it (政策包版本).
    ///
    /// @param hash SHA-256 over the pack and what it builds on
    public record PackVersion(String id, String version, String hash) {
    }

    /// The insuring area (参保地).
    ///
    /// @param id short name of the area in its pack
    public record Area(String id, String name, String nameEn) {
    }

    /// A name in both languages (名称).
    public record Name(String name, String nameEn) {
    }

    /// The amounts in fen (结算金额).
    ///
    /// @param fundFen the funds together, without accounts
    /// @param accountFen own and family accounts
    /// @param personFen account and cash
    /// @param byPayerFen every payer that pays something
    public record AmountsReply(
            long totalFen, long fullSelfPayFen, long overLimitFen, long prePayFen, long inScopeFen, long deductibleFen,
            long fundFen, long accountFen, long cashFen, long hospitalFen, long personFen,
            Map<String, Long> byPayerFen) {
    }

    /// What one layer pays (支付分项); the cash that remains has no layer.
    ///
    /// @param clauses numbers of the clauses that the layer applied, see [SettlementReply#clauses]
    public record PostingReply(String payer, long amountFen, @Nullable Name layer, List<Integer> clauses) {
    }

    /// A clause that the settlement comes from (依据条款).
    ///
    /// @param number from 1, in the order in which the steps name them
    public record NumberedClause(int number, CitationReply citation) {
    }

    /// A line with its parts (费用明细审定), which add up to it.
    ///
    /// @param notes why the catalogue judged it so; left out where no catalogue knows the item
    public record LineReply(
            int number, String item, @Nullable String name, @Field(name = "class") String payClass, long amountFen,
            long fullSelfPayFen, long overLimitFen, long prePayFen, long inScopeFen,
            @Nullable List<NoteReply> notes) {
    }

    /// Why a line was judged as it was (审定说明).
    ///
    /// @param kind what it is about, for example `restriction-not-met`
    public record NoteReply(String kind, String zh, String en, @Nullable CitationReply citation) {
    }

    /// What became of a sum of the year (累计变动).
    ///
    /// @param period `day`, `month`, `year`, `episode`...
    /// @param periodKey the definite period, for example the first day of the benefit year
    /// @param unit `fen` or `stays`
    public record MovementReply(
            String counter, String period, String periodKey, String unit, long before, long after) {
    }

    /// A step of the calculation (计算步骤); what amount, of and ratio mean depends on the kind.
    ///
    /// @param ratioBp the ratio in basis points; left out where there is none or it is finer
    /// @param ratio the ratio as a percentage, exactly
    public record StepReply(
            String kind, @Nullable Name layer, @Nullable String payer, long amountFen, long ofFen,
            @Nullable Long ratioBp, @Nullable String ratio, @Nullable AppliedRule rule) {
    }

    /// The rule a step applied (适用规则).
    ///
    /// @param clause number of the clause that states it, see [SettlementReply#clauses]
    public record AppliedRule(
            String label, @Nullable LocalDate firstDay, @Nullable LocalDate lastDay, LocalDate issued, int clause) {
    }

    /// A rule with the clause that states it (规则).
    public record RuleReply(
            String label, @Nullable LocalDate firstDay, @Nullable LocalDate lastDay, LocalDate issued,
            CitationReply citation) {
    }

    /// The explanation (明白纸), one sentence an entry, in one of its languages; the other is left out.
    public record Explanations(@Nullable List<String> zh, @Nullable List<String> en) {

        /// Sentences in a language.
        public static Explanations of(boolean chinese, List<String> sentences) {
            return chinese ? new Explanations(sentences, null) : new Explanations(null, sentences);
        }

        /// The sentences, in whichever language they are.
        public List<String> told() {
            return zh != null ? zh : en != null ? en : List.of();
        }
    }
}
