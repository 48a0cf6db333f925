package tongchou.core.settlement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.core.policy.Bands;
import tongchou.core.policy.Citation;
import tongchou.core.policy.DeductibleChange;
import tongchou.core.policy.Document;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Payer;
import tongchou.core.policy.RatioChange;
import tongchou.core.policy.Row;

/// Tells the steps of one settlement in one language (讲述), piece by piece: no sentence is ever put together as a text.
final class Telling {

    private static final Phrase TOTAL = Phrase.of("医疗费总额 %y 元。", "The bill comes to %y yuan.");
    private static final Phrase FULL_SELF_PAY =
            Phrase.of("其中医保目录外（全自费）%y 元。", "Of it, %y yuan lie outside the insurance catalogue.");
    private static final Phrase OVER_LIMIT = Phrase.of("其中超过限价的部分 %y 元。", "Of it, %y yuan lie above limit prices.");
    private static final Phrase PRE_PAY =
            Phrase.of("先由您自付的部分（先行自付）%y 元。", "%y yuan are borne by you first.");
    private static final Phrase PRE_PAY_SHARE = Phrase.of("乙类费用 %y 元，先由您自付一部分（一般为 %r），共 %y 元。",
            "Of %y yuan of class-B items you bear a share first (generally %r): %y yuan.");
    private static final Phrase OUT_OF_AREA = Phrase.of("异地就医先自付：%y 元 × %r = %y 元。",
            "Care out of area, borne by you first: %y yuan × %r = %y yuan.");
    private static final Phrase YUAN = Phrase.of("%y 元。", "%y yuan.");
    private static final Phrase EXCLUDED =
            Phrase.of("按规定此项不予支付，%y 元由您负担。", "Under the rules nothing is paid here: %y yuan stay with you.");
    private static final Phrase NO_DEDUCTIBLE = Phrase.of("本次不设起付线。", "There is no deductible.");
    private static final Phrase STANDARD = Phrase.of("起付标准 %y 元。", "The deductible is %y yuan.");
    private static final Phrase BORNE =
            Phrase.of("此前已负担起付线 %y 元，本次还应负担 %y 元。", "%y yuan of it were borne before, %y yuan are still due.");
    private static final Phrase ALL_DEDUCTIBLE = Phrase.of("此处费用 %y 元，没有超过起付线，由您负担。",
            "The %y yuan here do not exceed the deductible and stay with you.");
    private static final Phrase DEDUCTIBLE =
            Phrase.of("扣除起付线：%y 元 − %y 元 = %y 元。", "Less the deductible: %y yuan − %y yuan = %y yuan.");
    private static final Phrase DEDUCTIBLE_CHANGES = Phrase.of("）：%y 元 → %y 元。", "): %y yuan → %y yuan.");
    private static final Phrase TIMES = Phrase.of("乘以 %r", "times %r");
    private static final Phrase LESS = Phrase.of("减 %y 元", "less %y yuan");
    private static final Phrase LESS_PER_STAY =
            Phrase.of("本年度每多住院一次减 %y 元", "%y yuan less for every further stay of the year");
    private static final Phrase AT_LEAST_YUAN = Phrase.of("不低于 %y 元", "at least %y yuan");
    private static final Phrase WAIVED = Phrase.of("免起付线", "waived");
    private static final Phrase CONTINUED =
            Phrase.of("同一疾病过程连续计算，扣减已负担部分", "continued in one episode, less what was borne in it");
    private static final Phrase AGAIN = Phrase.of("住院每满 %n 天再计一次", "again for every %n days of stay");
    private static final Phrase AT_MOST_IN_YEAR = Phrase.of("全年累计不超过 %y 元", "at most %y yuan in a year");
    private static final Phrase LOWERED = Phrase.of("降低 %p 个百分点", "%p percentage points less");
    private static final Phrase RAISED = Phrase.of("提高 %p 个百分点", "%p percentage points more");
    private static final Phrase RAISED_BY_AGE = Phrase.of("%n 周岁起每满一岁提高 %p 个百分点",
            "from the age of %n, for each year, %p percentage points more");
    private static final Phrase SHARE_TIMES = Phrase.of("个人负担比例乘以 %r", "the patient's share times %r");
    private static final Phrase AT_LEAST = Phrase.of("不低于 %r", "at least %r");
    private static final Phrase AT_MOST = Phrase.of("不超过 %r", "at most %r");
    private static final Phrase BAND = Phrase.of("%y 元 × %r", "%y yuan × %r");
    private static final Phrase BAND_CHANGED =
            Phrase.of("（规定 %r，按上列规则调整）", " (%r, changed as said above)");
    private static final Phrase COMES_TO = Phrase.of(" = %y 元。", " = %y yuan.");
    private static final Phrase GUARANTEE = Phrase.of("保底：政策范围内 %y 元 × %r，支付提高到 %y 元。",
            "Guaranteed: %y yuan in scope × %r, which lifts the payment to %y yuan.");
    private static final Phrase USED_UP =
            Phrase.of("限额已经用完（此前已用 %y 元）。", "The limit is used up (%y yuan were used before).");
    private static final Phrase CEILING = Phrase.of("限额 %y 元：此前已用 %y 元，还可用 %y 元。",
            "The limit is %y yuan: %y were used before, %y are left.");
    private static final Phrase FROM_ACCOUNT = Phrase.of("支付 %y 元。", ": %y yuan.");
    private static final Phrase PAYS = Phrase.of("支付 %y 元。", " pays %y yuan.");
    private static final Phrase PART = Phrase.of("：%y 元", ": %y yuan");
    private static final Phrase TOGETHER = Phrase.of("合计：%y 元", "together: %y yuan");
    private static final Phrase AS_BEFORE = Phrase.of("依据同第 %n 项", "source as in %n");

