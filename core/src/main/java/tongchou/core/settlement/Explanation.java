package tongchou.core.settlement;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.policy.Bands;
import tongchou.core.policy.Citation;
import tongchou.core.policy.DeductibleChange;
import tongchou.core.policy.Document;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Payer;
import tongchou.core.policy.RatioChange;
import tongchou.core.policy.Row;

/// A settlement in sentences a patient reads (明白纸): what happened, the arithmetic, the rule and its document, and
/// at the end who pays what. It only tells what the steps say; nothing is computed again.
///
/// @param sentences the sentences in their order; headings stand between them
public record Explanation(Language language, List<String> sentences) {

    /// Copies the sentences.
    public Explanation {
        sentences = List.copyOf(sentences);
    }

    /// The languages an explanation can be had in.
    public enum Language {
        /// Chinese (中文).
        CHINESE,
        /// English (英文).
        ENGLISH
    }

    /// Tells a settlement.
    public static Explanation of(Settlement settlement, Language language) {
        return new Explanation(language, new Teller(settlement, language == Language.CHINESE).tell());
    }

    /// The explanation as one text, a sentence a line.
    public String text() {
        return String.join("\n", sentences) + "\n";
    }

    /// An amount as people write it: yuan with two decimals and thousands separated, for example `12,345.60`.
    static String yuan(long fen) {
        var plain = Fen.of(Math.abs(fen)).yuan();
        var point = plain.length() - 3;
        var text = new StringBuilder(plain);
        for (var at = point - 3; at > 0; at -= 3) {
            text.insert(at, ',');
        }
        return fen < 0 ? "-" + text : text.toString();
    }

    /// Who pays, in words.
    public static String name(Payer payer, Language language) {
        return name(payer, language == Language.CHINESE);
    }

    private static String name(Payer payer, boolean chinese) {
        return switch (payer) {
            case POOLED -> chinese ? "统筹基金" : "pooled fund";
            case SUPPLEMENT -> chinese ? "补充医疗保险" : "supplementary insurance";
            case CATASTROPHIC -> chinese ? "大病保险" : "catastrophic insurance";
            case LARGE_EXPENSE -> chinese ? "大额医疗费用补助" : "large-expense fund";
            case CIVIL_SERVANT -> chinese ? "公务员医疗补助" : "civil-servant supplement";
            case ASSISTANCE -> chinese ? "医疗救助" : "medical assistance";
            case TILTED_ASSISTANCE -> chinese ? "倾斜救助" : "additional medical assistance";
            case OTHER_FUND -> chinese ? "其他基金" : "other funds";
            case HOSPITAL -> chinese ? "医院负担" : "the hospital";
            case ACCOUNT_CURRENT_YEAR -> chinese ? "个人账户（当年）" : "personal account (this year)";
            case ACCOUNT -> chinese ? "个人账户" : "personal account";
            case FAMILY_ACCOUNT -> chinese ? "家庭共济账户" : "family account";
            case CASH -> chinese ? "您支付现金" : "you, in cash";
        };
    }

    /// Turns the steps of one settlement into sentences of one language.
    private static final class Teller {

        private final Settlement settlement;
        private final boolean chinese;
        private final List<String> sentences = new ArrayList<>();
        private final Map<Step.Kind, Long> bill = new EnumMap<>(Step.Kind.class);
        private final Map<Citation, Integer> named = new HashMap<>();
        private final List<Step> numbered = new ArrayList<>();

        Teller(Settlement settlement, boolean chinese) {
            this.settlement = settlement;
            this.chinese = chinese;
        }

        List<String> tell() {
            head();
            Layer layer = null;
            heading("您的费用", "Your bill");
            for (var step : settlement.steps()) {
                if (step.layer() == null) {
                    bill.merge(step.kind(), step.amount(), Long::sum);
                } else if (step.layer() != layer && !isIdle(step)) {
                    layer = step.layer();
                    heading(layer.name(), layer.nameEn());
                }
                if (!isIdle(step)) {
                    tell(step);
                }
            }
            whoPaysWhat();
            return sentences;
        }

