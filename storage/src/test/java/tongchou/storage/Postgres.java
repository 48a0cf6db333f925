package tongchou.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The PostgreSQL of all tests of this process: started once, for every book a new copy of one that was migrated once.
final class Postgres {

    private static @Nullable EmbeddedPostgres server;
    private static int databases;

    private Postgres() {
    }

    /// The address of an empty book.
    static synchronized String emptyUrl() throws SQLException {
        var running = start();
        var name = "book" + databases++;
        create(running, name, "migrated");
        return running.getJdbcUrl("postgres", name);
    }

    /// An empty book.
    static BookContract.Store empty() throws SQLException {
        return store(emptyUrl());
    }

    static BookContract.Store store(String url) {
        return new BookContract.Store() {
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

    /// Removes a book that nobody needs any more: thousands of files would have to be removed at the end.
    static synchronized void drop(String url) throws SQLException {
        try (var connection = start().getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("drop database " + url.replaceAll(".*/|\\?.*", "") + " with (force)");
        }
    }

    private static EmbeddedPostgres start() throws SQLException {
        if (server == null) {
            try {
                server = EmbeddedPostgres.builder().setDataDirectory(InMemory.folder())
                        .setServerConfig("fsync", "off").setServerConfig("autovacuum", "off")
                        .setServerConfig("full_page_writes", "off").setServerConfig("max_wal_size", "256MB").start();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            var running = server;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    running.close();
                } catch (IOException alreadyGone) {
                    System.err.println("PostgreSQL did not stop: " + alreadyGone);
                }
            }));
            create(server, "migrated", "template1");
            Books.postgresql(server.getJdbcUrl("postgres", "migrated"), "postgres", "postgres").close();
        }
        return server;
    }

    /// Hundreds of files are copied as they are, which in memory takes 30 ms; on a disk it was most of a second,
    /// and page by page through the log as well.
    private static void create(EmbeddedPostgres running, String name, String template) throws SQLException {
        try (var connection = running.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + template + " strategy file_copy");
        }
    }
}
