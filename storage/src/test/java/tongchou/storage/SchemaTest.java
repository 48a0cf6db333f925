package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A new book made in one go is the one that Flyway makes script by script, and both are known again.
class SchemaTest {

    private static final String OBJECTS =
            "select type, name, tbl_name, sql from sqlite_master order by type, name";
    private static final String HISTORY = "select installed_rank, version, description, type, script, checksum, "
            + "installed_by, success, length(installed_on) from flyway_schema_history order by installed_rank";

    @TempDir
    private Path folder;

    @Test
    void aNewFileIsTheOneThatFlywayMakes() throws SQLException {
        schema("ready.db").bring(folder.resolve("ready.db"));
        schema("flyway.db").migrate();

        assertEquals(read("flyway.db", OBJECTS), read("ready.db", OBJECTS));
        assertEquals(read("flyway.db", HISTORY), read("ready.db", HISTORY));
        for (var table : read("flyway.db", "select name from sqlite_master where type = 'table' and sql is not null "
                + "and sql not like '%virtual table%' and name not like 'flyway%'")) {
            var name = table.getFirst();
            assertEquals(read("flyway.db", "select * from " + name), read("ready.db", "select * from " + name), name);
        }
    }

    /// A new file is made from what the scripts come to. Whoever adds a script copies what this writes.
    @Test
    void theWholeIsWhatTheScriptsComeTo() throws Exception {
        schema("flyway.db").migrate();
        var whole = new StringBuilder(
                "-- What the scripts of this version come to, in one. SchemaTest writes it; nobody edits it.\n");
        read("flyway.db", "select sql from sqlite_master where type = 'table' and sql is not null and name not in "
                + "(select name from pragma_table_list where type = 'shadow') order by name")
                .forEach(table -> whole.append(table.getFirst()).append(";\n"));
        for (var table : read("flyway.db", "select name from pragma_table_list where schema = 'main' and "
                + "type = 'table' and name not like 'sqlite%' and name not like 'flyway%' order by name")) {
            var columns = String.join(" || ', ' || ", read("flyway.db", "select 'quote(' || name || ')' from "
                    + "pragma_table_info('" + table.getFirst() + "')").stream().map(List::getFirst).toList());
            read("flyway.db", "select " + columns + " from " + table.getFirst()).forEach(row -> whole
                    .append("insert into ").append(table.getFirst()).append(" values (").append(row.getFirst())
                    .append(");\n"));
        }
        read("flyway.db", "select sql from sqlite_master where type <> 'table' and sql is not null "
                + "order by type, name").forEach(other -> whole.append(other.getFirst()).append(";\n"));
        var name = Dialect.SQLITE.scripts() + "-whole.sql";
        var written = Files.writeString(Path.of("target", Path.of(name).getFileName().toString()), whole);
        try (var resource = Schema.class.getResourceAsStream("/" + name)) {
            assertEquals(whole.toString(), resource == null ? "nothing" : new String(resource.readAllBytes()),
                    "copy " + written.toAbsolutePath() + " over " + name);
        }
    }

    /// The list of migrations is complete and none was edited. Whoever adds a script adds the line shown here.
    @ParameterizedTest
    @EnumSource(Dialect.class)
    void theListNamesEveryScriptWithTheChecksumOfFlyway(Dialect dialect) throws Exception {
        var found = new ArrayList<String>();
        for (var pending : Flyway.configure(Schema.class.getClassLoader())
                .dataSource("jdbc:sqlite:" + folder.resolve("none.db"), "", "").locations(dialect.migrations()).load()
                .info().pending()) {
            found.add(pending.getScript() + " " + pending.getChecksum());
        }
        try (var list = Schema.class.getResourceAsStream("/" + dialect.scripts() + ".txt")) {
            assertEquals(String.join("\n", found) + "\n", new String(list.readAllBytes()), dialect.scripts() + ".txt");
        }
    }

    @Test
    void flywayFindsNothingToDoInAReadyBook() throws SQLException {
        schema("book.db").bring(folder.resolve("book.db"));
        var before = read("book.db", HISTORY);
        schema("book.db").migrate();
        assertEquals(before, read("book.db", HISTORY));
    }

