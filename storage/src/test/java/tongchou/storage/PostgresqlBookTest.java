package tongchou.storage;

import java.sql.SQLException;
import org.junit.jupiter.api.Order;

/// The book in a PostgreSQL database, for every test a new copy of one that was migrated once.
@Order(1)
class PostgresqlBookTest extends OversightContract {

    @Override
    Store emptyStore() throws SQLException {
        return Postgres.empty();
    }
}
