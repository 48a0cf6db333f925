package tongchou.core.settlement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.KnownOn;
import tongchou.core.calendar.Period;
import tongchou.core.catalogue.PayClass;
import tongchou.core.encounter.ChargeLine;
import tongchou.core.encounter.Claim;
import tongchou.core.encounter.Place;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.money.Rounding;
import tongchou.core.people.Standing;
import tongchou.core.people.Status;
import tongchou.core.policy.Axis;
import tongchou.core.policy.Benefit;
import tongchou.core.policy.Burden;
import tongchou.core.policy.Payer;
import tongchou.core.policy.Policy;
import tongchou.core.policy.Row;

/// A benefit compiled for a span of days on which none of its rows changes (支付瀑布).
///
/// Compiling turns every condition into one bit, every table into masks over these bits and every counter
/// into a slot; settling then evaluates each distinct demand once and folds the stages over the burdens of the
/// bill: judge the lines, let each layer pay out of what is left, and give the patient the rest.
public final class Waterfall {

    /// The most distinct demands one benefit may make: they are bits of one word.
    public static final int MOST_DEMANDS = 64;

    /// The largest bill settled, in fen: 100 million yuan.
    public static final long LARGEST_BILL = 10_000_000_000L;

    private final Policy policy;
    private final Benefit benefit;
    private final Facts facts;
    private final List<Counter> counters;
    private final Stage[] stages;
    private final Selection<Ratio> prePay;
    private final Selection<Ratio> outOfAreaPrePay;
    private final int staySlot;
    private final boolean paysDirect;
    private final boolean asksPlan;
    private final boolean asksRetirement;
    private final AtomicReference<Choices> choices = new AtomicReference<>(Choices.NONE);

    private Waterfall(Policy policy, Benefit benefit, Compiler compiler) {
        this.policy = policy;
        this.benefit = benefit;
        this.prePay = compiler.select(benefit.prePay());
        this.outOfAreaPrePay = compiler.select(benefit.outOfAreaPrePay());
        this.staySlot = benefit.stayCounter().isEmpty()
                ? -1 : compiler.slot(benefit.stayCounter(), Period.YEAR, Counter.Unit.STAYS);
        this.stages = benefit.layers().stream().map(compiler::stage).toArray(Stage[]::new);
        this.facts = new Facts(compiler.demands());
        this.counters = List.copyOf(compiler.counters());
        this.paysDirect = benefit.layers().stream().anyMatch(layer -> layer.base().contains(Burden.DIRECT));
        this.asksPlan = facts.ask(Axis.PLAN);
        this.asksRetirement = facts.ask(Axis.RETIRED_ON);
        if (compiler.demands().size() > MOST_DEMANDS) {
            throw new IllegalArgumentException(benefit.name() + " makes " + compiler.demands().size()
                    + " distinct demands, at most " + MOST_DEMANDS + " fit");
        }
    }

    /// Compiles a benefit for one day as known on a day.
    ///
    /// @throws IllegalArgumentException when the benefit makes too many distinct demands or a counter is given two
    ///         meanings
    public static Waterfall of(Policy policy, Benefit benefit, LocalDate day, KnownOn known) {
        return new Waterfall(policy, benefit, new Compiler(day, known));
    }

    /// The policy it was compiled from.
    public Policy policy() {
        return policy;
    }

    /// The benefit it was compiled from.
    public Benefit benefit() {
        return benefit;
    }

    /// The counters it reads and moves, by slot.
    public List<Counter> counters() {
        return counters;
    }

    /// The counters of the definite periods that a claim falls into, by slot.
    public List<Counter.Key> keys(Claim claim, LocalDate day) {
        var keys = new ArrayList<Counter.Key>(counters.size());
        for (var counter : counters) {
            keys.add(new Counter.Key(counter.name(), counter.period(), counter.period().key(
                    day, benefit.year(), claim.institution().code(), claim.episode())));
        }
        return keys;
    }

    /// Settles a claim with its full explanation.
    ///
    /// @param day the day that binds the claim to the rules
    /// @param before the counters found, by slot
    /// @throws IllegalStateException when the parts do not add up to the bill: a defect, never an input
    public Outcome settle(Claim claim, LocalDate day, KnownOn known, long[] before, Workings w) {
        w.steps = new ArrayList<>();
        w.lines = new ArrayList<>();
        w.postings = new ArrayList<>();
        try {
            run(claim, day, before, w);
            if (w.refusal != null) {
                return w.refusal;
            }
            var settlement = new Settlement(this, day, known, claim, amounts(w), w.lines, w.postings, w.steps,
                    new Position(before, Arrays.copyOf(w.counters, before.length)));
            var broken = settlement.amounts().brokenIdentities();
            if (!broken.isEmpty()) {
                throw new IllegalStateException("the amounts of " + claim.name() + " break " + broken);
            }
            return settlement;
        } finally {
            w.steps = null;
            w.lines = null;
            w.postings = null;
        }
    }

