package tongchou.storage;

import io.helidon.dbclient.DbTransaction;
import java.util.function.Function;

/// Makes changes durable (写入者): a change happens as a whole or not at all, and has happened when the call returns.
///
/// A change may be asked for more than once before one attempt lasts, so it must not act outside its session.
interface Writer extends AutoCloseable {

    /// Makes one change.
    ///
    /// @throws BookException when the store fails; whatever the change itself throws comes through
    <T> T write(Function<Session, T> change);

    @Override
    void close();

    /// How a transaction ends well; tests put a fault here.
    @FunctionalInterface
    interface Commit {
        /// The ordinary end.
        Commit ORDINARY = DbTransaction::commit;

        /// Commits.
        void commit(DbTransaction transaction);
    }
}
