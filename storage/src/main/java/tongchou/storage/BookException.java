package tongchou.storage;

/// The store failed (账簿故障): a disk, a connection, a broken schema; never an input.
public final class BookException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean outcomeUnknown;

    /// A failure of the store.
    ///
    /// @param outcomeUnknown whether a commit may or may not have happened
    public BookException(String message, Throwable cause, boolean outcomeUnknown) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /// Whether the caller must look the key up before it believes anything.
    public boolean isOutcomeUnknown() {
        return outcomeUnknown;
    }

    /// The same, with another failure that came of it.
    BookException beside(BookException other) {
        if (other != this) {
            addSuppressed(other);
        }
        return this;
    }
}
