package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What the keys of every book keep.
final class KeysContract {

    private KeysContract() {
    }

    static void check(Keys keys, BookContract.Store store) throws SQLException {
        var day = LocalDate.of(2026, 3, 10);
        var at = Instant.parse("2026-03-10T02:00:00Z");
        var first = new Keys.Key("first", new byte[32], "somebody", "administrator", "", day, day.plusDays(9), "test",
                at, null, null);
        var hash = new byte[32];
        hash[31] = -1;
        var next = new Keys.Key("next", hash, "somebody", "administrator", "", day, day.plusDays(9), "test", at,
                "first", null);
        assertFalse(keys.replace(next, day));
        assertTrue(keys.addFirst(first));
        assertFalse(keys.addFirst(next));
        assertTrue(keys.replace(next, day.plusDays(2)));
        assertThrows(BookException.class, () -> keys.add(next));
        assertEquals(List.of("first " + day.plusDays(2) + " null", "next " + day.plusDays(9) + " first"),
                keys.all().stream().map(key -> key.id() + " " + key.lastDay() + " " + key.replaces()).toList());
        assertArrayEquals(hash, keys.all().getLast().hash());
        var revocation = new Keys.Revocation("test", at, "lost");
        assertEquals(revocation, keys.revoke("first", revocation).orElseThrow().revocation());
        assertEquals(revocation, keys.revoke("first", new Keys.Revocation("other", at, "again")).orElseThrow()
                .revocation());
        assertEquals(Optional.empty(), keys.revoke("nothing", revocation));
        assertFalse(keys.replace(new Keys.Key("third", hash, "x", "administrator", "", day, day, "test", at, "first",
                null), day));
        try (var connection = store.connect(); var statement = connection.createStatement()) {
            for (var change : List.of("delete from access_keys",
                    "update access_keys set role = 'auditor', scope = '999901'",
                    "update access_keys set last_day = '2030-01-01' where public_id = 'next'",
                    "update access_keys set revoked_by = null, revoked_at = null, revoked_for = null")) {
                assertThrows(SQLException.class, () -> statement.execute(change), change);
            }
        }
    }
}
