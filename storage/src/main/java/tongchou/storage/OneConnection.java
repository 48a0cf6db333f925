package tongchou.storage;

import io.helidon.dbclient.jdbc.JdbcConnectionPool;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// A pool of one connection that keeps its prepared statements (单连接), for one thread at a time.
///
/// DbClient prepares every statement anew. SQLite compiles a statement together with its triggers, which takes longer
/// than running it, so closing a statement only puts it back here.
final class OneConnection implements JdbcConnectionPool, AutoCloseable {

    private static final int MOST_STATEMENTS = 256;

    private final Connection physical;
    private final Connection lent;
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private boolean broken;

    /// Opens the connection.
    ///
    /// @param pragmas what the driver has no setting for
    OneConnection(String url, Properties settings, String... pragmas) {
        try {
            physical = DriverManager.getConnection(url, settings);
            try (var statement = physical.createStatement()) {
                for (var pragma : pragmas) {
                    statement.execute(pragma);
                }
            }
        } catch (SQLException failed) {
            throw new BookException("the store could not be opened", failed, false);
        }
        lent = (Connection) Proxy.newProxyInstance(
                OneConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, this::onConnection);
    }

    @Override
    public Connection connection() {
        return lent;
    }

    private @Nullable Object onConnection(Object proxy, Method method, Object @Nullable [] given) throws Throwable {
        return switch (method.getName()) {
            case "close" -> {
                endTransaction();
                yield null;
            }
            case "prepareStatement" -> given != null && given.length == 1
                    ? prepared((String) given[0]) : call(physical, method, given);
            default -> call(physical, method, given);
        };
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        var found = kept.get(sql);
        if (found == null || found.inUse) {
            found = new Kept(physical.prepareStatement(sql));
            kept.put(sql, found);
        }
        if (kept.size() > MOST_STATEMENTS) {
            var eldest = kept.entrySet().iterator();
            eldest.next().getValue().statement.close();
            eldest.remove();
        }
        found.inUse = true;
        return found.lent;
    }

    /// The driver begins the next transaction as soon as one ends; left open, it would keep other processes out.
    ///
    /// A commit that fails, on a full disk for example, has ended the transaction; that there is nothing left to take
    /// back must not be said in the place of why it failed.
    private void endTransaction() {
        try {
            if (!physical.getAutoCommit()) {
                physical.rollback();
                physical.setAutoCommit(true);
            }
        } catch (SQLException alreadyEnded) {
            broken = true;
            System.getLogger(OneConnection.class.getName())
                    .log(System.Logger.Level.DEBUG, "rollback failed", alreadyEnded);
        }
    }

    /// Whether a transaction ended otherwise than it was told to, so that nobody should begin another.
    boolean isBroken() {
        return broken;
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] given) throws Throwable {
        try {
            return method.invoke(target, given);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    @Override
    public void close() {
        try {
            physical.close();
        } catch (SQLException alreadyGone) {
            System.getLogger(OneConnection.class.getName()).log(System.Logger.Level.DEBUG, "close failed", alreadyGone);
        }
    }

    /// A statement that waits here to be used again.
    private static final class Kept {

        private final PreparedStatement statement;
        private final PreparedStatement lent;
        private @Nullable ResultSet rows;
        private boolean inUse;

        Kept(PreparedStatement statement) {
            this.statement = statement;
            this.lent = (PreparedStatement) Proxy.newProxyInstance(OneConnection.class.getClassLoader(),
                    new Class<?>[] {PreparedStatement.class}, this::onStatement);
        }

        private @Nullable Object onStatement(Object proxy, Method method, Object @Nullable [] given) throws Throwable {
            return switch (method.getName()) {
                case "close" -> {
                    putBack();
                    yield null;
                }
                case "executeQuery" -> rows = (ResultSet) call(statement, method, given);
                default -> call(statement, method, given);
            };
        }

        private void putBack() throws SQLException {
            if (inUse) {
                if (rows != null) {
                    rows.close();
                    rows = null;
                }
                statement.clearParameters();
                inUse = false;
            }
        }
    }
}
