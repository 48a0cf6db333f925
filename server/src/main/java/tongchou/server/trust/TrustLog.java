package tongchou.server.trust;

import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import tongchou.storage.TrustedKeys;

/// Has the book say what changed in the trust store since it was told last (信任变更记录): what a command changed, and
/// what somebody put into the folder or took out of it by hand.
public final class TrustLog {

    private TrustLog() {
    }

    /// Records every difference between the folder and what the book knows, each with its audit row.
    ///
    /// @param by who changed it, or who found it
    /// @return what was recorded
    /// @throws IOException when the folder cannot be read or a file of it is damaged
    public static List<TrustedKeys.Change> record(TrustStore store, TrustedKeys book, Clock clock, String by)
            throws IOException {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var known = book.trusted().stream().collect(Collectors.toMap(TrustedKeys.Change::keyId, Function.identity()));
        var changes = new ArrayList<TrustedKeys.Change>();
        for (var one : store.all()) {
            var present = new TrustedKeys.Change(one.key().keyId(), one.key().kind().signature(), one.name(),
                    one.areas(), true, now);
            var before = known.remove(present.keyId());
            if (before == null || !before.name().equals(present.name()) || !before.areas().equals(present.areas())) {
                changes.add(present);
            }
        }
        known.values().stream().sorted(Comparator.comparing(TrustedKeys.Change::keyId)).forEach(gone ->
                changes.add(new TrustedKeys.Change(gone.keyId(), gone.signature(), gone.name(), gone.areas(), false,
                        now)));
        changes.forEach(change -> book.add(change, by));
        return List.copyOf(changes);
    }
}
