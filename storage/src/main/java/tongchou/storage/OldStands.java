package tongchou.storage;

import tongchou.storage.Book.Replaced;

/// Takes a reversal back with the settlement that was to replace what it reverses (原结算保留).
final class OldStands extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Replaced why;

    OldStands(Replaced why) {
        super(null, null, false, false);
        this.why = why;
    }

    /// Why the new settlement is not booked.
    Replaced why() {
        return why;
    }
}
