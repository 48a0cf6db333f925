package tongchou.server.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The client process of the load benchmark (压测客户端): the HTTP client of the JDK on kept connections.
///
/// The greatest throughput is that of as many callers as there are connections, each asking as soon as it is answered.
/// Latency is measured at half of it, requests starting by the clock whether or not earlier ones are answered, and
/// counted from the moment at which they should have started: twice, for the first time the server meets this way of
/// asking, with as many new connections as are waited for, and compiles it. The client has asked for echoes that way
/// before, so that less of its own compiling is measured. A third time, where asked for, the server is stopped for a
/// while in the middle. Beside every figure stands what an answer cost either process in processor time, which
/// depends less on what else the machine does.
///
/// By the clock every request finds all threads asleep, so that waking them is most of what the client does. It
/// therefore takes answers there on the thread that reads them, and keeps the processors [Awake].
final class LoadClient {

    private final HttpClient together = client(Executors.newFixedThreadPool(2));
    private final HttpClient byTheClock = client(Runnable::run);
    private final Population population;
    private final Map<String, String> keys = new HashMap<>();
    private final int copy;
    private final int callers;
    private final int pause;
    private final URI settle;
    private final URI echo;
    private final URI bare;
    private final ProcessHandle server;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger nextEcho = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    private static HttpClient client(Executor takesAnswers) {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(takesAnswers).build();
    }

    private LoadClient(Population population, int copy, int callers, int pause, String settlePort, String barePort,
            long server) {
        this.server = ProcessHandle.of(server).orElseThrow();
        this.pause = pause;
        this.population = population;
        this.copy = copy;
        this.callers = callers;
        this.settle = URI.create("http://127.0.0.1:" + settlePort + "/v1/settlements");
        this.echo = URI.create("http://127.0.0.1:" + settlePort + "/echo");
        this.bare = URI.create("http://127.0.0.1:" + barePort + "/echo");
    }

    /// Arguments: folder of the population or `-`, seed, first copy, seconds of a phase, seconds to warm up, how many
    /// settlements to come to at least, how many ask at once, for how many milliseconds to stop the server, the two
    /// ports, the server's process, then institution and key in turn.
    public static void main(String[] given) throws Exception {
        var folder = given[0].equals("-") ? null : Path.of(given[0]);
        var client = new LoadClient(Population.of(folder, Long.parseLong(given[1])), Integer.parseInt(given[2]),
                Integer.parseInt(given[6]), Integer.parseInt(given[7]), given[8], given[9], Long.parseLong(given[10]));
        for (var i = 11; i + 1 < given.length; i += 2) {
            client.keys.put(given[i], given[i + 1]);
        }
        client.run(Integer.parseInt(given[3]), Integer.parseInt(given[4]), Integer.parseInt(given[5]));
        System.exit(0);
    }

    private void run(int seconds, int warm, int least) throws InterruptedException {
        // Both warm up; then they take turns, so that the machine is the same to both.
        throughput(settle, warm);
        if (refused.get() == next.get()) {
            throw new IllegalStateException("every claim was refused");
        }
        throughput(echo, Math.min(warm, 10));
        throughput(bare, Math.min(warm, 10));
        var settled = new ArrayList<Long>();
        var echoed = new ArrayList<Long>();
        var bytes = new ArrayList<Long>();
        for (var turn = 0; turn < 3; turn++) {
            settled.add(throughput(settle, seconds));
            echoed.add(throughput(echo, seconds));
            bytes.add(throughput(bare, seconds));
        }
        var most = median(settled);
        System.out.printf("THROUGHPUT settled %s/s; echoed as JSON by the same server %s/s, ratio %s; bytes given back "
                + "unread by a bare server %s/s, ratio %s%n", settled, echoed, ratio(most, median(echoed)), bytes,
                ratio(most, median(bytes)));
        try (var awake = Awake.now()) {
            System.out.println(awake);
            for (var turn = 0; turn < 4; turn++) {
                paced("echoed", echo, most / 2, Math.min(seconds, 2));
            }
            paced("LATENCY at first,", settle, most / 2, seconds);
            paced("LATENCY", settle, most / 2, seconds);
            if (pause > 0) {
                var stopping = Thread.ofVirtual().start(() -> stopped(seconds));
                paced("LATENCY with the server stopped for " + pause + " ms,", settle, most / 2, seconds);
                stopping.join();
            }
        }
        while (next.get() < least) {
            System.out.println("SETTLED " + next.get() + ", now " + throughput(settle, 10) + "/s");
        }
        System.out.println("REFUSED " + refused.get() + " of " + next.get());
    }

