package tongchou.storage;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import java.util.Optional;
import java.util.function.Function;

/// Asks the store outside any change (查询): every question in a transaction of its own that writes nothing.
interface Questions extends SqlKeys.Reader, AutoCloseable {

    @Override
    void close();

    /// Questions to the connections of a pool.
    static Questions to(DbClient readers) {
        return new Questions() {
            @Override
            public <T> T read(Function<Session, T> question) {
                try {
                    return asked(new Pooled(readers.transaction()), question);
                } catch (DbClientException failed) {
                    throw unreadable(failed);
                }
            }

            @Override
            public void close() {
                readers.close();
            }
        };
    }

    /// The answer of a transaction, which ends.
    static <T> T asked(Transaction transaction, Function<Session, T> question) {
        try {
            return question.apply(new Session(transaction));
        } finally {
            Writer.rollback(transaction);
        }
    }

    /// What a question finds after a commit that may have happened; nothing found is the doubt itself.
    default <T> T found(Function<Session, Optional<T>> question, BookException doubt) {
        try {
            return read(question).orElseThrow(() -> doubt);
        } catch (BookException stillFailing) {
            throw doubt.beside(stillFailing);
        }
    }

    /// What a failure comes to.
    static BookException unreadable(DbClientException failed) {
        return new BookException("the store could not be read", failed, false);
    }
}
