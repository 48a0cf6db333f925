package tongchou.server.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// On which threads requests are worked on (请求线程): those that are over soon on the virtual thread of their
/// connection, all others on threads of the system.
///
/// Virtual threads share a few carriers and hold them while they calculate or ask SQLite: as many long reports as there
/// are carriers would make every settlement wait. One processor is left to the thread that writes the book, which else
/// waits for one half of its time when requests are many.
public final class RequestThreads {

    /// Of the JDK: how many virtual threads run at the same moment.
    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    /// How many requests that may take long are worked on at once; more wait.
    private static final int MOST = 32;
    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor apart = new ThreadPoolExecutor(MOST, MOST, IDLE_SECONDS, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), Thread.ofPlatform().daemon().name("request-", 1).factory());

    RequestThreads() {
        apart.allowCoreThreadTimeOut(true);
    }

    /// Leaves one processor to the writer, unless the number of carriers was given; before any virtual thread starts.
    public static void share() {
        if (System.getProperty(CARRIERS) == null) {
            System.setProperty(CARRIERS, Integer.toString(Math.max(1, Runtime.getRuntime().availableProcessors() - 1)));
        }
    }

    /// Works on a thread of the system while the caller waits; what is thrown there is thrown here.
    <T> T apart(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, apart).join();
        } catch (CompletionException failed) {
            switch (failed.getCause()) {
                case RuntimeException own -> throw own;
                case Error own -> throw own;
                case null, default -> throw failed;
            }
        }
    }
}
