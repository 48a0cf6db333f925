package tongchou.storage;

import java.util.Optional;

/// Whose request with a key is running just now (幂等键占用): a second one learns it instead of waiting.
///
/// A turn is known to every process that works on the same book in PostgreSQL, and ends with the process that holds it.
/// A book in a file has one server.
public interface Turns {

    /// Takes the turn of a key.
    ///
    /// @param owner to whom keys are scoped, and for what
    /// @return empty while somebody else has it
    /// @throws BookException when the store fails
    Optional<Turn> take(String owner, String key);

    /// Whether a request with the key is running.
    boolean isTaken(String owner, String key);

    /// The turn of a request, to be given back when it is answered.
    interface Turn extends AutoCloseable {

        @Override
        void close();
    }
}
