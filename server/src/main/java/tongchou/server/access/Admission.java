package tongchou.server.access;

import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tongchou.storage.Keys;

/// Lets callers in (准入): finds out who is calling, whether the role may do it, and whether it is not too often.
public final class Admission {

    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([\\x21-\\x7e]+)");

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
        var bearer = BEARER.matcher(shown.getFirst());
        if (shown.size() > 1 || !bearer.matches()) {
            throw Turned.notGenuine();
        }
        var caller = know(bearer.group(1));
        pace.take(caller.by() + " " + caller.id());
        if (!action.allows(caller.role())) {
            throw Turned.notAllowed(action, caller);
        }
        return caller;
    }

    private Caller know(String credential) {
        if (tokens == null || credential.startsWith(KeyText.PREFIX)) {
            return keyring.know(credential);
        }
        return tokens.know(credential);
    }
}
