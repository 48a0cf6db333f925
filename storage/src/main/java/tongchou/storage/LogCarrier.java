package tongchou.storage;

import io.helidon.dbclient.DbClientException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Carries what was written from the log into the file of a book (日志搬运), on a thread and a connection of its own.
///
/// Left to itself, SQLite does it within the commit that makes the log too long, while everybody waits for thousands of
/// pages and two flushes. Here the pages are carried while others write. The log can only begin anew when all of it is
/// in the file, and that is never so while somebody writes; so the writer itself carries the last few pages. Nothing is
/// lost where carrying fails: the log keeps what it has, and SQLite carries it when it is longer still.
final class LogCarrier implements AutoCloseable {

    /// After how many changes it is worth while.
    private static final int CHANGES = 400;

    /// How many pages a log has that should begin anew: 16 MiB.
    private static final int LONG = 4096;

    /// How many pages the writer may be given to carry.
    private static final int FEW = 512;

    /// How often to go after what was written meanwhile.
    private static final int ROUNDS = 3;

    private final Supplier<OneConnection> connect;
    private final Semaphore told = new Semaphore(0);
    private final Thread thread;
    private @Nullable OneConnection connection;
    private int changes;
    private volatile boolean almostThere;
    private volatile boolean closed;

    LogCarrier(Supplier<OneConnection> connect) {
        this.connect = connect;
        this.thread = Thread.ofPlatform().name("book-log").priority(Thread.NORM_PRIORITY).daemon()
                .start(this::carryUntilClosed);
    }

    /// Some changes have become durable; called by the writer, whose connection is between two transactions.
    void written(int count, OneConnection writer) {
        changes += count;
        if (changes >= CHANGES) {
            changes = 0;
            told.release();
        }
        if (almostThere) {
            almostThere = false;
            carried(writer);
        }
    }

    private void carryUntilClosed() {
        while (true) {
            told.acquireUninterruptibly();
            told.drainPermits();
            if (closed) {
                break;
            }
            try {
                almostThere = carry();
            } catch (BookException later) {
                later(later);
            }
        }
        if (connection != null) {
            connection.close();
        }
    }

    /// @return whether the writer should carry the rest
    private boolean carry() {
        if (connection == null) {
            connection = connect.get();
        }
        var pages = carried(connection);
        for (var again = 1; again < ROUNDS && pages.left() > FEW; again++) {
            pages = carried(connection);
        }
        return pages.log() >= LONG && pages.left() <= FEW;
    }

    private static OneConnection.Carried carried(OneConnection connection) {
        try {
            return connection.carry();
        } catch (DbClientException later) {
            later(later);
            return new OneConnection.Carried(0, 0);
        }
    }

    private static void later(RuntimeException why) {
        System.getLogger(LogCarrier.class.getName()).log(System.Logger.Level.DEBUG, "the log stays as it is", why);
    }

    /// Waits until the connection is closed.
    @Override
    public void close() {
        closed = true;
        told.release();
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
