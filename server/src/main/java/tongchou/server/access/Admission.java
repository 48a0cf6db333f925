package tongchou.server.access;

import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tongchou.storage.Keys;

/// Lets callers in (准入): finds out who is calling, whether the role may do it, and whether it is not too often.
public final class Admission {

    private static final String BEARER = "bearer ";

    private final Keyring keyring;
    private final @Nullable Tokens tokens;
    private final Pace pace;

    /// An admission.
    ///
    /// @param tokens null where only keys are accepted
    public Admission(Keyring keyring, @Nullable Tokens tokens, Pace pace) {
        this.keyring = keyring;
        this.tokens = tokens;
        this.pace = pace;
    }

    /// Keys only, at any pace.
    public static Admission of(Keys keys, Clock clock, RandomGenerator random) {
        return new Admission(new Keyring(keys, clock, random), null, new Pace(clock, 0));
    }

    /// The keys.
    public Keyring keyring() {
        return keyring;
    }

    /// Lets a caller do something.
    ///
    /// @param shown every `Authorization` header of the request
    /// @throws Turned when the caller may not
    public Caller admit(Action action, List<String> shown) {
        if (action.isOpen()) {
            return Caller.NOBODY;
        }
        if (shown.isEmpty()) {
            throw Turned.nothingShown();
        }
        var bearer = shown.getFirst();
        if (shown.size() > 1 || !bearer.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw Turned.notGenuine();
        }
        var caller = know(credential(bearer.substring(BEARER.length()).stripLeading()));
        pace.take(caller.by() + " " + caller.id());
        if (!action.allows(caller.role())) {
            throw Turned.notAllowed(action, caller);
        }
        return caller;
    }

    /// @throws Turned when it has letters that no credential has
    private static String credential(String shown) {
        if (shown.isEmpty() || !shown.chars().allMatch(letter -> letter > ' ' && letter < 0x7f)) {
            throw Turned.notGenuine();
        }
        return shown;
    }

    private Caller know(String credential) {
        if (tokens == null || credential.startsWith(KeyText.PREFIX)) {
            return keyring.know(credential);
        }
        return tokens.know(credential);
    }
}
