package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
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
}
