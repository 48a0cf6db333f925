package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the writer knows of changes: each case is a way in which something decided ahead would be wrong.
class ChangesTest {

    private final Changes changes = new Changes();

    ChangesTest() {
        changes.begin(1);
    }

    @Test
    void aChangeOfSomebodyElseSparesTheMember() {
        var since = changes.now();
        changes.made(change("B"));
        assertTrue(changes.spared(since, List.of("A")));
        changes.keep();
        assertTrue(changes.spared(since, List.of("A")));
    }

    @Test
    void aChangeInTheSameTransactionCounts() {
        var since = changes.now();
        changes.made(change("A"));
        assertFalse(changes.spared(since, List.of("A")));
        assertFalse(changes.spared(since, List.of("B", "A")), "a relative whose account is used");
        changes.begin(1);
        assertTrue(changes.spared(since, List.of("A")), "what was taken back did not happen");
    }

    @Test
    void whatWasReadBeforeADurableChangeNoLongerHolds() {
        var since = changes.now();
        changes.made(change("A"));
        changes.keep();
        assertFalse(changes.spared(since, List.of("A")));
        assertTrue(changes.spared(changes.now(), List.of("A")), "read again");
    }

    @Test
    void whereAMemberStandsAfterAChangeEndsWithTheNextOneOfTheSameTransaction() {
        var first = change("A");
        changes.made(first);
        changes.made(change());
        changes.keep();
        assertFalse(changes.spared(first.number(), List.of("A")));
        assertFalse(changes.mayHold(first.number()));
    }

    @Test
    void aChangeThatSaysNotWhomItConcernsConcernsEverybody() {
        var since = changes.now();
        changes.made(change());
        assertFalse(changes.spared(since, List.of("A")));
        changes.keep();
        assertFalse(changes.spared(since, List.of("A")));
    }

    @Test
    void anotherProcessOrACommitThatMayHaveHappenedEndsEverything() {
        var since = changes.now();
        changes.begin(2);
        assertFalse(changes.spared(since, List.of("A")), "the file was changed by another process");
        var again = changes.now();
        changes.begin(2);
        assertTrue(changes.spared(again, List.of("A")));
        changes.forget();
        assertFalse(changes.spared(again, List.of("A")));
    }

    @Test
    void whatIsNoLongerRememberedIsNotVouchedFor() {
        var since = changes.now();
        for (var i = 0; i <= 20_000; i++) {
            changes.made(change("M" + i));
            changes.keep();
        }
        assertFalse(changes.spared(since, List.of("M0")));
        assertTrue(changes.spared(changes.now(), List.of("M0")));
    }

    @Test
    void whoChangesAgainIsRememberedAsTheLatest() {
        for (var i = 0; i < 20_000; i++) {
            changes.made(change("M" + i));
            changes.keep();
        }
        var since = changes.now();
        changes.made(change("M0"));
        changes.keep();
        changes.made(change("one more"));
        changes.keep();
        assertTrue(changes.spared(since, List.of("M2")), "M1 was forgotten, who changed longest ago");
        assertFalse(changes.spared(since, List.of("M0")), "M0 has changed since");
    }

    /// A change that wrote something, about these members or about nobody in particular.
    private static Session change(String... members) {
        var session = new Session(new Transaction() {
            @Override
            public <T> List<T> query(String sql, Function<Columns, T> read, @Nullable Object... parameters) {
                return List.of();
            }

            @Override
            public long change(String sql, @Nullable Object... parameters) {
                return 1;
            }

            @Override
            public void commit() {
                throw new AssertionError();
            }

            @Override
            public void rollback() {
                throw new AssertionError();
            }
        });
        session.change("update");
        session.concernsOnly(List.of(members));
        return session;
    }
}
