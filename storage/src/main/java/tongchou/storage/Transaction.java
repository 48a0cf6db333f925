package tongchou.storage;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A transaction as a store gives it (事务): its statements with `?`, and how it ends. For one thread at a time.
///
/// Failures of the store are [io.helidon.dbclient.DbClientException]s, whatever carries the statements.
interface Transaction {

    /// Asks, and reads every row while the store holds it.
    <T> List<T> query(String sql, Function<Columns, T> read, @Nullable Object... parameters);

    /// Changes rows.
    ///
    /// @return how many rows were changed
    long change(String sql, @Nullable Object... parameters);

    /// Makes it durable.
    void commit();

    /// Takes back what was not committed.
    void rollback();

    /// A row whose columns count from one.
    @FunctionalInterface
    interface Columns {
        /// The value as the store's driver gives it.
        @Nullable Object value(int place);
    }
}