    /// Settles a claim into the workings alone: amounts and counters, no explanation, nothing allocated.
    ///
    /// @return false when the claim was refused, see [Workings#refusal()]
    public boolean run(Claim claim, LocalDate day, long[] before, Workings w) {
        w.clear(before);
        try {
            fold(claim, day, w);
            if (w.refusal != null) {
                w.refusal = explained(w.refusal, claim.standing());
            }
        } catch (ArithmeticException tooLarge) {
            w.refusal = Refusals.tooLarge(claim);
        }
        return w.refusal == null;
    }

    private void fold(Claim claim, LocalDate day, Workings w) {
        w.refusal = missing(claim.standing());
        if (w.refusal != null) {
            return;
        }
        var stayNumber = staySlot < 0 ? 1 : w.counters[staySlot] + 1;
        var choice = choice(facts.of(claim, day, stayNumber));
        judge(claim, choice, w);
        if (w.refusal != null) {
            return;
        }
        var turn = new Share.Turn(claim, day, stayNumber);
        for (var share : choice.shares) {
            share.pay(turn, w);
            if (w.refusal != null) {
                return;
            }
        }
        payRest(w);
        if (staySlot >= 0) {
            w.counters[staySlot]++;
        }
    }

    /// No row for somebody whose plan the rules ask for and nobody gave: the plan is what is missing.
    private Refusal explained(Refusal refusal, Standing standing) {
        return refusal.code() == RefusalCode.NO_RULE_IN_FORCE && asksPlan && standing.plan().isEmpty()
                ? Refusals.missing("standing.plan", "参保档次", "the plan the person is enrolled in") : refusal;
    }

    /// A fact without which another row might be chosen by mistake, as a refusal.
    private @Nullable Refusal missing(Standing standing) {
        return asksRetirement && standing.status() == Status.RETIRED && standing.retiredOn() == null
                ? Refusals.missing("standing.retired_on", "退休日期", "the day of retirement") : null;
    }

    private static void payRest(Workings w) {
        var rest = 0L;
        for (var burden : w.burdens) {
            rest += burden;
        }
        var cash = w.whole(rest);
        w.paid[Payer.CASH.ordinal()] = cash;
        if (w.postings != null && cash != 0) {
            w.postings.add(new Posting(Payer.CASH, Fen.of(cash), null));
        }
        w.step(Step.Kind.CASH, null, null, cash, w.total, 0);
    }

    /// The rows that hold for one combination of facts, chosen once and kept.
    private Choice choice(long bits) {
        var known = choices.get().find(bits);
        if (known != null) {
            return known;
        }
        var shares = new ArrayList<Share>();
        for (var stage : stages) {
            var share = stage.choose(bits);
            if (share != null) {
                shares.add(share);
            }
        }
        var choice = new Choice(prePay.chosen(bits), outOfAreaPrePay.chosen(bits), shares.toArray(Share[]::new));
        choices.updateAndGet(all -> all.with(bits, choice));
        return choice;
    }

    /// What the tables say for one combination of facts.
    ///
    /// @param prePay the share of class-B lines, null when none is stated
    /// @param away the share borne first out of area, null when none is stated
    /// @param shares what each layer does; an array because it is walked on the hot path, and never given out
    record Choice(@Nullable Row<Ratio> prePay, @Nullable Row<Ratio> away, Share[] shares) {
    }

    private void judge(Claim claim, Choice choice, Workings w) {
        var lines = claim.encounter().lines();
        if (lines.isEmpty()) {
            w.refusal = Refusals.noLines();
            return;
        }
        var stated = choice.prePay == null ? -1 : choice.prePay.value().millionths();
        var awayRow = claim.encounter().place() == Place.LOCAL ? null : choice.away;
        var away = awayRow == null ? 0 : awayRow.value().millionths();
        for (var i = 0; i < lines.size() && w.refusal == null; i++) {
            judge(lines.get(i), i, stated, away, claim, w);
        }
        if (w.refusal == null && w.total > LARGEST_BILL) {
            w.refusal = Refusals.tooLarge(claim);
        }
        w.burdens[Burden.FULL_SELF_PAY.ordinal()] = w.fullSelfPay;
        w.burdens[Burden.OVER_LIMIT.ordinal()] = w.overLimit;
        w.burdens[Burden.PRE_PAY.ordinal()] = w.prePay;
        if (w.steps != null) {
            explainScope(choice.prePay, awayRow, w);
        }
    }

