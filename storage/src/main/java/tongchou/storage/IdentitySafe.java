package tongchou.storage;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import tongchou.storage.Book.Conflict;
import tongchou.storage.Identities.Sealed;
import tongchou.storage.Identities.SealedKey;

/// Seals identities into a book and opens them again (证件保险箱), with a master key that is not in the book.
///
/// The master key wraps the keys of the book; each version of those seals numbers, bound to member, kind and version,
/// and hashes them with a second key so that they are found. Older versions stay readable until everything is sealed
/// by the newest.
public final class IdentitySafe {

    private static final int STEP = 200;
    private static final int KEY = 32;
    private static final int NONCE = 12;

    private final Identities store;
    private final MasterKey master;
    private final RandomGenerator random;
    private volatile TreeMap<Integer, Key> keys;

    private IdentitySafe(Identities store, MasterKey master, RandomGenerator random) {
        this.store = store;
        this.master = master;
        this.random = random;
        this.keys = read();
    }

    /// A version of the keys, opened.
    private record Key(int version, CipherSuite suite, byte[] sealing, byte[] hashing) {
    }

    /// A kind of document and its number, as normalised by who takes it in (证件).
    ///
    /// @param kind national code of the kind of document
    /// @param number the number in clear
    public record Identity(String kind, String number) {

        /// Nothing of the number.
        @Override
        public String toString() {
            return "identity of kind " + kind;
        }
    }

    /// The master key is not the one that wrapped the keys of the book (主密钥不符).
    public static final class WrongMaster extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        private final String expected;
        private final String given;

        WrongMaster(String expected, String given) {
            super("the book needs the master key " + expected + ", given was " + given);
            this.expected = expected;
            this.given = given;
        }

        /// Fingerprint of the key that the book needs.
        public String expected() {
            return expected;
        }

