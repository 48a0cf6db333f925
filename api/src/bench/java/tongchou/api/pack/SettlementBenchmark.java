package tongchou.api.pack;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tongchou.core.calendar.KnownOn;
import tongchou.core.encounter.Claim;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Waterfall;
import tongchou.core.settlement.Workings;

/// Settlements a second on one thread: the plain loop on bare numbers and on the claims the engine gets, the general
/// engine, and the general engine with its explanation.
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
    }

    private void check() {
        var fund = 0L;
        var person = 0L;
        var wrong = 0;
        for (var i = 0; i < CHECKED; i++) {
            var in = BenchmarkCases.input(i);
            var claim = BenchmarkCases.claim(in);
            waterfall.run(claim, BenchmarkCases.DAY, BenchmarkCases.before(in, waterfall), workings);
            fund += workings.fund();
            person += workings.person();
            if (workings.fund() != BenchmarkCases.plainFund(in)
                    || workings.fund() != BenchmarkCases.plainFund(claim, in.priorDeductible(), in.priorBase(),
                            in.priorFund())
                    || workings.fund() + workings.person() != in.total()) {
                wrong++;
            }
        }
        System.out.printf("%n%d wrong of %d; fund %d, person %d%n", wrong, CHECKED, fund, person);
        if (wrong != 0 || fund != 1034350076997L || person != 523814889262L) {
            throw new IllegalStateException("the engine and the published sums differ");
        }
    }

    private int step() {
        return next = next + 1 & BATCH - 1;
    }

    @Benchmark
    public long plainLoop() {
        return BenchmarkCases.plainFund(inputs[step()]);
    }

    @Benchmark
    public long plainLoopOnClaims() {
        var i = step();
        return BenchmarkCases.plainFund(claims[i], inputs[i].priorDeductible(), inputs[i].priorBase(),
                inputs[i].priorFund());
    }

    @Benchmark
    public long engine() {
        var i = step();
        waterfall.run(claims[i], BenchmarkCases.DAY, before[i], workings);
        return workings.fund();
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
