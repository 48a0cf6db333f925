package tongchou.storage;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.sqlite.SQLiteOpenMode;

/// Opens books (建账, 开账): creates or migrates the schema first, then connects.
///
/// Opening fails with a [BookException] when the store cannot be reached or holds another schema.
public final class Books {

    private static final int READERS = 4;

    /// Connections to PostgreSQL; a turn is held for as long as its request runs.
    private static final Map<String, Integer> POOLS = Map.of("readers", READERS, "writers", 8, "turns", 16);

    /// A connection serves one thread at a time, so SQLite need not lock it in every call.
    private static final int OPEN =
            SQLiteOpenMode.READWRITE.flag | SQLiteOpenMode.CREATE.flag | SQLiteOpenMode.NOMUTEX.flag;

    private static final Map<String, String> DURABLE = Map.of(
            "journal_mode", "WAL", "synchronous", "FULL", "foreign_keys", "true", "busy_timeout", "5000",
            "jdbc.get_generated_keys", "false", "open_mode", Integer.toString(OPEN));

    /// 32 MiB, so that a large book's inner index pages stay in memory; the others are in that of the system.
    private static final String CACHE = "pragma cache_size = -32768";

    /// What a statement may have to take back is kept in memory, not in a file of its own.
    private static final String UNDO = "pragma temp_store = memory";

    /// Where a [LogCarrier] does not come to it, the log is carried into the file every 64 MiB of pages.
    private static final String CHECKPOINT = "pragma wal_autocheckpoint = 16384";

    private Books() {
    }

    /// The book in one SQLite file, created when it is not there: write-ahead log, every commit flushed to the disk.
    ///
    /// One process writes at a time; a second one that opens the same file waits up to five seconds for each change.
    public static Book sqlite(Path file) {
        return sqlite(file, Fingerprint.SHA_256);
    }

    /// The same with another hash for what is added to the audit log.
    public static Book sqlite(Path file, Fingerprint fingerprint) {
        return sqlite(file, fingerprint, Writer.Commit.ORDINARY);
    }

    static Book sqlite(Path file, Writer.Commit commit, String... pragmas) {
        return sqlite(file, Fingerprint.SHA_256, commit, pragmas);
    }

    private static Book sqlite(Path file, Fingerprint fingerprint, Writer.Commit commit, String... pragmas) {
        var url = "jdbc:sqlite:" + file;
        new Schema(Dialect.SQLITE, url, durable()).bring(file);
        return new SqlBook(Dialect.SQLITE, new OneWriter(() -> writer(url, pragmas), commit,
                new LogCarrier(() -> new OneConnection(url, durable()))), readers(url),
                null, fingerprint);
    }

    /// Copies the book in a SQLite file while others go on reading and writing it (备份), then opens the copy and
    /// verifies it. The copy is of one moment, compact, and appears under its name only when it is complete.
    ///
    /// A book in PostgreSQL is copied with `pg_dump`.
    ///
    /// @return what does not hold in the copy; empty when it can be relied on
    /// @throws BookException when there is a file of that name, or the copy cannot be written
    public static List<Finding> backup(Path file, Path copy, Inspection how) {
        return Copy.of(file, copy, how);
    }

    /// Puts a copy in the place of a book that nobody has open (恢复), after it was verified.
    ///
    /// @param overwrite whether a book that is there may be replaced; it is kept beside, its name ending in `.before`
    /// @return what does not hold in the copy; unless empty, nothing was restored
    /// @throws BookException when there is a book and it may not be replaced, or the file cannot be written
    public static List<Finding> restore(Path copy, Path file, boolean overwrite, Inspection how) {
        return Copy.back(copy, file, overwrite, how);
    }

    /// Verifies the book in a SQLite file without changing anything in it (离线核验).
    ///
    /// @throws BookException when there is no such file, or it holds no book of this version
    public static List<Finding> verify(Path file, Inspection how) {
        return Copy.verify(file, how);
    }

    /// The fingerprints of the master keys without which the identities in a SQLite file cannot be read, the newest
    /// last; empty where the book holds none (证件主密钥指纹). No master key is in a book or a copy of it.
    public static List<String> masterKeys(Path file) {
        return Copy.masterKeys(file);
    }

    static DbClient onlyReading(Path file) {
        var settings = settings("jdbc:sqlite:" + file, "", "", "verifier", 1);
        settings.put("dataSource.busy_timeout", "60000");
        settings.put("connectionInitSql", "pragma query_only = 1");
        return connect(settings);
    }

    /// The book in a PostgreSQL database, version 15 or later, whose default schema is the book's alone.
    ///
    /// @param url for example `jdbc:postgresql://127.0.0.1:5432/tongchou`
    public static Book postgresql(String url, String user, String password) {
        return postgresql(url, user, password, Fingerprint.SHA_256);
    }

    /// The same with another hash for what is added to the audit log.
    public static Book postgresql(String url, String user, String password, Fingerprint fingerprint) {
        return postgresql(url, user, password, fingerprint, Writer.Commit.ORDINARY);
    }

    static Book postgresql(String url, String user, String password, Writer.Commit commit) {
        return postgresql(url, user, password, Fingerprint.SHA_256, commit);
    }

    private static Book postgresql(
            String url, String user, String password, Fingerprint fingerprint, Writer.Commit commit) {
        var entry = new Properties();
        entry.putAll(Map.of("user", user, "password", password));
        new Schema(Dialect.POSTGRESQL, url, entry).bring(null);
        return new SqlBook(Dialect.POSTGRESQL,
                new ManyWriters(postgresql(url, user, password, "writers"), commit),
                Questions.to(postgresql(url, user, password, "readers")), postgresql(url, user, password, "turns"),
                fingerprint);
    }

    /// The connection on which a SQLite file is written.
    static OneConnection writer(String url, String... pragmas) {
        return new OneConnection(url, durable(), Stream.concat(Stream.of(CACHE, UNDO, CHECKPOINT), Stream.of(pragmas))
                .toArray(String[]::new));
    }

    private static Properties durable() {
        var settings = new Properties();
        settings.putAll(DURABLE);
        return settings;
    }

    /// The connections on which a SQLite file is read.
    static Questions readers(String url) {
        return new HeldReaders(() -> new OneConnection(url, durable(), "pragma query_only = 1"), READERS);
    }

    private static DbClient postgresql(String url, String user, String password, String name) {
        var settings = settings(url, user, password, name, POOLS.get(name));
        var readers = name.equals("readers");
        settings.put("dataSource.stringtype", "unspecified");
        settings.put("connectionTimeout", "60000");
        settings.put("transactionIsolation",
                readers ? "TRANSACTION_REPEATABLE_READ" : "TRANSACTION_READ_COMMITTED");
        settings.put("readOnly", Boolean.toString(readers));
        return connect(settings);
    }

    private static Map<String, String> settings(String url, String user, String password, String name, int size) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("url", url);
        settings.put("username", user);
        settings.put("password", password);
        settings.put("poolName", name);
        settings.put("maximumPoolSize", Integer.toString(size));
        settings.put("minimumIdle", "1");
        return settings;
    }

    private static DbClient connect(Map<String, String> settings) {
        var keys = new LinkedHashMap<String, String>();
        settings.forEach((key, value) -> keys.put("connection." + key, value));
        try {
            return JdbcClientBuilder.create().config(Config.just(ConfigSources.create(keys))).build();
        } catch (RuntimeException failed) {
            throw new BookException("the store could not be opened", failed, false);
        }
    }
}
