package tongchou.storage;

import java.sql.SQLException;

/// The book in a PostgreSQL database, for every test a new copy of one that was migrated once.
class PostgresqlBookTest extends OversightContract {

    @Override
    Store emptyStore() throws SQLException {
        return Postgres.empty();
    }
}