        /// What is not worth a sentence: cash, which is told at the end, an account without money, a rule without
        /// effect.
        private static boolean isIdle(Step step) {
            return switch (step.kind()) {
                case CASH -> true;
                case DEDUCTIBLE_CHANGE -> step.amount() == step.of();
                case PAYMENT -> step.layer() != null && step.layer().payer().isAccount() && step.amount() == 0;
                default -> false;
            };
        }

        private void head() {
            var policy = settlement.waterfall().policy();
            var benefit = settlement.waterfall().benefit();
            add(say("医保结算明白纸", "How this bill was settled"));
            add(say("待遇：%s（%s）。适用政策日：%s。政策包：%s %s。", "Benefit: %s (%s). Rules of %s. Policy pack: %s %s.",
                    chinese ? benefit.name() : benefit.nameEn(), chinese ? policy.name() : policy.nameEn(),
                    settlement.day(), policy.pack(), policy.version()));
            if (settlement.isDemonstration()) {
                add(say("注意：本次计算用到演示值（标有“演示值”的各项没有文件依据），结果只供演示，不能作为报销依据。",
                        "Note: demonstration values took part (marked “demonstration value”, without a document); "
                                + "the result shows how the engine works and entitles to nothing."));
            }
        }

        private void tell(Step step) {
            var amount = yuan(step.amount());
            var of = yuan(step.of());
            var ratio = new Ratio(step.ratio()).percent();
            var text = switch (step.kind()) {
                case TOTAL -> say("医疗费总额 %s 元。", "The bill comes to %s yuan.", amount);
                case FULL_SELF_PAY -> say("其中医保目录外（全自费）%s 元。", "Of it, %s yuan lie outside the insurance catalogue.",
                        amount);
                case OVER_LIMIT -> say("其中超过限价的部分 %s 元。", "Of it, %s yuan lie above limit prices.", amount);
                case PRE_PAY -> step.ratio() == 0 || step.of() == 0
                        ? say("先由您自付的部分（先行自付）%s 元。", "%s yuan are borne by you first.", amount)
                        : say("乙类费用 %s 元，先由您自付一部分（一般为 %s），共 %s 元。",
                                "Of %s yuan of class-B items you bear a share first (generally %s): %s yuan.",
                                of, ratio, amount);
                case OUT_OF_AREA_PRE_PAY -> say("异地就医先自付：%s 元 × %s = %s 元。",
                        "Care out of area, borne by you first: %s yuan × %s = %s yuan.", of, ratio, amount);
                case IN_SCOPE -> inScope(step);
                case EXCLUDED -> say("按规定此项不予支付，%s 元由您负担。",
                        "Under the rules nothing is paid here: %s yuan stay with you.", of);
                case DEDUCTIBLE_STANDARD -> step.amount() == 0
                        ? say("本次不设起付线。", "There is no deductible.")
                        : say("起付标准 %s 元。", "The deductible is %s yuan.", amount);
                case DEDUCTIBLE_CHANGE -> deductibleChange(step);
                case DEDUCTIBLE_BORNE -> say("此前已负担起付线 %s 元，本次还应负担 %s 元。",
                        "%s yuan of it were borne before, %s yuan are still due.", amount, of);
                case DEDUCTIBLE -> deductible(step);
                case RATIO_CHANGE -> ratioChange(step);
                case BAND -> band(step);
                case GUARANTEE -> say("保底：政策范围内 %s 元 × %s，支付提高到 %s 元。",
                        "Guaranteed: %s yuan in scope × %s, which lifts the payment to %s yuan.", of, ratio, amount);
                case CEILING -> ceiling(step);
                case PAYMENT -> payment(step);
                case CASH -> throw new IllegalStateException("cash is told at the end");
            };
            numbered.add(step);
            add(numbered.size() + (chinese ? "．" : ". ") + text + source(step.row()));
        }

