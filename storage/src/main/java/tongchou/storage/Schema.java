package tongchou.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/// Brings a store to the newest schema (建表与升级).
///
/// The scripts and the history of what was applied are Flyway's, and so is every upgrade. Flyway takes longer than
/// the rest of a start, though, and mostly there is nothing for it to do: a book whose history is that of this version
/// is known by one query, and a new file takes what all scripts come to, and their history, in one transaction.
final class Schema {

    private static final String DONE =
            "select script, checksum, success from flyway_schema_history order by installed_rank";

    private static final String ADD = "insert into flyway_schema_history (installed_rank, version, description, type, "
            + "script, checksum, installed_by, execution_time, success) values (?, ?, ?, 'SQL', ?, ?, '', 0, 1)";

    private final Dialect dialect;
    private final String url;
    private final Properties settings;
    private final List<Migration> migrations;

    /// The schema of a store.
    ///
    /// @param settings what the driver is told, the user among it
    Schema(Dialect dialect, String url, Properties settings) {
        this.dialect = dialect;
        this.url = url;
        this.settings = settings;
        this.migrations = resource(dialect.scripts() + ".txt").lines().map(Migration::read).toList();
    }

    /// A script and the checksum that Flyway keeps of it.
    record Migration(String script, int checksum) {

        static Migration read(String line) {
            var words = line.split(" ");
            return new Migration(words[0], Integer.parseInt(words[1]));
        }

        String version() {
            return script.substring(1, script.indexOf("__"));
        }

        String description() {
            return script.substring(script.indexOf("__") + 2, script.indexOf(".sql")).replace('_', ' ');
        }
    }

    /// Creates the schema, upgrades it, or finds that it is the newest.
    ///
    /// @param file the file of the store, which may be about to be created; null where it is none
    /// @throws BookException when the store cannot be reached or holds another schema
    void bring(@Nullable Path file) {
        if (file != null && isNew(file) ? create() : isNewest()) {
            return;
        }
        migrate();
    }

    /// Whether nothing of a book is there, not even a log of changes that waits for its file.
    private static boolean isNew(Path file) {
        return Stream.of("", "-wal", "-journal").noneMatch(part -> Files.exists(Path.of(file + part)));
    }

    /// Makes what all scripts come to in one transaction; to make every object once takes a quarter of the time that
    /// making and altering them does.
    ///
    /// @return false when somebody else was faster, or it cannot be done; then nothing was changed
    private boolean create() {
        try (var connection = connect(); var statement = connection.createStatement()) {
            statement.executeUpdate("begin immediate");
            try (var tables = statement.executeQuery("select 1 from sqlite_master")) {
                if (tables.next()) {
                    return false;
                }
            }
            statement.executeUpdate(resource(dialect.scripts() + "-whole.sql"));
            try (var add = connection.prepareStatement(ADD)) {
                for (var rank = 0; rank < migrations.size(); rank++) {
                    var migration = migrations.get(rank);
                    add.setInt(1, rank + 1);
                    add.setString(2, migration.version());
                    add.setString(3, migration.description());
                    add.setString(4, migration.script());
                    add.setInt(5, migration.checksum());
                    add.executeUpdate();
                }
            }
            statement.executeUpdate("commit");
            return true;
        } catch (SQLException impossible) {
            return false;
        }
    }

    private boolean isNewest() {
        try (var connection = connect(); var statement = connection.createStatement();
                var rows = statement.executeQuery(DONE)) {
            var done = new ArrayList<Migration>();
            while (rows.next()) {
                if (!rows.getBoolean(3)) {
                    return false;
                }
                done.add(new Migration(Objects.toString(rows.getString(1), ""), rows.getInt(2)));
            }
            return done.equals(migrations);
        } catch (SQLException noHistory) {
            return false;
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, settings);
    }

    /// What Flyway makes of it.
    void migrate() {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(url, settings.getProperty("user", ""), settings.getProperty("password", ""))
                    .locations(dialect.migrations()).failOnMissingLocations(true).load().migrate();
        } catch (FlywayException failed) {
            throw new BookException("the schema could not be created or migrated", failed, false);
        }
    }

    private static String resource(String name) {
        try (var in = Schema.class.getResourceAsStream("/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
