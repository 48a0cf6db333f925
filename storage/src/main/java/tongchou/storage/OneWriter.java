package tongchou.storage;

import io.helidon.dbclient.DbClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The one writer that SQLite allows (单一写入者): a thread that makes everybody's changes on one connection.
///
/// Changes that arrive while the disk is busy share the next transaction, so that one flush makes all of them durable;
/// one that fails takes nobody with it. Where others are being prepared, a transaction stays open for them a little;
/// after one that several shared, as much time passes as its commit took before the next begins: whoever comes alone
/// waits for nobody, and many do not spend a flush on every two or three of them.
final class OneWriter implements Writer {

    private static final int MOST_TOGETHER = 128;

    /// How long a transaction stays open for changes that are being prepared: some flushes long.
    private static final Duration PATIENCE = Duration.ofMillis(2);

    /// How many that wait are enough to begin with.
    private static final int ENOUGH = MOST_TOGETHER / 4;

    /// How often it looks for them, in nanoseconds.
    private static final long LOOK = PATIENCE.toNanos() / 4;

    private final Supplier<OneConnection> connect;
    private final Commit commit;
    private final @Nullable LogCarrier carrier;
    private final Duration patience;
    private final BlockingQueue<Change<?>> waiting = new LinkedBlockingQueue<>();
    private final AtomicInteger prepared = new AtomicInteger();
    private final Changes changes = new Changes();
    private final Thread thread;
    private @Nullable OneConnection connection;

    /// How long the last commit took, in nanoseconds; the patience at most.
    private long flush;

    private boolean closed;

    OneWriter(Supplier<OneConnection> connect, Commit commit) {
        this(connect, commit, null);
    }

    /// @param carrier null where the log is left to SQLite
    OneWriter(Supplier<OneConnection> connect, Commit commit, @Nullable LogCarrier carrier) {
        this(connect, commit, carrier, PATIENCE);
    }

    /// @param patience how long a transaction stays open for changes that are being prepared, and how long at most the
    ///     next one waits after several that shared one; zero for not at all
    OneWriter(Supplier<OneConnection> connect, Commit commit, @Nullable LogCarrier carrier, Duration patience) {
        this.connect = connect;
        this.commit = commit;
        this.carrier = carrier;
        this.patience = patience;
        open();
        this.thread = Thread.ofPlatform().name("book-writer").priority(Thread.MAX_PRIORITY).daemon()
                .start(this::writeUntilClosed);
    }

    @Override
    public <T> T write(Function<Session, T> work) {
        return queued(new Change<>(work, false)).result();
    }

    @Override
    public <P extends @Nullable Object, T> T write(Supplier<P> prepare, BiFunction<Session, P, T> work) {
        Change<T> change;
        prepared.incrementAndGet();
        try {
            var ready = prepare.get();
            change = queued(new Change<>(session -> work.apply(session, ready), true));
        } finally {
            prepared.decrementAndGet();
        }
        return change.result();
    }

    private synchronized <T> Change<T> queued(Change<T> change) {
        if (closed) {
            throw new IllegalStateException("the book is closed");
        }
        waiting.add(change);
        return change;
    }

    @Override
    public Changes changes() {
        return changes;
    }

