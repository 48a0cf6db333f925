package tongchou.storage;

import io.helidon.dbclient.DbClientException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A store that fails where it is told to: the n-th call from now on, before or after it was made. A commit is a call.
class Faults implements Writer.Commit {

    private int left;
    private boolean after;
    private boolean happened;
    private int calls;

    Faults() {
    }

    Faults(int nth, boolean after) {
        failAt(nth, after);
    }

    /// Fails the n-th call from now on, once.
    final synchronized void failAt(int nth, boolean afterTheCall) {
        left = nth;
        after = afterTheCall;
        happened = false;
        calls = 0;
    }

    final synchronized boolean hasHappened() {
        return happened;
    }

    /// How many calls were made since the last [#failAt].
    final synchronized int calls() {
        return calls;
    }

    @Override
    public void commit(Transaction transaction) {
        call(() -> {
            transaction.commit();
            return "";
        });
    }

    @Override
    public Transaction within(Transaction transaction) {
        return new Transaction() {
            @Override
            public <T> List<T> query(String sql, Function<Columns, T> read, @Nullable Object... parameters) {
                return call(() -> transaction.query(sql, read, parameters));
            }

            @Override
            public long change(String sql, @Nullable Object... parameters) {
                return call(() -> transaction.change(sql, parameters));
            }

            @Override
            public void commit() {
                transaction.commit();
            }

            @Override
            public void rollback() {
                transaction.rollback();
            }
        };
    }

    private synchronized boolean isNext() {
        calls++;
        var next = --left == 0;
        happened |= next;
        return next;
    }

    private <T> T call(Supplier<T> made) {
        var fails = isNext();
        if (fails && !after) {
            throw new DbClientException("the store failed on purpose, before the call");
        }
        var value = made.get();
        if (fails) {
            throw new DbClientException("the store failed on purpose, after the call");
        }
        return value;
    }
}
