package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tongchou.storage.IdentitySafe.Identity;

/// What every book keeps of identities: sealed, found, one of one member.
abstract class IdentityContract extends ResettlementWorkContract {

    private static final Instant NOW = Instant.parse("2026-03-10T02:00:00Z");

    private final Random random = new Random(20260310);
    private final MasterKey master = MasterKey.random(random);

    private IdentitySafe safe(CipherSuite suite) {
        return IdentitySafe.open(book.identities(), master, suite, random, NOW);
    }

    private static Identity passport(int number) {
        return new Identity("16", "TEST-%07d".formatted(number));
    }

    private void register(IdentitySafe safe, String token, Identity identity) {
        assertEquals(Optional.empty(), safe.register(County.person(token), identity, "test", NOW));
    }

    @ParameterizedTest
    @EnumSource(CipherSuite.class)
    void anIdentityIsSealedFoundAndReadAgain(CipherSuite suite) throws SQLException {
        var safe = safe(suite);
        register(safe, "P1", passport(1));
        register(safe, "P1", passport(1));
        assertEquals(Optional.of("P1"), safe.find(passport(1)));
        assertEquals(Optional.of(passport(1)), safe.of("P1"));
        assertEquals(Optional.empty(), safe.find(passport(2)));
        assertEquals(Optional.empty(), safe.find(new Identity("08", passport(1).number())));
        assertEquals(Optional.empty(), safe.of("P2"));
        reopen(Writer.Commit.ORDINARY);
        assertEquals(Optional.of(passport(1)), safe(suite).of("P1"));
        assertFalse(dump().toString().contains(passport(1).number()));
        assertEquals("v1 " + suite.word(), safe(suite).newest());
    }

    @Test
    void oneIdentityIsOneMembersAndOneMemberHasOne() {
        var safe = safe(CipherSuite.AES);
        register(safe, "P1", passport(1));
        assertEquals(Optional.of(new Book.Conflict("identity", Identities.OTHER_MEMBER)),
                safe.register(County.person("P2"), passport(1), "test", NOW));
        assertEquals(Optional.empty(), book.person("P2"));
        assertEquals(Optional.of(new Book.Conflict("identity", Identities.OTHER_IDENTITY)),
                safe.register(County.person("P1"), passport(2), "test", NOW));
        // A member that came without one gets one later; another one needs a reason.
        book.register(County.person("P3"));
        register(safe, "P3", passport(3));
        assertEquals(Optional.of(new Book.Conflict("identity", Identities.OTHER_MEMBER)),
                safe.change("P3", passport(1), "更正", "test", NOW));
        assertEquals(Optional.empty(), safe.change("P3", passport(4), "更正", "test", NOW));
        assertEquals(Optional.empty(), safe.find(passport(3)));
        assertEquals(Optional.of("P3"), safe.find(passport(4)));
        assertEquals(Optional.of(new Book.Conflict("member", "P9")),
                safe.change("P9", passport(9), "更正", "test", NOW));
    }

