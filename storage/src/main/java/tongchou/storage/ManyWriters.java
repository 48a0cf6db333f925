package tongchou.storage;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// The writers that PostgreSQL allows (并发写入): every change in a transaction of its own, again when it met another.
final class ManyWriters implements Writer {

    /// Serialization failure, deadlock, and two who inserted the same key: the next attempt sees what the other wrote.
    private static final Set<String> MET_ANOTHER = Set.of("40001", "40P01", "23505");

    private static final int MOST_ATTEMPTS = 8;

    private final DbClient client;
    private final Commit commit;

    ManyWriters(DbClient client, Commit commit) {
        this.client = client;
        this.commit = commit;
    }

    @Override
    public <T> T write(Function<Session, T> change) {
        for (var attempt = 1;; attempt++) {
            try {
                return once(change);
            } catch (DbClientException failed) {
                if (attempt == MOST_ATTEMPTS || !metAnother(failed)) {
                    throw new BookException("the store failed before anything was committed", failed, false);
                }
                LockSupport.parkNanos(1_000_000L << attempt);
            }
        }
    }

    private <T> T once(Function<Session, T> change) {
        var transaction = new Pooled(client.transaction());
        var session = new Session(commit.within(transaction));
        var open = true;
        try {
            var value = change.apply(session);
            open = false;
            commit(transaction);
            session.nowDurable();
            return value;
        } finally {
            if (open) {
                Writer.rollback(transaction);
            }
        }
    }

    private void commit(Transaction transaction) {
        try {
            commit.commit(transaction);
        } catch (RuntimeException failed) {
            // A commit that never reached the store would otherwise keep its locks, and whoever asks again would wait.
            Writer.rollback(transaction);
            if (failed instanceof DbClientException refused && metAnother(refused)) {
                throw refused;
            }
            throw new BookException("the commit failed; it may have happened", failed, true);
        }
    }

    private static boolean metAnother(DbClientException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return MET_ANOTHER.contains(sql.getSQLState());
            }
        }
        return false;
    }

    @Override
    public void close() {
        client.close();
    }
}
