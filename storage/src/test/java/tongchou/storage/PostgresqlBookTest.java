package tongchou.storage;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;

/// The book in a PostgreSQL database, for every test a new copy of one that was migrated once.
@Order(1)
class PostgresqlBookTest extends BudgetContract {

    private static @Nullable String before;

    @Override
    Store emptyStore() throws SQLException {
        if (before != null) {
            Postgres.drop(before);
        }
        before = Postgres.emptyUrl();
        return Postgres.store(before);
    }
}
