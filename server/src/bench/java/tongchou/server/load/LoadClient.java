package tongchou.server.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// The client process of the load benchmark (压测客户端): the HTTP client of the JDK on kept connections.
///
/// The greatest throughput is that of as many callers as there are connections, each asking as soon as it is answered.
/// Latency is measured right after it at half of it (of the first server's, where there are several), requests starting
/// by the clock whether or not earlier ones are answered, and counted from the moment at which they should have
/// started: in every turn, since a machine that others use as well is not as fast in one minute as in the next. Before
/// the first of them it is measured once more, when the server meets this way of asking, with as many new connections
/// as are waited for, and compiles it; the client has asked for echoes that way before, so that less of its own
/// compiling is measured. At the end, where asked for, the server is stopped for a while in the middle. Beside every
/// figure stands what an answer cost either process in processor time, which depends less on what else the machine
/// does, and what the host [Withheld]. Several servers take turns in everything.
///
/// By the clock every request finds all threads asleep, so that waking them is most of what the client does. It
/// therefore takes answers there on the thread that reads them, and keeps the processors [Awake].
final class LoadClient {

    /// How long the callers keep their connections while they warm up.
    private static final int WARM_SECONDS = 5;

    private final List<Target> targets;
    private final int turns;

    private LoadClient(List<Target> targets, int turns) {
        this.targets = targets;
        this.turns = turns;
    }

    /// Arguments: folder of the population or `-`, seed, seconds of a phase, seconds to warm up, how many settlements
    /// to come to at least, how many ask at once, for how many milliseconds to stop the server, how many turns; then
    /// for every server its name, the first copy, the two ports, its process, how many keys, and institution and key in
    /// turn.
    public static void main(String[] given) throws Exception {
        var population = Population.of(given[0].equals("-") ? null : Path.of(given[0]), Long.parseLong(given[1]));
        var targets = new ArrayList<Target>();
        var at = 8;
        while (at < given.length) {
            var keys = new HashMap<String, String>();
            var count = Integer.parseInt(given[at + 5]);
            for (var i = 0; i < count; i++) {
                keys.put(given[at + 6 + 2 * i], given[at + 7 + 2 * i]);
            }
            targets.add(new Target(given[at], population, Integer.parseInt(given[at + 1]), Integer.parseInt(given[5]),
                    given[at + 2], given[at + 3], Long.parseLong(given[at + 4]), keys));
            at += 6 + 2 * count;
        }
        new LoadClient(targets, Integer.parseInt(given[7])).run(Integer.parseInt(given[2]), Integer.parseInt(given[3]),
                Integer.parseInt(given[4]), Integer.parseInt(given[6]));
        System.exit(0);
    }

    private void run(int seconds, int warm, int least, int pause) throws InterruptedException {
        // All warm up; then they take turns, so that the machine is the same to each.
        for (var target : targets) {
            warmUp(target, warm);
            if (target.refused() == target.asked()) {
                throw new IllegalStateException("every claim was refused");
            }
            target.throughput(target.echo, Math.min(warm, 10));
            target.throughput(target.bare, Math.min(warm, 10));
        }
        var settled = lists();
        var echoed = lists();
        var bytes = lists();
        var p99 = lists();
        for (var turn = 0; turn < turns; turn++) {
            for (var i = 0; i < targets.size(); i++) {
                settled.get(i).add(targets.get(i).throughput(targets.get(i).settle, seconds));
                echoed.get(i).add(targets.get(i).throughput(targets.get(i).echo, seconds));
                bytes.get(i).add(targets.get(i).throughput(targets.get(i).bare, seconds));
            }
            var perSecond = settled.getFirst().getLast() / 2;
            try (var awake = Awake.now()) {
                System.out.println(awake);
                if (turn == 0) {
                    first(perSecond, seconds);
                }
                for (var i = 0; i < targets.size(); i++) {
                    p99.get(i).add(targets.get(i).paced("LATENCY", targets.get(i).settle, perSecond, seconds));
                }
            }
        }
        for (var i = 0; i < targets.size(); i++) {
            var most = median(settled.get(i));
            System.out.printf("THROUGHPUT %ssettled %s/s; echoed as JSON by the same server %s/s, ratio %s; "
                    + "bytes given back unread by a bare server %s/s, ratio %s%n", targets.get(i).name(),
                    settled.get(i), echoed.get(i), ratio(most, median(echoed.get(i))), bytes.get(i),
                    ratio(most, median(bytes.get(i))));
            System.out.printf("LATENCY %sp99 %s us, median %d us%n", targets.get(i).name(), p99.get(i),
                    median(p99.get(i)));
        }
        if (targets.size() > 1) {
            System.out.printf("AGAINST %s: throughput %s, p99 %s%n", targets.getFirst().name().strip(),
                    ratio(median(settled.getFirst()), median(settled.getLast())),
                    ratio(median(p99.getLast()), median(p99.getFirst())));
        }
        for (var target : pause > 0 ? targets : List.<Target>of()) {
            stopped(target, median(settled.getFirst()) / 2, seconds, pause);
        }
        for (var target : targets) {
            while (target.asked() < least) {
                var now = target.throughput(target.settle, 10);
                System.out.println("SETTLED " + target.asked() + ", now " + now + "/s");
            }
            System.out.println("REFUSED " + target.name() + target.refused() + " of " + target.asked());
        }
    }

    /// Callers come and go in a server that is in use. Where no connection ever ended while the code that reads
    /// requests was compiled, the first that do throw it away again, 400 times over, in the midst of what is measured.
    private static void warmUp(Target target, int seconds) throws InterruptedException {
        for (var begun = 0; begun < seconds; begun += WARM_SECONDS) {
            target.throughput(target.settle, Math.min(WARM_SECONDS, seconds - begun));
            target.reconnect();
        }
    }

    /// What is asked by the clock for the first time is compiled, here and there.
    private void first(long perSecond, int seconds) throws InterruptedException {
        for (var turn = 0; turn < 4; turn++) {
            for (var target : targets) {
                target.paced("echoed", target.echo, perSecond, Math.min(seconds, 2));
            }
        }
        for (var target : targets) {
            target.paced("LATENCY at first,", target.settle, perSecond, seconds);
        }
    }

    private static void stopped(Target target, long perSecond, int seconds, int pause) throws InterruptedException {
        try (var awake = Awake.now()) {
            System.out.println(awake);
            var stopping = Thread.ofVirtual().start(() -> target.stop(seconds, pause));
            target.paced("LATENCY with the server stopped for " + pause + " ms,", target.settle, perSecond, seconds);
            stopping.join();
        }
    }

    private List<List<Long>> lists() {
        return targets.stream().<List<Long>>map(target -> new ArrayList<>()).toList();
    }

    private static String ratio(long of, long to) {
        return "%d.%02d".formatted(of / to, of * 100 / to % 100);
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
