package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Changes that share a transaction: what each of them is told when one of them, or the commit, fails.
///
/// The first change is held at the gate, so that the second and the third are one transaction: the second writes, the
/// third fails over what the second wrote.
class OneWriterTest {

    @TempDir
    private Path folder;

    private final Gate gate = new Gate();
    private OneWriter writer;

    @BeforeEach
    void open() {
        writer = new OneWriter(() -> Books.writer("jdbc:sqlite:" + folder.resolve("writer.db")), gate);
        writer.write(session -> session.change("create table marks (name text)"));
    }

    @AfterEach
    void close() {
        writer.close();
    }

    private static Function<Session, Long> mark(String name) {
        return session -> session.change("insert into marks values (?)", name);
    }

    private static long marks(Session session, String name) {
        return session.number("select count(*) from marks where name = ?", name);
    }

    /// Fails where the second change has written.
    private static Long refuse(Session session) {
        if (marks(session, "second") > 0) {
            throw new IllegalStateException("the second was there");
        }
        return 0L;
    }

    private CompletableFuture<Long> ask(Function<Session, Long> change, int backlog) throws InterruptedException {
        var answer = CompletableFuture.supplyAsync(() -> writer.write(change), task -> Thread.ofVirtual().start(task));
        if (backlog == 0) {
            gate.awaitArrival();
        }
        while (writer.backlog() < backlog) {
            Thread.sleep(1);
        }
        return answer;
    }

    private static Throwable failure(CompletableFuture<Long> answer) {
        return assertThrows(CompletionException.class, answer::join).getCause();
    }

    @Test
    void whoFailsOverWhatIsDurableIsToldWhy() throws Exception {
        gate.begin(true);
        ask(mark("first"), 0);
        var second = ask(mark("second"), 1);
        var third = ask(OneWriterTest::refuse, 2);
        gate.letGo();
        assertEquals(1, second.join());
        assertEquals("the second was there", failure(third).getMessage());
    }

    /// After a commit that failed nobody knows whether the second happened: the third must not be told that it stood in
    /// its way. Its own part is certain: nothing.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoFailsOverWhatMayNotHaveHappenedIsToldToAskAgain(boolean afterwards) throws Exception {
        gate.begin(true);
        ask(mark("first"), 0);
        gate.failCommit(1, afterwards);
        var second = ask(mark("second"), 1);
        var third = ask(OneWriterTest::refuse, 2);
        gate.letGo();
        assertTrue(assertInstanceOf(BookException.class, failure(second)).isOutcomeUnknown());
        assertFalse(assertInstanceOf(BookException.class, failure(third)).isOutcomeUnknown());
        gate.heal();
        assertEquals(afterwards ? 1L : 0L, writer.write(session -> marks(session, "second")).longValue());
        if (afterwards) {
            assertThrows(IllegalStateException.class, () -> writer.write(OneWriterTest::refuse));
        } else {
            assertEquals(0L, writer.write(OneWriterTest::refuse).longValue());
        }
    }

    /// A defect that showed only in a transaction which came to nothing is nobody's: no member is parked over it.
    @Test
    void anInvariantThatBrokeInATransactionThatFailedIsNotBroken() throws Exception {
        gate.begin(true);
        ask(mark("first"), 0);
        gate.failCommit(1, false);
        ask(mark("second"), 1);
        var third = ask(session -> {
            throw new Broken("settlement: it does not balance");
        }, 2);
        gate.letGo();
        assertTrue(Broken.in(failure(third)).isEmpty());
    }

    /// @param commits done at the beginning of every commit
    private OneWriter patient(Runnable commits, Duration patience) {
        return new OneWriter(() -> Books.writer("jdbc:sqlite:" + folder.resolve("writer.db")), transaction -> {
            commits.run();
            transaction.commit();
        }, null, patience);
    }

    private CompletableFuture<Long> prepared(OneWriter patient, Supplier<String> prepare) {
        return CompletableFuture.supplyAsync(() -> patient.write(prepare,
                (session, name) -> session.change("insert into marks values (?)", name)),
                task -> Thread.ofVirtual().start(task));
    }

    /// What is being prepared until it is ready.
    private CompletableFuture<Long> prepared(OneWriter patient, String name, CountDownLatch ready)
            throws InterruptedException {
        var begun = new CountDownLatch(1);
        var answer = prepared(patient, () -> {
            begun.countDown();
            try {
                ready.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            return name;
        });
        begun.await();
        return answer;
    }

    /// The first waits in its transaction for the second, which is being prepared. A third that was not prepared may
    /// take long: for its sake the transaction ends, and so it does when nothing is being prepared.
    @Test
    void aTransactionStaysOpenForWhatIsBeingPrepared() throws Exception {
        var commits = new AtomicInteger();
        try (var patient = patient(commits::incrementAndGet, Duration.ofMinutes(10))) {
            prepared(patient, () -> "alone").join();
            assertEquals(1, commits.get());
            var second = new CountDownLatch(1);
            var later = prepared(patient, "second", second);
            var first = prepared(patient, () -> "first");
            assertThrows(TimeoutException.class, () -> first.get(50, TimeUnit.MILLISECONDS));
            second.countDown();
            assertEquals(2, first.join() + later.join());
            assertEquals(2, commits.get());
            var fourth = new CountDownLatch(1);
            var last = prepared(patient, "fourth", fourth);
            var waiting = prepared(patient, () -> "third");
            assertThrows(TimeoutException.class, () -> waiting.get(50, TimeUnit.MILLISECONDS));
            assertEquals(1, patient.write(mark("not prepared")));
            assertEquals(1, waiting.join());
            assertFalse(last.isDone());
            fourth.countDown();
            assertEquals(1, last.join());
        }
    }

    /// Two share a transaction whose commit takes half a second; who comes right after it does not begin another before
    /// the next has come as well.
    @Test
    void whereSeveralShareTheNextWaitsAsLongAsTheCommitTook() throws Exception {
        var commits = new AtomicInteger();
        try (var patient = patient(() -> {
            if (commits.incrementAndGet() == 2) {
                pause(500);
            }
        }, Duration.ofSeconds(10))) {
            var second = new CountDownLatch(1);
            prepared(patient, () -> "alone").join();
            var waiting = prepared(patient, "second", second);
            var first = prepared(patient, () -> "first");
            assertThrows(TimeoutException.class, () -> first.get(50, TimeUnit.MILLISECONDS));
            second.countDown();
            assertEquals(2, first.join() + waiting.join());
            assertEquals(2, commits.get());
            var next = prepared(patient, () -> "next");
            pause(20);
            var last = prepared(patient, () -> "last");
            assertEquals(2, next.join() + last.join());
            assertEquals(3, commits.get());
        }
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
