package tongchou.storage;

import io.helidon.dbclient.DbClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Holds the first transaction of a round, and is where accidents happen.
final class Gate extends Faults {

    private final Semaphore arrived = new Semaphore(0);
    private final Semaphore open = new Semaphore(0);
    private volatile boolean holding;
    private @Nullable Transaction current;
    private volatile int batch = -1;
    private int failing = -1;
    private int crashing = -1;
    private boolean afterwards;
    private boolean failedCommit;
    private volatile boolean dead;
    private boolean tore;
    private final boolean[] committed = new boolean[2];
    private final boolean[] doubted = new boolean[2];
    private Path book = Path.of("");
    private Path copy = Path.of("");
    private @Nullable Random random;

    void failCommit(int which, boolean after) {
        failing = which;
        afterwards = after;
    }

    void crashAt(int which, Path file, Path to, Random cuts) {
        crashing = which;
        book = file;
        copy = to;
        random = cuts;
    }

    /// A round begins; what comes first is held or not.
    void begin(boolean hold) {
        batch = -1;
        current = null;
        committed[0] = false;
        committed[1] = false;
        doubted[0] = false;
        doubted[1] = false;
        holding = hold;
    }

    void letGo() {
        if (holding) {
            holding = false;
            open.release();
        }
    }

    void awaitArrival() throws InterruptedException {
        arrived.acquire();
    }

    void heal() {
        failAt(0, false);
        failing = -1;
        crashing = -1;
        failedCommit = false;
    }

    boolean commitFailed() {
        return failedCommit;
    }

    boolean wasCommitted(int which) {
        return committed[which];
    }

    /// Whether a commit failed, happened or not, while the process lives.
    boolean isInDoubt(int which) {
        return doubted[which] && !dead;
    }

    boolean isDead() {
        return dead;
    }

    int crashedBatch() {
        return crashing;
    }

    boolean tore() {
        return tore;
    }

    @Override
    public Transaction within(Transaction transaction) {
        if (transaction != current) {
            current = transaction;
            batch = Math.min(batch + 1, 1);
            if (batch == 0 && holding) {
                arrived.release();
                open.acquireUninterruptibly();
            }
        }
        if (dead) {
            throw dead();
        }
        return super.within(transaction);
    }

    /// How a process connects: once it is dead, not at all.
    Supplier<OneConnection> whileAlive(Supplier<OneConnection> connect) {
        return () -> {
            if (dead) {
                throw dead();
            }
            return connect.get();
        };
    }

    private static DbClientException dead() {
        return new DbClientException("the process is dead");
    }

    @Override
    public void commit(Transaction transaction) {
        if (dead) {
            throw dead();
        }
        if (batch == crashing) {
            crash(transaction);
        }
        try {
            failing(transaction);
        } catch (DbClientException failed) {
            doubted[batch] = true;
            throw failed;
        }
    }

    private void failing(Transaction transaction) {
        if (batch == failing && !afterwards) {
            failedCommit = true;
            throw new DbClientException("the commit failed on purpose, before it happened");
        }
        transaction(transaction);
        if (batch == failing) {
            failedCommit = true;
            throw new DbClientException("the commit failed on purpose, after it happened");
        }
    }

    private void transaction(Transaction transaction) {
        try {
            super.commit(transaction);
            committed(true);
        } catch (DbClientException failed) {
            committed(failed.getMessage().endsWith("after the call"));
            throw failed;
        }
    }

    private void committed(boolean happened) {
        if (batch < committed.length) {
            committed[batch] = happened;
        }
    }

    /// The process dies while this commit is written: of the log, some first part of what the commit changes is
    /// there; the file is as before, for it is written later.
    private void crash(Transaction transaction) {
        try {
            var log = Path.of(book + "-wal");
            var before = Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
            Files.copy(book, copy, StandardCopyOption.REPLACE_EXISTING);
            transaction.commit();
            var after = Files.readAllBytes(log);
            var first = Arrays.mismatch(before, after);
            var cut = first < 0 ? after.length
                    : first + Objects.requireNonNull(random).nextInt(after.length - first + 1);
            var torn = Arrays.copyOf(after, Math.max(before.length, cut));
            System.arraycopy(before, Math.min(cut, before.length), torn, Math.min(cut, before.length),
                    before.length - Math.min(cut, before.length));
            Files.write(Path.of(copy + "-wal"), torn);
            tore = cut < after.length;
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } finally {
            dead = true;
        }
        throw new DbClientException("the process died");
    }

    @Override
    public String toString() {
        return hasHappened() ? "a failing call" : dead ? "a crash in transaction " + crashing
                : failedCommit ? "a failing commit of transaction " + failing : "no accident";
    }

    static void delete(Path book) throws IOException {
        for (var ending : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(Path.of(book + ending));
        }
    }
}
