package tongchou.server.access;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Role;
import tongchou.api.http.Words;
import tongchou.storage.Keys;
import tongchou.storage.Keys.Key;

/// Gives out keys and knows them again (密钥管理).
///
/// Keys are held in memory and read again after five seconds, so that a change by another process is seen by then;
/// a change through this ring is seen at once.
public final class Keyring {

    /// Where days begin and end.
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /// How long a key is good where nothing else is said.
    public static final int USUAL_DAYS = 365;

    private static final System.Logger LOG = System.getLogger(Keyring.class.getName());
    private static final long FRESH_MILLIS = 5000;
    private static final Role[] ROLES = Role.values();

    private final Keys keys;
    private final Clock clock;
    private final RandomGenerator random;
    private volatile @Nullable Held held;
    private volatile long changes;

    /// A ring over the keys of a book.
    ///
    /// @param random a [java.security.SecureRandom], unless somebody tests
    public Keyring(Keys keys, Clock clock, RandomGenerator random) {
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    private record Held(Map<String, Key> byId, long at) {
    }

    /// Whom a key is for.
    ///
    /// @param scope code of the institution, alliance or area; empty for an administrator
    /// @param first first day
    /// @param last last day
    /// @param by the id of who gives it out
    public record Grant(Role role, String scope, String holder, LocalDate first, LocalDate last, String by) {
    }

    /// A key at the only moment at which its text is known.
    ///
    /// @param text the key, to be shown once
    /// @param key what is kept
    public record Issued(String text, Key key) {

        /// Without the text.
        @Override
        public String toString() {
            return key.toString();
        }
    }

    /// Today, where days begin and end.
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZONE);
    }

    /// Gives out a key.
    public Issued issue(Grant grant) {
        var issued = made(grant, null);
        keys.add(issued.key());
        return given(issued);
    }

    /// Gives out a key to an administrator if nobody has a key yet.
    public Optional<Issued> issueFirst() {
        var issued = made(new Grant(Role.ADMINISTRATOR, "", "首个系统管理员 first administrator", today(),
                today().plusDays(USUAL_DAYS), "first-start"), null);
        return keys.addFirst(issued.key()) ? Optional.of(given(issued)) : Optional.empty();
    }

    /// Gives out a key that takes the place of another, which goes on for some days.
    ///
    /// @return empty when there is no such key, or it was revoked
    public Optional<Issued> rotate(String id, int overlapDays, @Nullable LocalDate last, String by) {
        var old = keys.all().stream().filter(key -> key.id().equals(id)).findFirst();
        if (old.isEmpty()) {
            return Optional.empty();
        }
        var grant = new Grant(role(old.get()), old.get().scope(), old.get().holder(), today(),
                last == null ? today().plusDays(USUAL_DAYS) : last, by);
        var issued = made(grant, id);
        var oldEnds = today().plusDays(overlapDays);
        var end = oldEnds.isBefore(old.get().firstDay()) ? old.get().firstDay() : oldEnds;
        return keys.replace(issued.key(), end) ? Optional.of(given(issued)) : Optional.empty();
    }

    /// Revokes a key at once and for good.
    public Optional<Key> revoke(String id, String by, String reason) {
        var revoked = keys.revoke(id, new Keys.Revocation(by, now(), reason));
        forget();
        revoked.ifPresent(key -> LOG.log(System.Logger.Level.INFO, "key " + id + " revoked by " + by));
        return revoked;
    }

    /// Every key, the oldest first.
    public List<Key> all() {
        return keys.all();
    }

    /// Whose key this is.
    ///
    /// @throws Turned when it is nobody's, or not in force today
    Caller know(String text) {
        var shown = KeyText.read(text).orElseThrow(Turned::notGenuine);
        var key = held().byId().get(shown.id());
        if (key == null || !shown.fits(key.hash())) {
            throw Turned.notGenuine();
        }
        if (key.revocation() != null) {
            throw Turned.notInForce("密钥已吊销", "the key was revoked");
        }
        var today = today();
        if (today.isBefore(key.firstDay())) {
            throw Turned.notInForce("密钥自 " + key.firstDay() + " 起有效", "the key is valid from " + key.firstDay());
        }
        if (today.isAfter(key.lastDay())) {
            throw Turned.notInForce("密钥已于 " + key.lastDay() + " 到期", "the key expired after " + key.lastDay());
        }
        return new Caller(Caller.By.KEY, key.id(), key.holder(), role(key), key.scope());
    }

    /// The role of a key.
    public static Role role(Key key) {
        for (var role : ROLES) {
            if (Words.of(role).equals(key.role())) {
                return role;
            }
        }
        throw new NoSuchElementException(key.role());
    }

    private Held held() {
        var present = held;
        var now = clock.millis();
        if (present != null && Math.abs(now - present.at()) < FRESH_MILLIS) {
            return present;
        }
        var seen = changes;
        var read = new Held(keys.all().stream().collect(Collectors.toMap(Key::id, Function.identity())), now);
        keep(read, seen);
        return read;
    }

    /// What was read before a change of our own is not kept after it.
    private synchronized void keep(Held read, long seen) {
        if (changes == seen) {
            held = read;
        }
    }

    private synchronized void forget() {
        changes++;
        held = null;
    }

    private Issued made(Grant grant, @Nullable String replaces) {
        var text = KeyText.random(random);
        return new Issued(text.text(), new Key(text.id(), text.hash(), grant.holder(), Words.of(grant.role()),
                grant.scope(),
                grant.first(), grant.last(), grant.by(), now(), replaces, null));
    }

    private Issued given(Issued issued) {
        forget();
        LOG.log(System.Logger.Level.INFO, "key " + issued.key().id() + " given out by " + issued.key().createdBy());
        return issued;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
