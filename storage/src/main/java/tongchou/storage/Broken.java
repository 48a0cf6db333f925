package tongchou.storage;

import java.util.Optional;
import java.util.regex.Pattern;

/// An invariant that would not hold (不变量被破坏): a defect somewhere, so nothing is written and the member is parked.
final class Broken extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /// What the triggers of the store say.
    private static final Pattern SAID = Pattern.compile("(settlement|reversal|correction): (its|a|it) [a-z ]+");

    Broken(String what) {
        super(what);
    }

    /// The invariant that a failure is about, empty when it is about something else.
    static Optional<String> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Broken) {
                return Optional.of(cause.getMessage());
            }
            var said = SAID.matcher(String.valueOf(cause.getMessage()));
            if (cause instanceof java.sql.SQLException && said.find()) {
                return Optional.of(said.group().strip());
            }
        }
        return Optional.empty();
    }
}
