package tongchou.api.pack;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tongchou.core.calendar.KnownOn;
import tongchou.core.encounter.Claim;
import tongchou.core.settlement.Population;
import tongchou.core.settlement.Results;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Waterfall;
import tongchou.core.settlement.Workings;

/// Settlements a second on one thread: the plain loop on bare numbers and on the claims the engine gets; the general
/// engine on a population, which holds the same bare numbers, and on the claims; and with its explanation.
///
/// The set-up settles one million generated inputs with the engine and compares every result with the plain loop and
/// the sums with the published ones; a single difference ends the run.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SettlementBenchmark {

    private static final int BATCH = 4096;
    private static final int CHECKED = 1_000_000;

    private final BenchmarkCases.Input[] inputs = new BenchmarkCases.Input[BATCH];
    private final Claim[] claims = new Claim[BATCH];
    private final long[][] before = new long[BATCH][];
    private final Workings workings = new Workings();
    private Population population;
    private long[][] columns = new long[0][];
    private Waterfall waterfall;
    private int next;

    @Setup
    public void prepare() {
        var rules = BenchmarkCases.rules();
        waterfall = rules.find(BenchmarkCases.claim(BenchmarkCases.input(0)), KnownOn.LATEST).waterfall();
        check();
        for (var i = 0; i < BATCH; i++) {
            inputs[i] = BenchmarkCases.input(i);
            claims[i] = BenchmarkCases.claim(inputs[i]);
            before[i] = BenchmarkCases.before(inputs[i], waterfall);
        }
        population = Population.of(List.of(claims), Collections.nCopies(BATCH, BenchmarkCases.DAY));
        columns = columns(before);
    }

    /// The counters by slot and then by place.
    private static long[][] columns(long[][] rows) {
        var columns = new long[rows[0].length][rows.length];
        for (var place = 0; place < rows.length; place++) {
            for (var slot = 0; slot < columns.length; slot++) {
                columns[slot][place] = rows[place][slot];
            }
        }
        return columns;
    }

    private void check() {
        var fund = 0L;
        var person = 0L;
        var wrong = 0;
        for (var from = 0; from < CHECKED; from += CHECKED / 100) {
            var all = new ArrayList<Claim>();
            var rows = new long[CHECKED / 100][];
            for (var i = 0; i < rows.length; i++) {
                var in = BenchmarkCases.input(from + i);
                all.add(BenchmarkCases.claim(in));
                rows[i] = BenchmarkCases.before(in, waterfall);
            }
            var results = waterfall.run(Population.of(all, Collections.nCopies(rows.length, BenchmarkCases.DAY)),
                    columns(rows), workings);
            for (var i = 0; i < rows.length; i++) {
                waterfall.run(all.get(i), BenchmarkCases.DAY, rows[i], workings);
                fund += results.fund(i);
                person += results.person(i);
                wrong += isRight(BenchmarkCases.input(from + i), all.get(i), results, i) ? 0 : 1;
            }
        }
        System.out.printf("%n%d wrong of %d; fund %d, person %d%n", wrong, CHECKED, fund, person);
        if (wrong != 0 || fund != 1034350076997L || person != 523814889262L) {
            throw new IllegalStateException("the engine and the published sums differ");
        }
    }

    private boolean isRight(BenchmarkCases.Input in, Claim claim, Results results, int place) {
        var fund = BenchmarkCases.plainFund(in);
        return fund == results.fund(place) && fund == workings.fund()
                && fund == BenchmarkCases.plainFund(claim, in.priorDeductible(), in.priorBase(), in.priorFund())
                && in.total() == results.fund(place) + results.person(place)
                && in.total() == workings.fund() + workings.person();
    }

    private int step() {
        return next = next + 1 & BATCH - 1;
    }

    @Benchmark
    public long plainLoop() {
        return BenchmarkCases.plainFund(inputs[step()]);
    }

    /// The plain loop in the shape in which the engine settles a population: all inputs in one call.
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long plainLoopOverAll() {
        var sum = 0L;
        for (var input : inputs) {
            sum += BenchmarkCases.plainFund(input);
        }
        return sum;
    }

    @Benchmark
    public long plainLoopOnClaims() {
        var i = step();
        return BenchmarkCases.plainFund(claims[i], inputs[i].priorDeductible(), inputs[i].priorBase(),
                inputs[i].priorFund());
    }

    @Benchmark
    public long engineOnClaims() {
        var i = step();
        waterfall.run(claims[i], BenchmarkCases.DAY, before[i], workings);
        return workings.fund();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long engine() {
        return waterfall.run(population, columns, workings).fund();
    }

    @Benchmark
    public Object engineWithExplanation() {
        var i = step();
        var outcome = waterfall.settle(claims[i], BenchmarkCases.DAY, KnownOn.LATEST, before[i], workings);
        if (!(outcome instanceof Settlement)) {
            throw new IllegalStateException(outcome.toString());
        }
        return outcome;
    }
}