    @Test
    void ofTwoHundredWhoComeAtOnceWithOneNumberOneIsRegistered() throws Exception {
        var safe = safe(CipherSuite.AES);
        var work = new ArrayList<Callable<Optional<Book.Conflict>>>();
        for (var i = 0; i < 200; i++) {
            var token = "P" + i;
            work.add(() -> safe.register(County.person(token), passport(1), "test", NOW));
        }
        var taken = 0;
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var answer : threads.invokeAll(work)) {
                taken += answer.get().isPresent() ? 1 : 0;
            }
        }
        assertEquals(199, taken);
        var owner = safe.find(passport(1)).orElseThrow();
        assertEquals(1, java.util.stream.IntStream.range(0, 200).filter(i -> book.person("P" + i).isPresent()).count());
        assertTrue(book.person(owner).isPresent());
    }

    @Test
    void newKeysSealAndOldOnesStayReadableUntilNothingIsSealedByThem() {
        var safe = safe(CipherSuite.AES);
        for (var i = 0; i < 250; i++) {
            register(safe, "P" + i, passport(i));
        }
        var other = safe(CipherSuite.AES);
        safe.rotate(CipherSuite.SM4, "test", NOW);
        assertEquals("v2 SM4-GCM", safe.newest());
        register(safe, "new", passport(999));
        // Another server still holds the first version alone: it notices, and finds what both versions sealed.
        assertEquals(Optional.of("new"), other.find(passport(999)));
        assertEquals(Optional.of("identity"), safe(CipherSuite.AES).register(County.person("twice"), passport(7), "t",
                NOW).map(Book.Conflict::field));
        assertEquals(Optional.of("P7"), safe.find(passport(7)));
        assertEquals(200, safe.catchUp());
        assertEquals(Optional.of(passport(249)), safe.of("P249"));
        assertEquals(50, safe.catchUp());
        assertEquals(0, safe.catchUp());
        assertEquals(List.of(), book.identities().before(2, 9));
        assertEquals(Optional.of("P0"), safe.find(passport(0)));
        assertEquals(Optional.of(passport(0)), safe.of("P0"));
    }

    @Test
    void whoHoldsAnOldVersionSealsByTheNewest() {
        var old = safe(CipherSuite.AES);
        safe(CipherSuite.AES).rotate(CipherSuite.AES, "test", NOW);
        register(old, "P1", passport(1));
        assertEquals(2, book.identities().of("P1").orElseThrow().version());
    }

    @Test
    void anotherMasterKeyOpensNothing() {
        var safe = safe(CipherSuite.SM4);
        register(safe, "P1", passport(1));
        var other = MasterKey.random(random);
        var wrong = assertThrows(IdentitySafe.WrongMaster.class,
                () -> IdentitySafe.open(book.identities(), other, CipherSuite.AES, random, NOW));
        assertEquals(master.fingerprint() + " " + other.fingerprint(), wrong.expected() + " " + wrong.given());
        var next = safe.rewrapped(other, "test", NOW);
        assertEquals(Optional.of(passport(1)), next.of("P1"));
        assertThrows(IdentitySafe.WrongMaster.class, () -> safe(CipherSuite.SM4));
        assertEquals(other.fingerprint(), MasterKey.of(other.text()).fingerprint());
        assertThrows(IllegalArgumentException.class, () -> MasterKey.of("bm90IGEga2V5"));
    }

    @Test
    void whatIsCutForgedOrMovedIsNotRead() throws SQLException {
        var safe = safe(CipherSuite.AES);
        register(safe, "P1", passport(1));
        register(safe, "P2", passport(2));
        var whole = book.identities().of("P1").orElseThrow().sealed();
        var second = book.identities().of("P2").orElseThrow();
        var forged = new ArrayList<byte[]>();
        for (var i = 0; i < whole.length; i++) {
            var flipped = whole.clone();
            flipped[i] ^= 1;
            forged.add(flipped);
        }
        forged.add(java.util.Arrays.copyOf(whole, whole.length - 1));
        forged.add(second.sealed());
        tampered = true;
        try (var connection = store.connect();
                var change = connection.prepareStatement("update identities set sealed = ? where hash = ?")) {
            for (var bytes : forged) {
                change.setBytes(1, bytes);
                change.setBytes(2, book.identities().of("P1").orElseThrow().hash());
                assertEquals(1, change.executeUpdate());
                assertThrows(BookException.class, () -> safe.of("P1"));
            }
        }
        assertEquals(Optional.of(passport(2)), safe.of("P2"));
        try (var connection = store.connect(); var sql = connection.createStatement()) {
            for (var statement : List.of("delete from identity_keys",
                    "update identity_keys set algorithm = 'SM4-GCM'")) {
                assertThrows(SQLException.class, () -> sql.execute(statement), statement);
            }
        }
    }

    @Test
    void everyChangeLeavesARowWithoutTheNumber() throws SQLException {
        var before = book.auditSize();
        var safe = safe(CipherSuite.AES);
        register(safe, "P1", passport(1));
        register(safe, "P1", passport(1));
        safe.change("P1", passport(2), "更正 %s".formatted(passport(1).number()), "test", NOW);
        safe.rotate(CipherSuite.AES, "test", NOW);
        // A key, a member, its identity, the change, another key; the repetition leaves nothing.
        assertEquals(before + 5, book.auditSize());
    }
}
