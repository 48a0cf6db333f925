package tongchou.core.settlement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.KnownOn;
import tongchou.core.calendar.Period;
import tongchou.core.encounter.Claim;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
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

    /// How many claims of a population are settled together: their columns stay near the processor.
    private static final int BATCH = 512;

    private static final Payer[] PAYERS = Payer.values();

    private final Policy policy;
    private final Benefit benefit;
    private final Facts facts;
    private final List<Counter> counters;
    private final Stage[] stages;
    private final Selection<Ratio> prePay;
    private final Selection<Ratio> outOfAreaPrePay;
    private final int staySlot;
    private final Judgement judgement;
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
        this.judgement = new Judgement(benefit,
                benefit.layers().stream().anyMatch(layer -> layer.base().contains(Burden.DIRECT)));
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

    /// Whether a rule asks for a fact.
    public boolean asks(Axis axis) {
        return facts.ask(axis);
    }

    /// The counters it reads and moves, by slot.
    public List<Counter> counters() {
        return counters;
    }

    /// The counters of the definite periods that a claim falls into, by slot.
    public List<Counter.Key> keys(Claim claim, LocalDate day) {
        var keys = new ArrayList<Counter.Key>(counters.size());
        for (var counter : counters) {
            keys.add(key(counter, claim, day));
        }
        return keys;
    }

    /// One counter of the definite period that a claim falls into.
    Counter.Key key(Counter counter, Claim claim, LocalDate day) {
        return new Counter.Key(counter.name(), counter.period(), counter.period().key(
                day, benefit.year(), claim.institution().code(), claim.episode()));
    }

    /// Settles a claim with its full explanation.
    ///
    /// @param day the day that binds the claim to the rules
    /// @param before the counters found, by slot
    /// @throws IllegalStateException when the parts do not add up to the bill: a defect, never an input
    public Outcome settle(Claim claim, LocalDate day, KnownOn known, long[] before, Workings w) {
        w.explain(claim.encounter().lines().size(), stages.length);
        try {
            run(claim, day, before, w);
            if (w.refusal != null) {
                return w.refusal;
            }
            var settlement = new Settlement(this, day, known, claim, amounts(w), w.lines, w.postings, w.steps,
                    new Position(before, Arrays.copyOf(w.counters, before.length)));
            if (!w.isBalanced()) {
                throw new IllegalStateException("the burdens of " + claim.name() + " are not what is left to pay");
            }
            var broken = settlement.amounts().brokenIdentities();
            if (!broken.isEmpty()) {
                throw new IllegalStateException("the amounts of " + claim.name() + " break " + broken);
            }
            return settlement;
        } finally {
            w.fallSilent();
        }
    }

    /// Settles a claim into the workings alone: amounts and counters, no explanation, nothing allocated.
    ///
    /// @return false when the claim was refused, see [Workings#refusal()]
    public boolean run(Claim claim, LocalDate day, long[] before, Workings w) {
        w.clear(before);
        w.refusal = missing(claim.standing());
        if (w.refusal == null) {
            fold(claim, day, w);
        }
        if (w.refusal != null) {
            w.refusal = explained(w.refusal, claim.standing());
        }
        return w.refusal == null;
    }

    private void fold(Claim claim, LocalDate day, Workings w) {
        try {
            w.stayNumber = stayNumber(w);
            var choice = choice(facts.of(claim, day, w.stayNumber));
            judgement.judge(claim, choice, w);
            if (w.refusal == null) {
                pay(choice, claim, day, w);
            }
        } catch (ArithmeticException tooLarge) {
            w.refusal = Refusals.tooLarge(claim);
        }
    }

    /// Settles every claim of a population at the position it finds, with the same result as
    /// [#run(Claim, LocalDate, long[], Workings)] has for each.
    ///
    /// @param before the counters found, by slot and then by place
    public Results run(Population population, long[][] before, Workings w) {
        var kinds = population.kinds();
        var results = new Results(kinds.rows(), counters.size());
        var groups = facts.group(population, staySlot < 0 ? null : before[staySlot]);
        var columns = w.columns(Math.min(BATCH, population.size()), counters.size());
        for (var group = 0; group < groups.count(); group++) {
            var choice = choice(groups.bits()[group]);
            var end = groups.first()[group + 1];
            for (var from = groups.first()[group]; from < end; from += BATCH) {
                run(population, choice, columns.with(groups.rows(), from, Math.min(from + BATCH, end)), before, results,
                        w);
            }
        }
        for (var row = population.firstIrregular(); row < population.size(); row++) {
            run(population, row, before, results, w);
        }
        return results;
    }

    private void run(Population population, Choice choice, Batch batch, long[][] before, Results results,
            Workings w) {
        if (choice.plain == null || asksRetirement) {
            for (var i = 0; i < batch.size(); i++) {
                run(population, batch.row(i), before, results, w);
            }
            return;
        }
        batch.find(before, population.kinds().places());
        population.bills().judge(choice, choice.plain, batch);
        choice.plain.pay(batch);
        if (staySlot >= 0) {
            Batch.add(1, batch.counters()[staySlot], batch.size());
        }
        results.take(batch, choice.plain.payers());
        if (batch.hasAlone()) {
            for (var i = 0; i < batch.size(); i++) {
                if (batch.alone()[i] < 0) {
                    run(population, batch.row(i), before, results, w);
                }
            }
        }
    }

    /// Settles a claim of a population by itself.
    private void run(Population population, int row, long[][] before, Results results, Workings w) {
        var place = population.kinds().places()[row];
        var found = new long[before.length];
        for (var slot = 0; slot < found.length; slot++) {
            found[slot] = before[slot][place];
        }
        run(population.claim(place), population.day(place), found, w);
        results.take(row, found, w);
    }

    private long stayNumber(Workings w) {
        return staySlot < 0 ? 1 : w.counters[staySlot] + 1;
    }

    private void pay(Choice choice, Claim claim, LocalDate day, Workings w) {
        for (var share : choice.shares) {
            share.pay(claim, day, w);
            if (w.refusal != null) {
                return;
            }
        }
        w.payRest();
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
    /// @param stated the share of class-B lines in millionths, -1 when none is stated
    /// @param shares what each layer does; an array because it is walked on the hot path, and never given out
    record Choice(@Nullable Row<Ratio> prePay, @Nullable Row<Ratio> away, Share[] shares, long stated,
            @Nullable PlainShares plain) {
        Choice(@Nullable Row<Ratio> prePay, @Nullable Row<Ratio> away, Share[] shares) {
            this(prePay, away, shares, prePay == null ? -1 : prePay.value().millionths(), PlainShares.of(shares));
        }
    }

    private static Amounts amounts(Workings w) {
        var byPayer = new Fen[PAYERS.length];
        for (var payer : PAYERS) {
            byPayer[payer.ordinal()] = Fen.of(w.paid(payer));
        }
        return new Amounts(Fen.of(w.total), Fen.of(w.fullSelfPay), Fen.of(w.overLimit), Fen.of(w.prePay),
                Fen.of(w.inScope), Fen.of(w.deductible), List.of(byPayer));
    }
}
