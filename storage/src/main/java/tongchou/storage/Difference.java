package tongchou.storage;

import java.util.Optional;
import tongchou.storage.Book.Conflict;

/// Where two versions of a thing differ (差异).
final class Difference {

    private Difference() {
    }

    /// What stands in the way when a field is to say something else.
    static Optional<Conflict> of(String field, Object present, Object given) {
        return present.equals(given) ? Optional.empty() : Optional.of(new Conflict(field, present.toString()));
    }
}
