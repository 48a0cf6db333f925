package tongchou.server.access;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.api.http.Role;
import tongchou.storage.Books;

/// Keys and the pace of requests as time goes by.
class KeyringTest {

    /// A clock that is moved by hand.
    private static final class Hand extends Clock {

        private Instant now = Instant.parse("2026-03-10T02:00:00Z");

        void on(long millis) {
            now = now.plusMillis(millis);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static final long DAY = 86_400_000;

    private static String answer(Keyring ring, String key) {
        try {
            return ring.know(key).role().toString();
        } catch (Turned turned) {
            return turned.fault().code();
        }
    }

    @Test
    void theFirstAdministratorIsTheOnlyFirst(@TempDir Path directory) {
        var clock = new Hand();
        try (var book = Books.sqlite(directory.resolve("book.db"))) {
            var ring = new Keyring(book.keys(), clock, new Random(1));
            var first = ring.issueFirst().orElseThrow();
            assertEquals("ADMINISTRATOR", answer(ring, first.text()));
            assertTrue(ring.issueFirst().isEmpty());
            assertEquals(1, ring.all().size());
            assertFalse(first.toString().contains(first.text()) || KeyText.read(first.text()).toString()
                    .contains(first.text()));
            assertTrue(new Keyring(book.keys(), clock, new Random(2)).issueFirst().isEmpty());
        }
    }

    @Test
    void theOldKeyEndsWithItsOverlap(@TempDir Path directory) {
        var clock = new Hand();
        try (var book = Books.sqlite(directory.resolve("book.db"))) {
            var ring = new Keyring(book.keys(), clock, new Random(1));
            var old = ring.issue(new Keyring.Grant(Role.AUDITOR, "999901", "x", ring.today(), ring.today().plusDays(20),
                    "test"));
            var later = ring.rotate(old.key().id(), 7, ring.today().plusDays(40), "test").orElseThrow();
            clock.on(7 * DAY);
            assertEquals("AUDITOR AUDITOR", answer(ring, old.text()) + " " + answer(ring, later.text()));
            clock.on(DAY);
            assertEquals("CREDENTIAL_NOT_IN_FORCE AUDITOR", answer(ring, old.text()) + " "
                    + answer(ring, later.text()));
            clock.on(40 * DAY);
            assertEquals("CREDENTIAL_NOT_IN_FORCE", answer(ring, later.text()));
            // 2026-03-10 16:00 UTC is the next day in Shanghai.
            assertEquals("2026-04-27", ring.today().toString());
            clock.on(DAY / 24 * 14);
            assertEquals("2026-04-28", ring.today().toString());
        }
    }

    @Test
    void whatAnotherProcessRevokesEndsWithinFiveSeconds(@TempDir Path directory) {
        var clock = new Hand();
        try (var book = Books.sqlite(directory.resolve("book.db"))) {
            var ring = new Keyring(book.keys(), clock, new Random(1));
            var elsewhere = new Keyring(book.keys(), clock, new Random(2));
            var key = ring.issue(new Keyring.Grant(Role.AUDITOR, "999901", "x", ring.today(), ring.today(), "test"));
            assertEquals("AUDITOR", answer(ring, key.text()));
            elsewhere.revoke(key.key().id(), "test", "lost");
            clock.on(5000);
            assertEquals("CREDENTIAL_NOT_IN_FORCE", answer(ring, key.text()));
        }
    }

    @Test
    void secretsAreComparedInConstantTime() {
        var access = new ClassFileImporter().importPath(Path.of("target/classes/tongchou/server/access"));
        classes().that().haveSimpleName("KeyText").should()
                .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
                .check(access);
        noClasses().should().callMethod(Arrays.class, "equals", byte[].class, byte[].class).check(access);
        var key = KeyText.random(new Random(1));
        var other = KeyText.random(new Random(2));
        assertTrue(key.fits(key.hash()) && !key.fits(other.hash()) && !key.fits(new byte[0]));
    }

    @Test
    void aBucketGivesTwoSecondsAtOnceAndThenItsRate() {
        var clock = new Hand();
        var pace = new Pace(clock, 10);
        for (var i = 0; i < 20; i++) {
            pace.take("one");
        }
        var turned = assertThrows(Turned.class, () -> pace.take("one"));
        assertEquals("TOO_MANY_REQUESTS 1", turned.fault().code() + " " + turned.headers().get("Retry-After"));
        pace.take("another");
        clock.on(100);
        pace.take("one");
        assertThrows(Turned.class, () -> pace.take("one"));
        clock.on(-1000);
        assertThrows(Turned.class, () -> pace.take("one"));
        clock.on(1000 + 3_600_000);
        for (var i = 0; i < 20; i++) {
            pace.take("one");
        }
        assertThrows(Turned.class, () -> pace.take("one"));
        var unlimited = new Pace(clock, 0);
        for (var i = 0; i < 10_000; i++) {
            unlimited.take("one");
        }
        var slow = new Pace(clock, 1);
        slow.take("one");
        slow.take("one");
        assertEquals("1", assertThrows(Turned.class, () -> slow.take("one")).headers().get("Retry-After"));
    }

    @Test
    void areasHoldTheirDivisions() {
        for (var pair : List.of("330100 330100", "330100 330106", "330000 330106", "000000 999901", "330106 330106")) {
            assertTrue(Reach.holds(pair.split(" ")[0], pair.split(" ")[1]), pair);
        }
        for (var pair : List.of("330100 330200", "330106 330100", "330106 330107", "330000 340000", "999901 999900")) {
            assertFalse(Reach.holds(pair.split(" ")[0], pair.split(" ")[1]), pair);
        }
    }
}
