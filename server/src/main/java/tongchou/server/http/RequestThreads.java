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
/// are carriers would make every settlement wait.
final class RequestThreads {

    /// How many requests that may take long are worked on at once; more wait.
    private static final int MOST = 32;
    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor apart = new ThreadPoolExecutor(MOST, MOST, IDLE_SECONDS, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), Thread.ofPlatform().daemon().name("request-", 1).factory());

    RequestThreads() {
        apart.allowCoreThreadTimeOut(true);
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