    /// How many changes wait for the transaction after the one under way (积压).
    int backlog() {
        return waiting.size();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                closed = true;
                waiting.add(new Change<>(session -> false, false));
            }
        }
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

    private synchronized boolean isOver() {
        return closed && waiting.isEmpty();
    }

    private void writeUntilClosed() {
        var next = System.nanoTime();
        while (!isOver()) {
            var together = new ArrayList<Change<?>>();
            try {
                together.add(waiting.take());
            } catch (InterruptedException notMeantForUs) {
                continue;
            }
            letOthersCome(next);
            waiting.drainTo(together, MOST_TOGETHER - 1);
            try {
                transact(together);
            } catch (RuntimeException failed) {
                drop();
                fail(together, new BookException("the store failed before anything was committed", failed, false));
            }
            next = System.nanoTime() + (together.size() > 1 ? flush : 0);
            together.forEach(Change::tell);
            if (carrier != null && connection != null) {
                carrier.written(together.size(), connection);
            }
        }
        if (carrier != null) {
            carrier.close();
        }
        drop();
    }

    /// Waits until a moment, or until enough wait with the one who came first.
    private void letOthersCome(long until) {
        var left = until - System.nanoTime();
        while (left > 0 && waiting.size() < ENOUGH) {
            LockSupport.parkNanos(left);
            left = until - System.nanoTime();
        }
    }

    /// Adds what was prepared meanwhile, and waits a little for what is being prepared: every commit costs a flush and
    /// the pages that all share. Any other change may take long, so it waits for the next transaction.
    private void gather(List<Change<?>> together, long until) {
        var before = together.size();
        while (!patience.isZero() && together.size() == before && before < MOST_TOGETHER) {
            for (var next = waiting.peek(); next != null && next.prepared && together.size() < MOST_TOGETHER;
                    next = waiting.peek()) {
                together.add(waiting.remove());
            }
            var nothingToWaitFor = !waiting.isEmpty() || prepared.get() == 0;
            if (together.size() > before || nothingToWaitFor || System.nanoTime() - until > 0) {
                return;
            }
            LockSupport.parkNanos(LOOK);
        }
    }

    /// Makes changes together. Where one of several fails, all are made again, each behind a savepoint: a savepoint
    /// costs a copy of every page that is touched, and almost never anything fails.
    private void transact(List<Change<?>> together) {
        if (!transact(together, false)) {
            transact(together, true);
        }
    }

    /// @return whether it came to an end: everything was made, or what failed was left out
    private boolean transact(List<Change<?>> together, boolean apart) {
        var transaction = open().begin("begin immediate");
        var uncommitted = true;
        var until = System.nanoTime() + patience.toNanos();
        try {
            changes.begin(open().version());
            var session = new Session(commit.within(transaction));
            var savepoints = apart && together.size() > 1;
            var tail = new Tail();
            for (var i = 0; i < together.size(); i++) {
                var change = together.get(i);
                if (savepoints) {
                    session.change("savepoint change");
                }
                change.attempt(new Session(commit.within(transaction), apart ? new Tail() : tail, apart));
                if (change.failure == null) {
                    changes.made(Objects.requireNonNull(change.session));
                }
                if (savepoints) {
                    session.change(change.failure == null ? "release change" : "rollback to change");
                } else if (change.failure != null && !apart) {
                    return false;
                }
                if (!apart && change.prepared && i == together.size() - 1) {
                    gather(together, until);
                }
            }
            if (together.stream().anyMatch(change -> change.failure == null)) {
                uncommitted = false;
                commit(transaction, together);
            }
            return true;
        } finally {
            if (uncommitted) {
                Writer.rollback(transaction);
            }
        }
    }

    private void commit(Transaction transaction, List<Change<?>> together) {
        var begun = System.nanoTime();
        try {
            commit.commit(transaction);
            flush = Math.min(System.nanoTime() - begun, patience.toNanos());
        } catch (RuntimeException failed) {
            changes.forget();
            drop();
            fail(together, new BookException("the commit failed; it may have happened", failed, true));
            return;
        }
        changes.keep();
        for (var change : together) {
            if (change.failure == null) {
                Objects.requireNonNull(change.session).nowDurable();
            }
        }
    }

    private OneConnection open() {
        if (connection != null && connection.isBroken()) {
            drop();
        }
        var open = connection == null ? connect.get() : connection;
        connection = open;
        return open;
    }

    /// A connection that failed is not trusted again; the next change opens another.
    private void drop() {
        if (connection != null) {
            connection.close();
        }
        connection = null;
    }

    /// Tells everybody whose transaction failed. Whoever failed in it by himself may have done so over what others had
    /// changed just before, which now may never have happened: his reason no longer counts, and he wrote nothing.
    private static void fail(List<Change<?>> together, BookException failure) {
        for (var change : together) {
            if (change.failure == null) {
                change.failure = failure;
            } else if (change.failure instanceof RuntimeException own) {
                change.failure = new BookException(
                        "the transaction failed; nothing of this change was written", failure.getCause(), false);
                change.failure.addSuppressed(own);
            }
        }
    }

    /// A change that waits for the writer, and its outcome.
    private static final class Change<T> {

        private final Function<Session, T> work;
        private final boolean prepared;
        private final CompletableFuture<T> outcome = new CompletableFuture<>();
        private @Nullable T value;
        private @Nullable Session session;
        private @Nullable Throwable failure;

        /// @param prepared whether what takes long was done before
        Change(Function<Session, T> work, boolean prepared) {
            this.work = work;
            this.prepared = prepared;
        }

        void attempt(Session in) {
            session = in;
            failure = null;
            try {
                value = work.apply(in);
            } catch (DbClientException failed) {
                failure = new BookException("the store refused a statement; nothing was written", failed, false);
            } catch (RuntimeException | Error failed) {
                failure = failed;
            }
        }

        void tell() {
            if (failure == null) {
                outcome.complete(Objects.requireNonNull(value));
            } else {
                outcome.completeExceptionally(failure);
            }
        }

        T result() {
            try {
                return outcome.join();
            } catch (CompletionException failed) {
                switch (failed.getCause()) {
                    case RuntimeException unchecked -> throw unchecked;
                    case Error error -> throw error;
                    case null, default -> throw failed;
                }
            }
        }
    }
}
