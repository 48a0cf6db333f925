package tongchou.core.settlement;

import java.util.ArrayList;
import java.util.List;
import tongchou.core.policy.Payer;

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
        var sentences = new Sentences();
        tell(settlement, language, sentences);
        return new Explanation(language, sentences.all);
    }

    /// Tells a settlement to whoever writes it down.
    public static void tell(Settlement settlement, Language language, Pen pen) {
        new Telling(settlement, language == Language.CHINESE, pen).tell();
    }

    /// The explanation as one text, a sentence a line.
    public String text() {
        return String.join("\n", sentences) + "\n";
    }

    /// An amount as people write it: yuan with two decimals and thousands separated, for example `12,345.60`.
    static String yuan(long fen) {
        var pen = new Sentences();
        pen.begin();
        pen.yuan(fen);
        pen.end();
        return pen.all.getFirst();
    }

    /// Who pays, in words.
    public static String name(Payer payer, Language language) {
        return name(payer, language == Language.CHINESE);
    }

    static String name(Payer payer, boolean chinese) {
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

    /// Keeps the sentences as texts.
    private static final class Sentences implements Pen {

        private final List<String> all = new ArrayList<>();
        private final StringBuilder sentence = new StringBuilder();

        @Override
        public void begin() {
            sentence.setLength(0);
        }

        @Override
        public void write(String text) {
            sentence.append(text);
        }

        @Override
        public void write(char letter) {
            sentence.append(letter);
        }

        @Override
        public void end() {
            all.add(sentence.toString());
        }
    }
}