    private static String ratio(long of, long to) {
        return "%d.%02d".formatted(of / to, of * 100 / to % 100);
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private HttpRequest request(URI address) {
        var number = (address == settle ? next : nextEcho).getAndIncrement();
        var claim = population.claim(copy + number / population.visits(), number % population.visits());
        return HttpRequest.newBuilder(address).header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + keys.get(claim.institution()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(claim.body())).build();
    }

    private @Nullable HttpResponse<byte[]> ask(HttpClient client, HttpRequest request) {
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() >= 500 || response.statusCode() == 401 || response.statusCode() == 429) {
                throw new IllegalStateException(response.statusCode() + " " + new String(response.body()));
            }
            if (response.statusCode() >= 400) {
                if (refused.getAndIncrement() < 3) {
                    System.out.println("refused: " + new String(response.body()));
                }
            }
            return response;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /// Answers a second when everybody asks as soon as answered.
    private long throughput(URI address, int seconds) throws InterruptedException {
        var counts = new AtomicLongArray(callers);
        var end = System.nanoTime() + seconds * 1_000_000_000L;
        var threads = new ArrayList<Thread>();
        var start = System.nanoTime();
        var busy = busy(server);
        var own = busy(ProcessHandle.current());
        for (var i = 0; i < callers; i++) {
            var caller = i;
            threads.add(Thread.ofVirtual().start(() -> {
                while (System.nanoTime() < end) {
                    ask(together, request(address));
                    counts.incrementAndGet(caller);
                }
            }));
        }
        var sum = 0L;
        for (var i = 0; i < callers; i++) {
            threads.get(i).join();
            sum += counts.get(i);
        }
        var perSecond = sum * 1_000_000_000L / (System.nanoTime() - start);
        var what = address == settle ? "settled" : address == echo ? "echoed" : "gave back";
        System.out.printf("%s %d/s, an answer takes %d us of processor time in the server, %d us in the client%n",
                what, perSecond, (busy(server) - busy) / sum, (busy(ProcessHandle.current()) - own) / sum);
        return perSecond;
    }

    /// Processor time in microseconds.
    private static long busy(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1000;
    }

    /// Stops the server's process for the pause, a third of a measurement of latencies after its beginning.
    private void stopped(int seconds) {
        try {
            Thread.sleep(seconds * 1000L);
            signal("-STOP");
            Thread.sleep(pause);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            signal("-CONT");
        }
    }

    private void signal(String what) {
        try {
            new ProcessBuilder("kill", what, Long.toString(server.pid())).start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Latencies of requests that start by the clock.
    private void paced(String what, URI address, long perSecond, int seconds) throws InterruptedException {
        var all = (int) perSecond * seconds * 3;
        var micros = new long[all];
        var start = System.nanoTime() + 100_000_000;
        var threads = new ArrayList<Thread>();
        var busy = busy(server);
        var own = busy(ProcessHandle.current());
        for (var i = 0; i < all; i++) {
            var due = start + i * 1_000_000_000L / perSecond;
            var request = request(address);
            LockSupport.parkNanos(due - System.nanoTime());
            var number = i;
            threads.add(Thread.ofVirtual().start(() -> {
                ask(byTheClock, request);
                micros[number] = (System.nanoTime() - due) / 1000;
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        var served = (busy(server) - busy) / all;
        var asked = (busy(ProcessHandle.current()) - own) / all;
        Arrays.sort(micros);
        System.out.printf("%s at %d/s p50 %d us p95 %d us p99 %d us p99.9 %d us max %d us, an answer takes %d us of "
                + "processor time in the server, %d us in the client%n", what, perSecond, micros[all / 2],
                micros[all * 95 / 100], micros[all * 99 / 100], micros[all * 999 / 1000], micros[all - 1], served,
                asked);
    }
}
