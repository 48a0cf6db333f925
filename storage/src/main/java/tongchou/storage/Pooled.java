package tongchou.storage;

import io.helidon.dbclient.DbTransaction;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A transaction on a connection of a pool (连接池事务), which goes back there when it ends.
record Pooled(DbTransaction transaction) implements Transaction {

    @Override
    public <T> List<T> query(String sql, Function<Columns, T> read, @Nullable Object... parameters) {
        try (var rows = transaction.createQuery(sql).params(Arrays.asList(parameters)).execute()) {
            return rows.map(row -> read.apply(place -> row.column(place).get(Object.class))).toList();
        }
    }

    @Override
    public long change(String sql, @Nullable Object... parameters) {
        return transaction.createDmlStatement(sql).params(Arrays.asList(parameters)).execute();
    }

    @Override
    public void commit() {
        transaction.commit();
    }

    @Override
    public void rollback() {
        transaction.rollback();
    }
}
