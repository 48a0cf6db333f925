package tongchou.storage;

import io.helidon.dbclient.DbClientException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks a SQLite file on connections that keep their prepared statements (只读连接), opened when they are first needed.
final class HeldReaders implements Questions {

    private final Supplier<OneConnection> connect;
    private final int most;
    private final Semaphore free;
    private final Deque<OneConnection> waiting = new ArrayDeque<>();
    private boolean closed;

    /// @param most how many may ask at once; others wait
    HeldReaders(Supplier<OneConnection> connect, int most) {
        this.connect = connect;
        this.most = most;
        this.free = new Semaphore(most);
    }

    @Override
    public <T> T read(Function<Session, T> question) {
        free.acquireUninterruptibly();
        try {
            var waits = waiting();
            var connection = waits == null ? connect.get() : waits;
            try {
                return Questions.asked(connection.begin("begin"), question);
            } finally {
                putBack(connection);
            }
        } catch (DbClientException failed) {
            throw Questions.unreadable(failed);
        } finally {
            free.release();
        }
    }

    private synchronized @Nullable OneConnection waiting() {
        if (closed) {
            throw new IllegalStateException("the book is closed");
        }
        return waiting.poll();
    }

    private synchronized void putBack(OneConnection connection) {
        if (connection.isBroken()) {
            connection.close();
        } else {
            waiting.push(connection);
        }
    }

    /// Waits for those who are asking.
    @Override
    public void close() {
        free.acquireUninterruptibly(most);
        synchronized (this) {
            closed = true;
            waiting.forEach(OneConnection::close);
            waiting.clear();
        }
        free.release(most);
    }
}