    private static final Payer[] PAYERS = Payer.values();
    private static final Step.Kind[] TAKEN_OFF = {Step.Kind.FULL_SELF_PAY, Step.Kind.OVER_LIMIT, Step.Kind.PRE_PAY,
            Step.Kind.OUT_OF_AREA_PRE_PAY};

    private final Settlement settlement;
    private final boolean chinese;
    private final Pen pen;
    private final long[] bill = new long[Step.Kind.values().length];
    private final List<Citation> named = new ArrayList<>();
    private final List<Integer> namedIn = new ArrayList<>();

    Telling(Settlement settlement, boolean chinese, Pen pen) {
        this.settlement = settlement;
        this.chinese = chinese;
        this.pen = pen;
    }

    void tell() {
        head();
        Layer layer = null;
        heading("您的费用", "Your bill");
        var number = 0;
        for (var step : settlement.steps()) {
            if (step.layer() == null) {
                bill[step.kind().ordinal()] += step.amount();
            } else if (step.layer() != layer && !isIdle(step)) {
                layer = step.layer();
                heading(layer.name(), layer.nameEn());
            }
            if (!isIdle(step)) {
                number++;
                tell(number, step);
            }
        }
        whoPaysWhat();
    }

    /// What is not worth a sentence: cash, which is told at the end, an account without money, a rule without effect.
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
        sentence("医保结算明白纸", "How this bill was settled");
        pen.begin();
        say("待遇：", "Benefit: ");
        say(benefit.name(), benefit.nameEn());
        say("（", " (");
        say(policy.name(), policy.nameEn());
        say("）。适用政策日：", "). Rules of ");
        pen.write(settlement.day().toString());
        say("。政策包：", ". Policy pack: ");
        pen.write(policy.pack());
        pen.write(' ');
        pen.write(policy.version());
        say("。", ".");
        pen.end();
        if (settlement.isDemonstration()) {
            sentence("注意：本次计算用到演示值（标有“演示值”的各项没有文件依据），结果只供演示，不能作为报销依据。",
                    "Note: demonstration values took part (marked “demonstration value”, without a document); "
                            + "the result shows how the engine works and entitles to nothing.");
        }
    }

    private void tell(int number, Step step) {
        pen.begin();
        pen.number(number);
        say("．", ". ");
        switch (step.kind()) {
            case TOTAL -> say(TOTAL, step.amount());
            case FULL_SELF_PAY -> say(FULL_SELF_PAY, step.amount());
            case OVER_LIMIT -> say(OVER_LIMIT, step.amount());
            case PRE_PAY -> prePay(step);
            case OUT_OF_AREA_PRE_PAY -> say(OUT_OF_AREA, step.of(), step.ratio(), step.amount());
            case IN_SCOPE -> inScope(step);
            case EXCLUDED -> say(EXCLUDED, step.of());
            case DEDUCTIBLE_STANDARD -> say(step.amount() == 0 ? NO_DEDUCTIBLE : STANDARD, step.amount());
            case DEDUCTIBLE_CHANGE -> deductibleChange(step);
            case DEDUCTIBLE_BORNE -> say(BORNE, step.amount(), step.of());
            case DEDUCTIBLE -> deductible(step);
            case RATIO_CHANGE -> ratioChange(step);
            case BAND -> band(step);
            case GUARANTEE -> say(GUARANTEE, step.of(), step.ratio(), step.amount());
            case CEILING -> ceiling(step);
            case PAYMENT -> payment(step);
            case CASH -> throw new IllegalStateException("cash is told at the end");
        }
        source(number, step.row());
        pen.end();
    }

    private void prePay(Step step) {
        if (step.ratio() == 0 || step.of() == 0) {
            say(PRE_PAY, step.amount());
        } else {
            say(PRE_PAY_SHARE, step.of(), step.ratio(), step.amount());
        }
    }

    private void deductible(Step step) {
        if (step.of() == step.amount()) {
            say(ALL_DEDUCTIBLE, step.of());
        } else {
            say(DEDUCTIBLE, step.of(), step.amount(), step.of() - step.amount());
        }
    }

    private void band(Step step) {
        say(BAND, step.of(), step.ratio());
        var stated = step.row() != null && step.row().value() instanceof Bands.Band band ? band.ratio() : null;
        if (stated != null && stated.millionths() != step.ratio()) {
            say(BAND_CHANGED, stated.millionths());
        }
        say(COMES_TO, step.amount());
    }

    private void ceiling(Step step) {
        if (step.amount() == 0) {
            say(USED_UP, step.of());
        } else {
            say(CEILING, step.amount() + step.of(), step.of(), step.amount());
        }
    }

    /// The arithmetic is shown where something was taken off, and what is left is the amount.
    private void inScope(Step step) {
        say("符合政策范围的费用：", "In the scope of the policy: ");
        var rest = bill[Step.Kind.TOTAL.ordinal()];
        var parts = 0;
        for (var kind : TAKEN_OFF) {
            rest -= bill[kind.ordinal()];
            parts += bill[kind.ordinal()] == 0 ? 0 : 1;
        }
        if (rest == step.amount() && parts > 0) {
            pen.yuan(bill[Step.Kind.TOTAL.ordinal()]);
            for (var kind : TAKEN_OFF) {
                if (bill[kind.ordinal()] != 0) {
                    pen.write(" − ");
                    pen.yuan(bill[kind.ordinal()]);
                }
            }
            pen.write(" = ");
        }
        say(YUAN, step.amount());
    }

    private void deductibleChange(Step step) {
        say("起付线调整（", "The deductible changes (");
        switch (step.row() == null ? null : step.row().value()) {
            case DeductibleChange.Times(var factor) -> say(TIMES, factor.millionths());
            case DeductibleChange.Minus(var fen) -> say(LESS, fen.value());
            case DeductibleChange.MinusPerFurtherStay(var fen) -> say(LESS_PER_STAY, fen.value());
            case DeductibleChange.AtLeast(var fen) -> say(AT_LEAST_YUAN, fen.value());
            case DeductibleChange.Waived() -> say(WAIVED);
            case DeductibleChange.Continuous() -> say(CONTINUED);
            case DeductibleChange.AgainEvery(var days) -> say(AGAIN, days);
            case DeductibleChange.AtMostInYear(var fen) -> say(AT_MOST_IN_YEAR, fen.value());
            case null, default -> { }
        }
        say(DEDUCTIBLE_CHANGES, step.of(), step.amount());
    }

    private void ratioChange(Step step) {
        say("支付比例", "The ratio: ");
        switch (step.row() == null ? null : step.row().value()) {
            case RatioChange.Points(var points) -> say(points.millionths() < 0 ? LOWERED : RAISED,
                    Math.abs(points.millionths()));
            case RatioChange.PointsPerYearOfAge(var points, var from) ->
                say(RAISED_BY_AGE, from, points.millionths());
            case RatioChange.Times(var factor) -> say(TIMES, factor.millionths());
            case RatioChange.PatientShareTimes(var factor) -> say(SHARE_TIMES, factor.millionths());
            case RatioChange.AtLeast(var least) -> say(AT_LEAST, least.millionths());
            case RatioChange.AtMost(var most) -> say(AT_MOST, most.millionths());
            case null, default -> { }
        }
        say("。", ".");
    }

    private void payment(Step step) {
        var layer = step.layer();
        if (layer != null && layer.payer().isAccount()) {
            say("从", "Out of the ");
            pen.write(Explanation.name(layer.payer(), chinese));
            say(FROM_ACCOUNT, step.amount());
        } else {
            if (layer != null) {
                say(layer.name(), layer.nameEn());
            }
            say(PAYS, step.amount());
        }
    }

    private void whoPaysWhat() {
        heading("谁付多少", "Who pays what");
        for (var payer : PAYERS) {
            var part = settlement.amounts().by(payer);
            if (!part.isZero() && payer != Payer.CASH) {
                part(payer, part.value());
            }
        }
        part(Payer.CASH, settlement.amounts().cash().value());
        pen.begin();
        say(TOGETHER, settlement.amounts().total().value());
        pen.end();
    }

    private void part(Payer payer, long fen) {
        pen.begin();
        pen.write(Explanation.name(payer, chinese));
        say(PART, fen);
        pen.end();
    }

    /// Where a rule comes from; a source that was named before is only pointed to.
    private void source(int number, @Nullable Row<?> row) {
        if (row == null) {
            return;
        }
        say("（", " (");
        if (!row.label().isBlank()) {
            say("适用：", "applies to: ");
            pen.write(row.label());
            say("；", "; ");
        }
        var earlier = named.indexOf(row.citation());
        if (earlier < 0) {
            named.add(row.citation());
            namedIn.add(number);
        }
        if (earlier < 0 || row.citation().document().grade() == Document.Grade.DEMONSTRATION) {
            source(row.citation());
        } else {
            say(AS_BEFORE, namedIn.get(earlier));
        }
        say("）", ")");
    }

    private void source(Citation citation) {
        var document = citation.document();
        if (document.grade() == Document.Grade.DEMONSTRATION) {
            say("依据：演示值，无文件", "source: demonstration value, no document");
        } else {
            say("依据：《", "source: “");
            pen.write(document.title());
            say("》", "”");
            if (!document.number().isBlank()) {
                say("（", " (");
                pen.write(document.number());
                say("）", ")");
            }
            if (!citation.article().isBlank()) {
                say("", ", ");
                pen.write(citation.article());
            }
            say("，", ", ");
            if (document.grade() == Document.Grade.OFFICIAL) {
                say("官方文件", "official document");
            } else {
                say("转述资料", "restated by others");
            }
        }
        if (!citation.overrides().isEmpty()) {
            say("；", "; ");
            pen.write(citation.level());
            say("替代", " replaces the rule of ");
            pen.write(citation.overrides());
            say("的规定", "");
        }
    }

    private void heading(String zh, String en) {
        pen.begin();
        say("【", "-- ");
        say(zh, en);
        say("】", " --");
        pen.end();
    }

    private void sentence(String zh, String en) {
        pen.begin();
        say(zh, en);
        pen.end();
    }

    private void say(String zh, String en) {
        pen.write(chinese ? zh : en);
    }

    private void say(Phrase phrase, long... numbers) {
        phrase.write(pen, chinese, numbers);
    }
}