        private String deductible(Step step) {
            return step.of() == step.amount()
                    ? say("此处费用 %s 元，没有超过起付线，由您负担。", "The %s yuan here do not exceed the deductible and stay with you.",
                            yuan(step.of()))
                    : say("扣除起付线：%s 元 − %s 元 = %s 元。", "Less the deductible: %s yuan − %s yuan = %s yuan.",
                            yuan(step.of()), yuan(step.amount()), yuan(step.of() - step.amount()));
        }

        private String band(Step step) {
            var ratio = new Ratio(step.ratio());
            var stated = step.row() != null && step.row().value() instanceof Bands.Band band ? band.ratio() : ratio;
            var changed = stated.equals(ratio) ? ""
                    : say("（规定 %s，按上列规则调整）", " (%s, changed as said above)", stated.percent());
            return say("%s 元 × %s%s = %s 元。", "%s yuan × %s%s = %s yuan.", yuan(step.of()), ratio.percent(), changed,
                    yuan(step.amount()));
        }

        private String ceiling(Step step) {
            return step.amount() == 0
                    ? say("限额已经用完（此前已用 %s 元）。", "The limit is used up (%s yuan were used before).", yuan(step.of()))
                    : say("限额 %s 元：此前已用 %s 元，还可用 %s 元。", "The limit is %s yuan: %s were used before, %s are left.",
                            yuan(step.amount() + step.of()), yuan(step.of()), yuan(step.amount()));
        }

        private String inScope(Step step) {
            var parts = new StringBuilder(yuan(bill.getOrDefault(Step.Kind.TOTAL, 0L)));
            var rest = bill.getOrDefault(Step.Kind.TOTAL, 0L);
            for (var kind : List.of(Step.Kind.FULL_SELF_PAY, Step.Kind.OVER_LIMIT, Step.Kind.PRE_PAY,
                    Step.Kind.OUT_OF_AREA_PRE_PAY)) {
                var part = bill.getOrDefault(kind, 0L);
                if (part != 0) {
                    parts.append(" − ").append(yuan(part));
                    rest -= part;
                }
            }
            var shown = rest == step.amount() && parts.indexOf("−") >= 0 ? parts + " = " : "";
            return say("符合政策范围的费用：%s%s 元。", "In the scope of the policy: %s%s yuan.", shown, yuan(step.amount()));
        }

        private String deductibleChange(Step step) {
            var why = step.row() == null ? "" : switch (step.row().value()) {
                case DeductibleChange.Times(var factor) -> say("乘以 %s", "times %s", factor.percent());
                case DeductibleChange.Minus(var fen) -> say("减 %s 元", "less %s yuan", yuan(fen.value()));
                case DeductibleChange.MinusPerFurtherStay(var fen) ->
                    say("本年度每多住院一次减 %s 元", "%s yuan less for every further stay of the year", yuan(fen.value()));
                case DeductibleChange.AtLeast(var fen) -> say("不低于 %s 元", "at least %s yuan", yuan(fen.value()));
                case DeductibleChange.Waived() -> say("免起付线", "waived");
                case DeductibleChange.Continuous() ->
                    say("同一疾病过程连续计算，扣减已负担部分", "continued in one episode, less what was borne in it");
                case DeductibleChange.AgainEvery(var days) ->
                        say("住院每满 %s 天再计一次", "again for every %s days of stay", days);
                case DeductibleChange.AtMostInYear(var fen) ->
                    say("全年累计不超过 %s 元", "at most %s yuan in a year", yuan(fen.value()));
                default -> "";
            };
            return say("起付线调整（%s）：%s 元 → %s 元。", "The deductible changes (%s): %s yuan → %s yuan.", why,
                    yuan(step.of()), yuan(step.amount()));
        }

