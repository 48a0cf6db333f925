package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What many asked at once equals some serial order, and that order respects who had an answer before another asked
/// (I11, strict serializability).
///
/// The order is the book's own, read from the table afterwards; the [Model] is asked in it and must give every answer.
/// Deductible, ceiling and a shared account make almost any other order give other amounts.
class HistoryTest {

    private static final int THREADS = 8;
    private static final int EACH = 25;

    @TempDir
    private Path folder;

    /// A request that was answered.
    ///
    /// @param asked when it was sent, counted over all threads
    /// @param answered when its answer came
    private record Event(Step step, String id, long asked, long answered, String answer) {
    }

    @ParameterizedTest
    @EnumSource
    void somethingSerialGivesTheSameAnswers(FailingCallsTest.Kind kind) throws Exception {
        var store = kind == FailingCallsTest.Kind.POSTGRESQL ? Postgres.empty()
                : SqliteBookTest.store(folder.resolve("book.db"));
        var seed = new Random().nextLong();
        System.out.println("history, " + kind + ": seed " + seed);
        try (var book = store.open(Writer.Commit.ORDINARY)) {
            Model.found(book);
            var model = new Model(book.auditSize());
            var events = together(book, seed);
            var order = order(store);
            events.sort(Comparator.comparing(event -> order.get(event.id)));
            for (var event : events) {
                assertEquals(event.step.expect().apply(model), event.answer, () -> "seed " + seed);
            }
            assertEquals(model.state(), Model.state(book));
            for (var i = events.size() - 1; i >= 0; i--) {
                var event = events.get(i);
                for (var later : events.subList(i + 1, events.size())) {
                    assertTrue(later.answered > event.asked, () -> "seed " + seed + ": " + later.id
                            + " was answered before " + event.id + " was asked, and is booked after it");
                }
            }
            assertEquals(THREADS * EACH, events.size());
            assertEquals(List.of(), book.verify(Inspection.FIRST_DIFFERENCE));
        }
    }

    private static List<Event> together(Book book, long seed) throws Exception {
        var clock = new AtomicLong();
        try (var pool = Executors.newFixedThreadPool(THREADS)) {
            var clients = new ArrayList<Callable<List<Event>>>();
            for (var thread = 0; thread < THREADS; thread++) {
                var name = thread;
                clients.add(() -> {
                    var random = new Random(seed + name);
                    var events = new ArrayList<Event>();
                    for (var i = 0; i < EACH; i++) {
                        var key = name + "-" + i;
                        var bill = new Model.Bill(key, "content of " + key, "P" + random.nextInt(3),
                                County.DAY, 1 + random.nextInt(9_000), false, null, 0);
                        var step = Step.settle(bill);
                        var asked = clock.incrementAndGet();
                        var answer = step.ask().apply(book);
                        events.add(new Event(step, bill.id(), asked, clock.incrementAndGet(), answer));
                    }
                    return events;
                });
            }
            var all = new ArrayList<Event>();
            for (var client : pool.invokeAll(clients)) {
                all.addAll(client.get());
            }
            return all;
        }
    }

    /// The place of every settlement in the audit log, whose rows are a chain.
    private static HashMap<String, Long> order(BookContract.Store store) throws SQLException {
        var order = new HashMap<String, Long>();
        try (var connection = store.connect(); var sql = connection.createStatement();
                var rows = sql.executeQuery("select id, document from audit order by id")) {
            while (rows.next()) {
                order.put(new String(rows.getBytes(2), java.nio.charset.StandardCharsets.UTF_8).split("\n")[4],
                        rows.getLong(1));
            }
        }
        return order;
    }
}
