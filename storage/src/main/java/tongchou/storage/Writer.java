package tongchou.storage;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes changes durable (写入者): a change happens as a whole or not at all, and has happened when the call returns.
///
/// A change may be asked for more than once before one attempt lasts, so it must not act outside its session.
interface Writer extends AutoCloseable {

    /// Makes one change.
    ///
    /// @throws BookException when the store fails; whatever the change itself throws comes through
    <T> T write(Function<Session, T> change);

    /// Makes one change that is prepared outside of its session, on the thread of who asks; others may wait for it, so
    /// that both share a transaction.
    default <P extends @Nullable Object, T> T write(Supplier<P> prepare, BiFunction<Session, P, T> change) {
        var prepared = prepare.get();
        return write(session -> change.apply(session, prepared));
    }

    /// What this writer knows of changes; null where others write as well.
    default @Nullable Changes changes() {
        return null;
    }

    @Override
    void close();

    /// Takes back what was not committed. A failure to do so is silent: what led here says more.
    static void rollback(Transaction transaction) {
        try {
            transaction.rollback();
        } catch (RuntimeException alreadyGone) {
            System.getLogger(Writer.class.getName()).log(System.Logger.Level.DEBUG, "rollback failed", alreadyGone);
        }
    }

    /// How a transaction works and ends well; tests put faults here.
    @FunctionalInterface
    interface Commit {
        /// The ordinary end.
        Commit ORDINARY = Transaction::commit;

        /// Commits.
        void commit(Transaction transaction);

        /// What the statements of a transaction run on.
        default Transaction within(Transaction transaction) {
            return transaction;
        }
    }
}