    @Test
    void anOlderBookIsUpgraded() throws SQLException {
        Flyway.configure(Schema.class.getClassLoader()).dataSource(url("old.db"), "", "").target("10")
                .locations(Dialect.SQLITE.migrations()).load().migrate();
        schema("old.db").bring(folder.resolve("old.db"));
        schema("new.db").bring(folder.resolve("new.db"));
        assertEquals(read("new.db", HISTORY), read("old.db", HISTORY));
    }

    /// Five settlements, a reversal and a replacement that version 15 booked, with lines, postings, entries and sums in
    /// tables of their own.
    @Test
    void whatAnOlderVersionBookedIsReadAndProvenAsBefore() throws Exception {
        Flyway.configure(Schema.class.getClassLoader()).dataSource(url("old.db"), "", "").target("15")
                .locations(Dialect.SQLITE.migrations()).load().migrate();
        var triggers = read("old.db", "select name, sql from sqlite_master where type = 'trigger'");
        try (var rows = SchemaTest.class.getResourceAsStream("/book-of-version-15.sql")) {
            var all = new StringBuilder("begin;");
            triggers.forEach(trigger -> all.append("drop trigger ").append(trigger.getFirst()).append(';'));
            all.append(new String(rows.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            triggers.forEach(trigger -> all.append(trigger.getLast()).append(';'));
            change("old.db", all.append("commit").toString());
        }
        var asked = List.of("select * from charge_lines order by settlement, number",
                "select * from postings order by settlement, number",
                "select * from entries order by settlement, number",
                "select * from counter_movements order by settlement, counter", "select * from papers order by 1",
                "select booking, sum(amount_fen) from journal group by booking",
                "select * from movements order by 1, 2",
                "select name, care, first_day, last_day, place from encounters order by id");
        var before = new ArrayList<List<List<String>>>();
        for (var question : asked) {
            before.add(read("old.db", question));
        }
        schema("old.db").bring(folder.resolve("old.db"));
        for (var i = 0; i < asked.size(); i++) {
            assertEquals(before.get(i), read("old.db", asked.get(i)), asked.get(i));
        }
        try (var book = Books.sqlite(folder.resolve("old.db"))) {
            assertEquals(5, book.settlements());
            assertEquals(List.of(), book.verify(Inspection.FIRST_DIFFERENCE));
            assertTrue(((Book.Booked.Done) book.settle(County.submission("P", "k0"), County.settle("k0", 8_000)))
                    .repeated());
            assertTrue(book.settle(County.submission("P", "k9"), County.settle("k9", 8_000))
                    instanceof Book.Booked.Done);
            assertEquals(List.of(), book.verify(Inspection.FIRST_DIFFERENCE));
        }
    }

    @Test
    void aBookThatAnotherScriptMadeIsRefused() throws SQLException {
        schema("odd.db").bring(folder.resolve("odd.db"));
        change("odd.db", "update flyway_schema_history set checksum = 1 where version = '3'");
        assertThrows(BookException.class, () -> schema("odd.db").bring(folder.resolve("odd.db")));
    }

    @Test
    void aFileThatIsNoBookIsRefused() throws Exception {
        Files.writeString(folder.resolve("text.db"), "this is a letter to the bureau, not a book".repeat(100));
        assertThrows(BookException.class, () -> schema("text.db").bring(folder.resolve("text.db")));
    }

    @Test
    void manyWhoOpenOneNewFileMakeOneBook() throws Exception {
        var tasks = new ArrayList<Callable<Boolean>>();
        for (var i = 0; i < 6; i++) {
            tasks.add(() -> {
                Books.sqlite(folder.resolve("one.db")).close();
                return true;
            });
        }
        try (var together = Executors.newFixedThreadPool(6)) {
            for (var opened : together.invokeAll(tasks)) {
                assertTrue(opened.get());
            }
        }
        try (var book = Books.sqlite(folder.resolve("one.db"))) {
            assertEquals(0, book.settlements());
        }
    }

    private Schema schema(String name) {
        return new Schema(Dialect.SQLITE, url(name), new Properties());
    }

    private String url(String name) {
        return "jdbc:sqlite:" + folder.resolve(name);
    }

    private void change(String name, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url(name)); var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private List<List<String>> read(String name, String sql) throws SQLException {
        var all = new ArrayList<List<String>>();
        try (var connection = DriverManager.getConnection(url(name)); var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                var row = new ArrayList<String>();
                for (var column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(rows.getString(column)));
                }
                all.add(row);
            }
        }
        return all;
    }
}
