package tongchou.storage;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The one writer that SQLite allows (单一写入者): whoever has the turn makes the changes of all who wait.
///
/// Changes that arrive while the disk is busy share the next transaction, each behind a savepoint of its own, so that
/// one flush makes all of them durable and one that fails takes nobody with it.
final class OneWriter implements Writer {

    private static final int MOST_TOGETHER = 128;

    private final Supplier<DbClient> connect;
    private final Commit commit;
    private final ReentrantLock turn = new ReentrantLock();
    private final Queue<Change<?>> waiting = new ConcurrentLinkedQueue<>();
    private @Nullable DbClient client;

    OneWriter(Supplier<DbClient> connect, Commit commit) {
        this.connect = connect;
        this.commit = commit;
        this.client = connect.get();
    }

    @Override
    public <T> T write(Function<Session, T> work) {
        var change = new Change<>(work);
        waiting.add(change);
        turn.lock();
        try {
            while (!change.done) {
                writeWaiting();
            }
        } finally {
            turn.unlock();
        }
        return change.result();
    }

    private void writeWaiting() {
        var together = new ArrayList<Change<?>>();
        for (var next = waiting.poll(); next != null; next = together.size() < MOST_TOGETHER ? waiting.poll() : null) {
            together.add(next);
        }
        try {
            transact(together);
        } catch (DbClientException failed) {
            fail(together, new BookException("the store failed before anything was committed", failed, false));
        } finally {
            together.forEach(change -> change.done = true);
        }
    }

    private void transact(List<Change<?>> together) {
        if (client == null) {
            client = connect.get();
        }
        var transaction = client.transaction();
        var open = true;
        try {
            var session = new Session(transaction);
            for (var change : together) {
                session.change("savepoint change");
                change.attempt(new Session(transaction));
                session.change(change.failure == null ? "release change" : "rollback to change");
            }
            if (together.stream().anyMatch(change -> change.failure == null)) {
                open = false;
                commit(transaction, together);
            }
        } finally {
            if (open) {
                transaction.rollback();
            }
        }
    }

    private void commit(io.helidon.dbclient.DbTransaction transaction, List<Change<?>> together) {
        try {
            commit.commit(transaction);
        } catch (RuntimeException failed) {
            reopen();
            fail(together, new BookException("the commit failed; it may have happened", failed, true));
            return;
        }
        for (var change : together) {
            if (change.failure == null) {
                change.session().nowDurable();
            }
        }
    }

    /// A connection whose commit failed is not trusted again.
    private void reopen() {
        var doubtful = client;
        client = null;
        if (doubtful != null) {
            doubtful.close();
        }
    }

    private static void fail(List<Change<?>> together, BookException failure) {
        for (var change : together) {
            if (change.failure == null) {
                change.failure = failure;
            }
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            reopen();
        } finally {
            turn.unlock();
        }
    }

    /// A change that waits for its turn; guarded by the turn once it is queued.
    private static final class Change<T> {

        private final Function<Session, T> work;
        private @Nullable T value;
        private @Nullable Session session;
        private @Nullable Throwable failure;
        private boolean done;

        Change(Function<Session, T> work) {
            this.work = work;
        }

        void attempt(Session in) {
            session = in;
            try {
                value = work.apply(in);
            } catch (DbClientException failed) {
                failure = new BookException("the store refused a statement; nothing was written", failed, false);
            } catch (RuntimeException | Error failed) {
                failure = failed;
            }
        }

        Session session() {
            return java.util.Objects.requireNonNull(session);
        }

        T result() {
            switch (failure) {
                case null -> {
                    return java.util.Objects.requireNonNull(value);
                }
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                default -> throw new IllegalStateException(failure);
            }
        }
    }
}
