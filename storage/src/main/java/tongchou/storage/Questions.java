package tongchou.storage;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import java.util.Optional;
import java.util.function.Function;

/// Asks the store outside any change (查询): every question in a transaction of its own that writes nothing.
record Questions(DbClient readers) implements SqlKeys.Reader {

    @Override
    public <T> T read(Function<Session, T> question) {
        try {
            var transaction = new Pooled(readers.transaction());
            try {
                return question.apply(new Session(transaction));
            } finally {
                Writer.rollback(transaction);
            }
        } catch (DbClientException failed) {
            throw new BookException("the store could not be read", failed, false);
        }
    }

    /// What a question finds after a commit that may have happened; nothing found is the doubt itself.
    <T> T found(Function<Session, Optional<T>> question, BookException doubt) {
        try {
            return read(question).orElseThrow(() -> doubt);
        } catch (BookException stillFailing) {
            if (stillFailing != doubt) {
                doubt.addSuppressed(stillFailing);
            }
            throw doubt;
        }
    }
}
