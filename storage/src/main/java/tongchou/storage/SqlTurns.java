package tongchou.storage;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Turns in this process, and by advisory locks of PostgreSQL among all that work on one book (幂等键占用).
final class SqlTurns implements Turns, AutoCloseable {

    private final @Nullable DbClient locks;
    private final Set<String> here = ConcurrentHashMap.newKeySet();

    /// @param locks connections that hold the locks; null where there is no other process
    SqlTurns(@Nullable DbClient locks) {
        this.locks = locks;
    }

    @Override
    public Optional<Turn> take(String owner, String key) {
        var name = owner + " " + key;
        if (!here.add(name)) {
            return Optional.empty();
        }
        if (locks == null) {
            return Optional.of(() -> here.remove(name));
        }
        var taken = false;
        try {
            var elsewhere = lock(locks, name);
            taken = elsewhere.isPresent();
            return elsewhere.map(lock -> () -> {
                here.remove(name);
                lock.close();
            });
        } finally {
            if (!taken) {
                here.remove(name);
            }
        }
    }

    /// The lock lives as long as its transaction, and that no longer than its process.
    private static Optional<Turn> lock(DbClient locks, String name) {
        try {
            var transaction = new Pooled(locks.transaction());
            var held = false;
            try {
                var words = words(name);
                held = new Session(transaction).row(
                        "select case when pg_try_advisory_xact_lock(?, ?) then 1 else 0 end",
                        row -> row.number(1) == 1, words[0], words[1]).orElseThrow();
            } finally {
                if (!held) {
                    Writer.rollback(transaction);
                }
            }
            return held ? Optional.of(() -> Writer.rollback(transaction)) : Optional.empty();
        } catch (DbClientException failed) {
            throw new BookException("the store could not be asked who is at work", failed, false);
        }
    }

    @Override
    public boolean isTaken(String owner, String key) {
        var name = owner + " " + key;
        if (here.contains(name) || locks == null) {
            return here.contains(name);
        }
        var words = words(name);
        try {
            var transaction = new Pooled(locks.transaction());
            try {
                return new Session(transaction).row("""
                        select 1 from pg_locks where locktype = 'advisory' and granted and objsubid = 2
                            and database = (select oid from pg_database where datname = current_database())
                            and cast(classid as bigint) = ? and cast(objid as bigint) = ?""",
                        row -> row.number(1), Integer.toUnsignedLong(words[0]), Integer.toUnsignedLong(words[1]))
                        .isPresent();
            } finally {
                Writer.rollback(transaction);
            }
        } catch (DbClientException failed) {
            throw new BookException("the store could not be asked who is at work", failed, false);
        }
    }

    /// The two words that name a lock: half of SHA-256. Two names that share them only make each other wait.
    private static int[] words(String name) {
        var hash = ByteBuffer.wrap(Fingerprint.SHA_256.of(name.getBytes(StandardCharsets.UTF_8)));
        return new int[] {hash.getInt(), hash.getInt()};
    }

    @Override
    public void close() {
        if (locks != null) {
            Objects.requireNonNull(locks).close();
        }
    }
}
