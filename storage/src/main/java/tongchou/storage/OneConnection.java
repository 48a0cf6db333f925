package tongchou.storage;

import io.helidon.dbclient.DbClientException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A connection that keeps its prepared statements (单连接), for one thread at a time.
///
/// SQLite compiles a statement together with its triggers, which takes longer than running it; so a statement is
/// prepared once and held. What runs thousands of times a second goes straight to the driver.
final class OneConnection implements AutoCloseable {

    private static final int MOST_STATEMENTS = 256;

    private final Connection connection;
    private final Map<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);
    private boolean broken;

    /// Opens the connection.
    ///
    /// @param pragmas what the driver has no setting for
    OneConnection(String url, Properties settings, String... pragmas) {
        try {
            connection = DriverManager.getConnection(url, settings);
            try (var statement = connection.createStatement()) {
                for (var pragma : pragmas) {
                    statement.execute(pragma);
                }
                // Otherwise the driver tries to begin a transaction of its own around every statement.
                connection.setAutoCommit(false);
                statement.execute("rollback");
            }
        } catch (SQLException failed) {
            throw new BookException("the store could not be opened", failed, false);
        }
    }

    /// Begins a transaction.
    ///
    /// @param how `begin immediate` for one that writes: until it ends, nobody else does
    Transaction begin(String how) {
        run(how);
        return new Begun();
    }

    /// Another number whenever somebody else has changed the file since.
    long version() {
        try (var held = held("pragma data_version"); var rows = held.statement.executeQuery()) {
            return rows.getLong(1);
        } catch (SQLException failed) {
            throw new DbClientException("failed to ask for the version", failed);
        }
    }

    /// Carries the log into the file (检查点), as far as nobody is in the way.
    Carried carry() {
        try (var held = held("pragma wal_checkpoint(passive)"); var rows = held.statement.executeQuery()) {
            return rows.next() ? new Carried(rows.getLong(2), rows.getLong(2) - rows.getLong(3)) : new Carried(0, 0);
        } catch (SQLException failed) {
            throw new DbClientException("failed to carry the log into the file", failed);
        }
    }

    /// What a checkpoint came to, in pages.
    ///
    /// @param log how long the log is
    /// @param left how much of it is not in the file
    record Carried(long log, long left) {
    }

    private void run(String sql) {
        try (var held = held(sql)) {
            held.statement.execute();
        } catch (SQLException failed) {
            throw new DbClientException("failed to " + sql, failed);
        }
    }

    private Held held(String sql) throws SQLException {
        var found = held.get(sql);
        if (found == null || found.inUse) {
            found = new Held(connection.prepareStatement(sql));
            held.put(sql, found);
            if (held.size() > MOST_STATEMENTS) {
                var eldest = held.entrySet().iterator();
                eldest.next().getValue().statement.close();
                eldest.remove();
            }
        }
        found.inUse = true;
        return found;
    }

    /// Whether a transaction ended otherwise than it was told to, so that nobody should begin another.
    boolean isBroken() {
        return broken;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException alreadyGone) {
            System.getLogger(OneConnection.class.getName()).log(System.Logger.Level.DEBUG, "close failed", alreadyGone);
        }
    }

    /// A transaction that was begun here.
    private final class Begun implements Transaction {

        @Override
        public <T> List<T> query(String sql, Function<Columns, T> read, @Nullable Object... parameters) {
            try (var held = held(sql)) {
                held.bind(parameters);
                try (var rows = held.statement.executeQuery()) {
                    var values = new ArrayList<T>();
                    while (rows.next()) {
                        values.add(read.apply(place -> value(rows, place)));
                    }
                    return values;
                }
            } catch (SQLException failed) {
                throw new DbClientException("failed to ask " + sql, failed);
            }
        }

        private static @Nullable Object value(ResultSet rows, int place) {
            try {
                return rows.getObject(place);
            } catch (SQLException failed) {
                throw new DbClientException("failed to read a column", failed);
            }
        }

        @Override
        public long change(String sql, @Nullable Object... parameters) {
            try (var held = held(sql)) {
                held.bind(parameters);
                return held.statement.executeUpdate();
            } catch (SQLException failed) {
                throw new DbClientException("failed to change " + sql, failed);
            }
        }

        @Override
        public void commit() {
            run("commit");
        }

        /// A commit that fails, on a full disk for example, has ended the transaction; that there is nothing left to
        /// take back must not be said in the place of why it failed.
        @Override
        public void rollback() {
            try {
                run("rollback");
            } catch (DbClientException alreadyEnded) {
                broken = true;
                System.getLogger(OneConnection.class.getName())
                        .log(System.Logger.Level.DEBUG, "rollback failed", alreadyEnded);
            }
        }
    }

    /// A statement that waits here to be used again, with the values of its last use: to clear them makes SQLite plan
    /// the statement anew, which takes several times as long as most statements do.
    private static final class Held implements AutoCloseable {

        private final PreparedStatement statement;
        private final int places;
        private boolean inUse;

        Held(PreparedStatement statement) throws SQLException {
            this.statement = statement;
            this.places = statement.getParameterMetaData().getParameterCount();
        }

        /// @throws IllegalArgumentException unless there is a value for every place
        void bind(@Nullable Object... parameters) throws SQLException {
            if (parameters.length != places) {
                throw new IllegalArgumentException(parameters.length + " values for " + places + " places");
            }
            for (var i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
        }

        @Override
        public void close() {
            inUse = false;
        }
    }
}
