package tongchou.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The book in a PostgreSQL database, for every test a new copy of one that was migrated once.
class PostgresqlBookTest extends OversightContract {

    private static EmbeddedPostgres server;
    private static int databases;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        create("migrated", "template1");
        Books.postgresql(server.getJdbcUrl("postgres", "migrated"), "postgres", "postgres").close();
    }

    private static void create(String name, String template) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + template);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Override
    Store emptyStore() throws SQLException {
        var name = "book" + databases++;
        create(name, "migrated");
        var url = server.getJdbcUrl("postgres", name);
        return new Store() {
            @Override
            public Book open(Writer.Commit commit) {
                return Books.postgresql(url, "postgres", "postgres", commit);
            }

            @Override
            public Connection connect() throws SQLException {
                return DriverManager.getConnection(url, "postgres", "postgres");
            }
        };
    }
}