        /// Fingerprint of the key that was given.
        public String given() {
            return given;
        }
    }

    /// Opens the safe of a book; a book without keys gets its first.
    ///
    /// @param suite the algorithms of a first key
    /// @param random a [java.security.SecureRandom], unless somebody tests
    /// @throws WrongMaster when another master key wrapped the keys of the book
    public static IdentitySafe open(
            Identities store, MasterKey master, CipherSuite suite, RandomGenerator random, Instant now) {
        var safe = new IdentitySafe(store, master, random);
        if (safe.keys.isEmpty()) {
            safe.addKey(suite, "first-start", now);
        }
        return safe;
    }

    private TreeMap<Integer, Key> read() {
        var read = new TreeMap<Integer, Key>();
        for (var key : store.keys()) {
            try {
                var suite = CipherSuite.of(key.algorithm());
                var both = suite.open(master.bytes(), key.wrapped(), bound("key", key.version(), key.algorithm(), ""));
                read.put(key.version(), new Key(key.version(), suite, Arrays.copyOf(both, KEY),
                        Arrays.copyOfRange(both, KEY, both.length)));
            } catch (GeneralSecurityException otherKey) {
                throw new WrongMaster(key.master(), master.fingerprint());
            }
        }
        return read;
    }

    private void addKey(CipherSuite suite, String by, Instant now) {
        var version = keys.isEmpty() ? 1 : keys.lastKey() + 1;
        store.addKey(wrap(new Key(version, suite, bytes(KEY), bytes(KEY)), master, now), by);
        keys = read();
    }

    /// Both keys are 64 bytes, but SM4 and AES alike are wrapped as what a suite seals: 12 + 64 + 16 bytes.
    private SealedKey wrap(Key key, MasterKey by, Instant at) {
        var both = Arrays.copyOf(key.sealing(), 2 * KEY);
        System.arraycopy(key.hashing(), 0, both, KEY, KEY);
        return new SealedKey(key.version(), key.suite().word(), key.suite().seal(by.bytes(), bytes(NONCE), both,
                bound("key", key.version(), key.suite().word(), "")), by.fingerprint(), at);
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] bound(String what, int version, String first, String second) {
        return String.join("\n", "tongchou", what, Integer.toString(version), first, second)
                .getBytes(StandardCharsets.UTF_8);
    }

    /// Fingerprint of the master key.
    public String fingerprint() {
        return master.fingerprint();
    }

    /// The newest version of the keys and its algorithms, for people.
    public String newest() {
        return "v" + keys.lastKey() + " " + keys.lastEntry().getValue().suite().word();
    }

    /// Registers a member together with its identity, see [Identities#register].
    public Optional<Conflict> register(Person person, Identity identity, String by, Instant at) {
        return withNewest(versions -> store.register(person, seal(versions.lastEntry().getValue(),
                person.member().token(), identity), hashes(versions, identity), by, at));
    }

    /// Puts another identity in the place of what a known member has.
    public Optional<Conflict> change(String token, Identity identity, String reason, String by, Instant at) {
        return withNewest(versions -> store.change(seal(versions.lastEntry().getValue(), token, identity),
                hashes(versions, identity), reason, by, at));
    }

    /// The keys may have been rotated by another process: then they are read again.
    private <T> T withNewest(Function<TreeMap<Integer, Key>, T> work) {
        try {
            return work.apply(keys);
        } catch (Identities.StaleKeys rotated) {
            keys = read();
            return work.apply(keys);
        }
    }

    private Sealed seal(Key key, String token, Identity identity) {
        return new Sealed(token, key.version(), identity.kind(), hash(key, identity), key.suite().seal(key.sealing(),
                bytes(NONCE), identity.number().getBytes(StandardCharsets.UTF_8),
                bound("identity", key.version(), token, identity.kind())));
    }

    private static byte[] hash(Key key, Identity identity) {
        return key.suite().hash(key.hashing(),
                (identity.kind() + "\n" + identity.number()).getBytes(StandardCharsets.UTF_8));
    }

    private static List<byte[]> hashes(TreeMap<Integer, Key> keys, Identity identity) {
        return keys.descendingMap().values().stream().map(key -> hash(key, identity)).toList();
    }

    /// The token of the member who has this identity.
    public Optional<String> find(Identity identity) {
        var found = store.find(hashes(keys, identity));
        if (found.isPresent() || keys.size() == store.keys().size()) {
            return found;
        }
        keys = read();
        return store.find(hashes(keys, identity));
    }

    /// The identity of a member, in clear.
    ///
    /// @throws BookException when it was cut, forged or moved
    public Optional<Identity> of(String token) {
        return store.of(token).map(this::open);
    }

    private Identity open(Sealed sealed) {
        try {
            var key = keys.get(sealed.version());
            if (key == null) {
                keys = read();
                key = keys.get(sealed.version());
            }
            if (key == null) {
                throw new GeneralSecurityException("sealed by an unknown version");
            }
            var clear = key.suite().open(key.sealing(), sealed.sealed(),
                    bound("identity", sealed.version(), sealed.token(), sealed.kind()));
            var identity = new Identity(sealed.kind(), new String(clear, StandardCharsets.UTF_8));
            if (!Arrays.equals(hash(key, identity), sealed.hash())) {
                throw new GeneralSecurityException("found by the hash of another");
            }
            return identity;
        } catch (GeneralSecurityException damaged) {
            throw new BookException("the identity of " + sealed.token() + " was damaged", damaged, false);
        }
    }

    /// Makes a new version of the keys; everything new is sealed by it.
    public void rotate(CipherSuite suite, String by, Instant now) {
        keys = read();
        addKey(suite, by, now);
    }

    /// Wraps the keys of the book by another master key; this safe is of no use afterwards.
    public IdentitySafe rewrapped(MasterKey next, String by, Instant now) {
        keys = read();
        var created = new TreeMap<Integer, Instant>();
        store.keys().forEach(key -> created.put(key.version(), key.createdAt()));
        store.rewrap(keys.values().stream().map(key -> wrap(key, next, created.get(key.version()))).toList(), by, now);
        return new IdentitySafe(store, next, random);
    }

    /// Seals some of what older versions sealed by the newest.
    ///
    /// @return how many were; zero when nothing is left
    public int catchUp() {
        var versions = keys;
        var newest = versions.lastEntry().getValue();
        var old = store.before(newest.version(), STEP);
        for (var sealed : old) {
            store.reseal(sealed, seal(newest, sealed.token(), open(sealed)));
        }
        return old.size();
    }
}
