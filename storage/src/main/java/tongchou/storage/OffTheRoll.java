package tongchou.storage;

import tongchou.storage.Book.Conflict;

/// Takes back what was recorded of a roll before something stood in the way (名册未登记).
final class OffTheRoll extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Conflict why;

    private OffTheRoll(Conflict why) {
        super(null, null, false, false);
        this.why = why;
    }

    /// Gives the whole roll up.
    static void because(Conflict conflict) {
        throw new OffTheRoll(conflict);
    }

    /// What stands in the way.
    Conflict why() {
        return why;
    }
}