        private String ratioChange(Step step) {
            var what = step.row() == null ? "" : switch (step.row().value()) {
                case RatioChange.Points(var points) -> points.millionths() < 0
                        ? say("降低 %s 个百分点", "%s percentage points less", points(-points.millionths()))
                        : say("提高 %s 个百分点", "%s percentage points more", points(points.millionths()));
                case RatioChange.PointsPerYearOfAge(var points, var from) ->
                    say("%s 周岁起每满一岁提高 %s 个百分点", "from the age of %s, for each year, %s percentage points more", from,
                            points(points.millionths()));
                case RatioChange.Times(var factor) -> say("乘以 %s", "times %s", factor.percent());
                case RatioChange.PatientShareTimes(var factor) ->
                    say("个人负担比例乘以 %s", "the patient's share times %s", factor.percent());
                case RatioChange.AtLeast(var least) -> say("不低于 %s", "at least %s", least.percent());
                case RatioChange.AtMost(var most) -> say("不超过 %s", "at most %s", most.percent());
                default -> "";
            };
            return say("支付比例%s。", "The ratio: %s.", what);
        }

        private static String points(long millionths) {
            return new Ratio(millionths).percent().replace("%", "");
        }

        private String payment(Step step) {
            var layer = step.layer();
            if (layer != null && layer.payer().isAccount()) {
                return say("从%s支付 %s 元。", "Out of the %s: %s yuan.", name(layer.payer(), chinese), yuan(step.amount()));
            }
            return say("%s支付 %s 元。", "%s pays %s yuan.",
                    layer == null ? "" : chinese ? layer.name() : layer.nameEn(), yuan(step.amount()));
        }

        private void whoPaysWhat() {
            heading("谁付多少", "Who pays what");
            var total = settlement.amounts().total();
            for (var payer : Payer.values()) {
                var part = settlement.amounts().by(payer);
                if (!part.isZero() && payer != Payer.CASH) {
                    add(say("%s：%s 元", "%s: %s yuan", name(payer, chinese), yuan(part.value())));
                }
            }
            add(say("%s：%s 元", "%s: %s yuan", name(Payer.CASH, chinese), yuan(settlement.amounts().cash().value())));
            add(say("合计：%s 元", "together: %s yuan", yuan(total.value())));
        }

        /// Where a rule comes from; a source that was named before is only pointed to.
        private String source(@Nullable Row<?> row) {
            if (row == null) {
                return "";
            }
            var label = row.label().isBlank() ? "" : say("适用：%s；", "applies to: %s; ", row.label());
            var earlier = named.putIfAbsent(row.citation(), numbered.size());
            var madeUp = row.citation().document().grade() == Document.Grade.DEMONSTRATION;
            var source = earlier == null || madeUp ? source(row.citation())
                    : say("依据同第 %s 项", "source as in %s", earlier);
            return chinese ? "（" + label + source + "）" : " (" + label + source + ")";
        }

        private String source(Citation citation) {
            var document = citation.document();
            var level = citation.overrides().isEmpty() ? "" : say("；%s替代%s的规定", "; %s replaces the rule of %s",
                    citation.level(), citation.overrides());
            if (document.grade() == Document.Grade.DEMONSTRATION) {
                return say("依据：演示值，无文件%s", "source: demonstration value, no document%s", level);
            }
            var article = citation.article().isBlank() ? "" : chinese ? citation.article() : ", " + citation.article();
            var paper = document.number().isBlank() ? "" : chinese
                    ? "（" + document.number() + "）" : " (" + document.number() + ")";
            var grade = document.grade() == Document.Grade.OFFICIAL
                    ? say("官方文件", "official document") : say("转述资料", "restated by others");
            return say("依据：《%s》%s%s，%s%s", "source: “%s”%s%s, %s%s", document.title(), paper, article, grade, level);
        }

        private void heading(String zh, String en) {
            add(chinese ? "【" + zh + "】" : "-- " + en + " --");
        }

        private void add(String sentence) {
            sentences.add(sentence);
        }

        private String say(String zh, String en, Object... words) {
            return filled(chinese ? zh : en, words);
        }

        /// Puts words in the places that `%s` marks. A settlement says thirty sentences: a formatter would take longer
        /// over them than the arithmetic does.
        private static String filled(String sentence, Object... words) {
            var text = new StringBuilder(sentence.length() + 16 * words.length);
            var from = 0;
            for (var word : words) {
                var place = sentence.indexOf("%s", from);
                text.append(sentence, from, place).append(word);
                from = place + 2;
            }
            return text.append(sentence, from, sentence.length()).toString();
        }
    }
}