    /// Splits one line into what is outside the catalogue, over its limit price, borne first, and in scope.
    private void judge(ChargeLine line, int place, long stated, long away, Claim claim, Workings w) {
        if (!allowed(line, place, w)) {
            return;
        }
        var amount = line.amount().value();
        w.total = Math.addExact(w.total, amount);
        if (line.payClass() == PayClass.C) {
            w.fullSelfPay += amount;
            record(line, amount, 0, 0, 0, w);
            return;
        }
        var overLimit = line.overLimit().value();
        var rest = amount - overLimit;
        var share = shareOf(line, stated);
        if (share < 0) {
            w.refusal = Refusals.noPrePay(place, claim);
            return;
        }
        var direct = line.direct();
        var first = direct == null ? part(rest, share) : rest - part(rest, direct.millionths());
        var awayFirst = part(rest - first, away);
        var inScope = rest - first - awayFirst;
        if (line.payClass() == PayClass.B) {
            w.classB += rest;
        }
        w.firstShare += first;
        w.overLimit += overLimit;
        w.prePay += first + awayFirst;
        w.inScope += inScope;
        w.burdens[(direct == null ? Burden.IN_SCOPE : Burden.DIRECT).ordinal()] += inScope;
        record(line, 0, overLimit, first + awayFirst, inScope, w);
    }

    private boolean allowed(ChargeLine line, int place, Workings w) {
        var amount = line.amount().value();
        var overLimit = line.overLimit().value();
        if (amount < 0 || amount > LARGEST_BILL) {
            w.refusal = Refusals.amount(place, "amount_fen", Long.toString(amount));
        } else if (overLimit < 0 || overLimit > amount) {
            w.refusal = Refusals.amount(place, "over_limit_fen", Long.toString(overLimit));
        } else if (!isShare(line.prePay())) {
            w.refusal = Refusals.amount(place, "pre_pay_ratio", String.valueOf(line.prePay()));
        } else if (!isShare(line.direct())) {
            w.refusal = Refusals.amount(place, "direct_ratio", String.valueOf(line.direct()));
        } else if (line.direct() != null && !paysDirect) {
            w.refusal = Refusals.noDirect(place, benefit);
        }
        return w.refusal == null;
    }

    private static boolean isShare(@Nullable Ratio ratio) {
        return ratio == null || ratio.millionths() >= 0 && ratio.millionths() <= Ratio.ONE;
    }

    /// The share of a line borne first in millionths, or -1 when nothing states one.
    private static long shareOf(ChargeLine line, long stated) {
        if (line.prePay() != null) {
            return line.prePay().millionths();
        }
        return line.payClass() == PayClass.A || line.direct() != null ? 0 : stated;
    }

    private static long part(long amount, long millionths) {
        return millionths == 0 ? 0 : Rounding.HALF_UP.ofMillionths(amount * millionths);
    }

    private static void record(ChargeLine line, long self, long over, long pre, long scope, Workings w) {
        if (w.lines != null) {
            w.lines.add(new JudgedLine(line, Fen.of(self), Fen.of(over), Fen.of(pre), Fen.of(scope)));
        }
    }

    private static void explainScope(@Nullable Row<Ratio> shareRow, @Nullable Row<Ratio> awayRow, Workings w) {
        w.step(Step.Kind.TOTAL, null, null, w.total, 0, 0);
        if (w.fullSelfPay > 0) {
            w.step(Step.Kind.FULL_SELF_PAY, null, null, w.fullSelfPay, w.total, 0);
        }
        if (w.overLimit > 0) {
            w.step(Step.Kind.OVER_LIMIT, null, null, w.overLimit, w.total, 0);
        }
        if (w.firstShare > 0) {
            w.step(Step.Kind.PRE_PAY, null, shareRow, w.firstShare, w.classB,
                    shareRow == null ? 0 : shareRow.value().millionths());
        }
        var awayFirst = w.prePay - w.firstShare;
        if (awayFirst > 0 && awayRow != null) {
            w.step(Step.Kind.OUT_OF_AREA_PRE_PAY, null, awayRow, awayFirst, w.inScope + awayFirst,
                    awayRow.value().millionths());
        }
        w.step(Step.Kind.IN_SCOPE, null, null, w.inScope, w.total, 0);
    }

    private static Amounts amounts(Workings w) {
        var byPayer = new ArrayList<Fen>(w.paid.length);
        for (var paid : w.paid) {
            byPayer.add(Fen.of(paid));
        }
        return new Amounts(Fen.of(w.total), Fen.of(w.fullSelfPay), Fen.of(w.overLimit), Fen.of(w.prePay),
                Fen.of(w.inScope), Fen.of(w.deductible), byPayer);
    }
}
