package tongchou.server.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// A server that is asked (被测目标): the claims it has not had yet, and what asking it takes.
final class Target {

    private static final ExecutorService TAKES_ANSWERS = Executors.newFixedThreadPool(2,
            Thread.ofPlatform().daemon().factory());

    private HttpClient together = client(TAKES_ANSWERS);
    private final HttpClient byTheClock = client(Runnable::run);
    private final String name;
    private final Population population;
    private final Map<String, String> keys;
    private final int copy;
    private final int callers;
    private final ProcessHandle server;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger nextEcho = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    /// Where it settles.
    final URI settle;
    /// Where it reads and writes the body as JSON.
    final URI echo;
    /// Where its process gives the bytes back unread.
    final URI bare;

    /// @param copy the first of the population's years that its book does not hold
    /// @param callers how many ask at once
    /// @param keys the key of each institution
    Target(String name, Population population, int copy, int callers, String settlePort, String barePort, long server,
            Map<String, String> keys) {
        this.name = name;
        this.population = population;
        this.keys = Map.copyOf(keys);
        this.copy = copy;
        this.callers = callers;
        this.server = ProcessHandle.of(server).orElseThrow();
        this.settle = URI.create("http://127.0.0.1:" + settlePort + "/v1/settlements");
        this.echo = URI.create("http://127.0.0.1:" + settlePort + "/echo");
        this.bare = URI.create("http://127.0.0.1:" + barePort + "/echo");
    }

    private static HttpClient client(Executor takesAnswers) {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(takesAnswers).build();
    }

    /// What it is called in front of a figure, with a space behind; empty for the only one.
    String name() {
        return name;
    }

    /// How many claims it was asked to settle.
    int asked() {
        return next.get();
    }

    /// How many of them it refused.
    int refused() {
        return refused.get();
    }

    private HttpRequest request(URI address) {
        var number = (address == settle ? next : nextEcho).getAndIncrement();
        var claim = population.claim(copy + number / population.visits(), number % population.visits());
        return HttpRequest.newBuilder(address).header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + keys.get(claim.institution()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(claim.body())).build();
    }

    private void ask(HttpRequest request) {
        try {
            check(together.send(request, HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void check(HttpResponse<byte[]> response) {
        if (response.statusCode() >= 500 || response.statusCode() == 401 || response.statusCode() == 429) {
            throw new IllegalStateException(response.statusCode() + " " + new String(response.body()));
        }
        if (response.statusCode() >= 400 && refused.getAndIncrement() < 3) {
            System.out.println("refused: " + new String(response.body()));
        }
    }

    /// Ends the connections of everybody who asked together; who asks again opens another.
    void reconnect() {
        together.close();
        together = client(TAKES_ANSWERS);
    }

    /// Answers a second when everybody asks as soon as answered.
    long throughput(URI address, int seconds) throws InterruptedException {
        var counts = new AtomicLongArray(callers);
        var end = System.nanoTime() + seconds * 1_000_000_000L;
        var threads = new ArrayList<Thread>();
        var start = System.nanoTime();
        var busy = busy(server);
        var own = busy(ProcessHandle.current());
        var withheld = Withheld.now();
        for (var i = 0; i < callers; i++) {
            var caller = i;
            threads.add(Thread.ofVirtual().start(() -> {
                while (System.nanoTime() < end) {
                    ask(request(address));
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
        System.out.printf("%s%s %d/s, an answer takes %d us of processor time in the server, %d us in the client%s%n",
                name, what, perSecond, (busy(server) - busy) / sum, (busy(ProcessHandle.current()) - own) / sum,
                withheld.untilNow());
        return perSecond;
    }

    /// Processor time in microseconds.
    private static long busy(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1000;
    }

    /// Stops its process for a while.
    ///
    /// @param after so many seconds from now
    /// @param millis how long
    void stop(int after, int millis) {
        try {
            Thread.sleep(after * 1000L);
            signal("-STOP");
            Thread.sleep(millis);
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
    ///
    /// @param seconds a third of how long
    /// @return the 99th percentile in microseconds
    long paced(String what, URI address, long perSecond, int seconds) throws InterruptedException {
        var all = (int) perSecond * seconds * 3;
        var micros = new long[all];
        // Nothing here holds a request that was answered: a list of them made the client pause for 30 to 80 ms.
        var answered = new CountDownLatch(all);
        var failed = new AtomicReference<Throwable>();
        var start = System.nanoTime() + 100_000_000;
        var busy = busy(server);
        var own = busy(ProcessHandle.current());
        var withheld = Withheld.now();
        for (var i = 0; i < all; i++) {
            var due = start + i * 1_000_000_000L / perSecond;
            var request = request(address);
            LockSupport.parkNanos(due - System.nanoTime());
            var number = i;
            byTheClock.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()).thenAccept(this::check)
                    .whenComplete((nothing, failure) -> {
                        micros[number] = (System.nanoTime() - due) / 1000;
                        if (failure != null) {
                            failed.compareAndSet(null, failure);
                        }
                        answered.countDown();
                    });
        }
        answered.await();
        if (failed.get() != null) {
            throw new IllegalStateException(failed.get());
        }
        var served = (busy(server) - busy) / all;
        var asked = (busy(ProcessHandle.current()) - own) / all;
        Arrays.sort(micros);
        System.out.printf("%s%s at %d/s p50 %d us p95 %d us p99 %d us p99.9 %d us max %d us, an answer takes %d us of "
                + "processor time in the server, %d us in the client%s%n", name, what, perSecond, micros[all / 2],
                micros[all * 95 / 100], micros[all * 99 / 100], micros[all * 999 / 1000], micros[all - 1], served,
                asked, withheld.untilNow());
        return micros[all * 99 / 100];
    }
}
