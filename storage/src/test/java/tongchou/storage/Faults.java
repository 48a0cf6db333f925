package tongchou.storage;

import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;
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
    public void commit(DbTransaction transaction) {
        call(() -> {
            transaction.commit();
            return "";
        });
    }

    @Override
    public DbExecute within(DbTransaction transaction) {
        return (DbExecute) proxy(DbExecute.class, (proxy, method, given) ->
                statement(method.getReturnType(), method.invoke(transaction, given)));
    }

    private Object statement(Class<?> kind, Object made) {
        return proxy(kind, (proxy, method, given) -> {
            if (method.getName().equals("execute")) {
                return call(() -> method.invoke(made, given));
            }
            var value = method.invoke(made, given);
            return value == made ? proxy : value;
        });
    }

    private static Object proxy(Class<?> kind, InvocationHandler handler) {
        return Proxy.newProxyInstance(Faults.class.getClassLoader(), new Class<?>[] {kind},
                (proxy, method, given) -> {
                    try {
                        return handler.invoke(proxy, method, given);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private synchronized boolean isNext() {
        calls++;
        var next = --left == 0;
        happened |= next;
        return next;
    }

    private @Nullable Object call(Callable<@Nullable Object> made) {
        var fails = isNext();
        try {
            if (fails && !after) {
                throw new DbClientException("the store failed on purpose, before the call");
            }
            var value = made.call();
            if (fails) {
                if (value instanceof AutoCloseable rows) {
                    rows.close();
                }
                throw new DbClientException("the store failed on purpose, after the call");
            }
            return value;
        } catch (RuntimeException failed) {
            throw failed;
        } catch (InvocationTargetException failed) {
            throw (RuntimeException) failed.getCause();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
