package tongchou.server.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// The client process of the load benchmark (压测客户端): the HTTP client of the JDK on kept connections.
///
/// The greatest throughput is that of as many callers as there are connections, each asking as soon as it is answered.
/// Latency is measured at half of it (of the first server's, where there are several), requests starting by the clock
/// whether or not earlier ones are answered, and counted from the moment at which they should have started: once at
/// first, when the server meets this way of asking, with as many new connections as are waited for, and compiles it;
/// then as often as throughput. The client has asked for echoes that way before, so that less of its own compiling is
/// measured. Once more, where asked for, the server is stopped for a while in the middle. Beside every figure stands
/// what an answer cost either process in processor time, which depends less on what else the machine does, and what the
/// host [Withheld]. Several servers take turns in everything.
///
/// By the clock every request finds all threads asleep, so that waking them is most of what the client does. It
/// therefore takes answers there on the thread that reads them, and keeps the processors [Awake].
final class LoadClient {

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
            target.throughput(target.settle, warm);
            if (target.refused() == target.asked()) {
                throw new IllegalStateException("every claim was refused");
            }
            target.throughput(target.echo, Math.min(warm, 10));
            target.throughput(target.bare, Math.min(warm, 10));
        }
        var settled = lists();
        var echoed = lists();
        var bytes = lists();
        for (var turn = 0; turn < turns; turn++) {
            for (var i = 0; i < targets.size(); i++) {
                settled.get(i).add(targets.get(i).throughput(targets.get(i).settle, seconds));
                echoed.get(i).add(targets.get(i).throughput(targets.get(i).echo, seconds));
                bytes.get(i).add(targets.get(i).throughput(targets.get(i).bare, seconds));
            }
        }
        for (var i = 0; i < targets.size(); i++) {
            var most = median(settled.get(i));
            System.out.printf("THROUGHPUT %ssettled %s/s; echoed as JSON by the same server %s/s, ratio %s; "
                    + "bytes given back unread by a bare server %s/s, ratio %s%n", targets.get(i).name(),
                    settled.get(i), echoed.get(i), ratio(most, median(echoed.get(i))), bytes.get(i),
                    ratio(most, median(bytes.get(i))));
        }
        var most = settled.stream().map(LoadClient::median).toList();
        var again = latencies(most.getFirst() / 2, seconds, pause);
        if (targets.size() > 1) {
            System.out.printf("AGAINST %s: throughput %s, p99 %s%n", targets.getFirst().name().strip(),
                    ratio(most.getFirst(), most.getLast()), ratio(again.getLast(), again.getFirst()));
        }
        for (var target : targets) {
            while (target.asked() < least) {
                var now = target.throughput(target.settle, 10);
                System.out.println("SETTLED " + target.asked() + ", now " + now + "/s");
            }
            System.out.println("REFUSED " + target.name() + target.refused() + " of " + target.asked());
        }
    }

    /// @param perSecond how many are asked for in a second, of every server alike
    /// @return the p99 of each
    private List<Long> latencies(long perSecond, int seconds, int pause) throws InterruptedException {
        var again = lists();
        try (var awake = Awake.now()) {
            System.out.println(awake);
            for (var turn = 0; turn < 4; turn++) {
                for (var target : targets) {
                    target.paced("echoed", target.echo, perSecond, Math.min(seconds, 2));
                }
            }
            for (var target : targets) {
                target.paced("LATENCY at first,", target.settle, perSecond, seconds);
            }
            for (var turn = 0; turn < turns; turn++) {
                for (var i = 0; i < targets.size(); i++) {
                    again.get(i).add(targets.get(i).paced("LATENCY", targets.get(i).settle, perSecond, seconds));
                }
            }
            for (var i = 0; i < targets.size(); i++) {
                System.out.printf("LATENCY %sp99 %s us, median %d us%n", targets.get(i).name(), again.get(i),
                        median(again.get(i)));
            }
            for (var target : pause > 0 ? targets : List.<Target>of()) {
                var stopping = Thread.ofVirtual().start(() -> target.stop(seconds, pause));
                target.paced("LATENCY with the server stopped for " + pause + " ms,", target.settle, perSecond,
                        seconds);
                stopping.join();
            }
        }
        return again.stream().map(LoadClient::median).toList();
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
