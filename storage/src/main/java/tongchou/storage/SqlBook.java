package tongchou.storage;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tongchou.core.alliance.Alliance;
import tongchou.core.alliance.Institution;
import tongchou.core.ledger.Entry;
import tongchou.core.people.Standing;
import tongchou.core.settlement.YearToDate;

/// The book on a relational store: what is written goes through the writer, what is read through the readers.
final class SqlBook implements Book {

    private final Writer writer;
    private final DbClient readers;
    private final Institutions institutions;
    private final Alliances alliances;
    private final Members members;
    private final Settlements settlements;

    SqlBook(Dialect dialect, Writer writer, DbClient readers) {
        this.writer = writer;
        this.readers = readers;
        this.institutions = new Institutions(dialect);
        this.alliances = new Alliances(dialect);
        this.members = new Members(dialect);
        this.settlements = new Settlements(dialect, institutions, members);
    }

    @Override
    public Optional<Conflict> register(Institution institution) {
        return writer.write(session -> institutions.register(session, institution));
    }

    @Override
    public Optional<Institution> institution(String code, LocalDate day) {
        return read(session -> institutions.on(session, code, day)).map(Institutions.Found::institution);
    }

    @Override
    public List<Institution> versions(String code) {
        return read(session -> institutions.versions(session, code));
    }

    @Override
    public List<Institution> institutions(String after, int limit) {
        return read(session -> institutions.page(session, after, limit));
    }

    @Override
    public Optional<Conflict> register(Alliance alliance) {
        return writer.write(session -> alliances.register(session, alliance));
    }

    @Override
    public List<Alliance> alliances() {
        return read(alliances::all);
    }

    @Override
    public Optional<Conflict> register(Person person) {
        return writer.write(session -> members.register(session, person));
    }

    @Override
    public Optional<Conflict> changeStanding(String token, Standing standing) {
        return writer.write(session -> members.changeStanding(session, token, standing));
    }

    @Override
    public Optional<Person> person(String token) {
        return read(session -> members.household(session, token)).map(Members.Household::person);
    }

    @Override
    public YearToDate yearToDate(String token) {
        return read(session -> settlements.yearToDate(session, token));
    }

    @Override
    public Booked settle(Submission submission, Decide decide) {
        var content = Deflated.of(submission.content());
        try {
            return writer.write(session -> settlements.settle(session, submission, content, decide));
        } catch (BookException failed) {
            if (!failed.isOutcomeUnknown()) {
                throw failed;
            }
            return afterDoubt(submission, content, failed);
        }
    }

    /// A commit that failed may have happened: what the key finds is the truth, and nothing found is not.
    private Booked afterDoubt(Submission submission, Deflated content, BookException doubt) {
        Optional<Booked> found;
        try {
            found = read(session -> settlements.known(session, submission, content));
        } catch (BookException stillFailing) {
            doubt.addSuppressed(stillFailing);
            throw doubt;
        }
        return switch (found.orElseThrow(() -> doubt)) {
            case Booked.Done(var stored, var repeated) -> new Booked.Done(stored, !stored.id().equals(submission.id()));
            case Booked other -> other;
        };
    }

    @Override
    public Optional<Stored> settlement(String id) {
        return read(session -> settlements.byId(session, id));
    }

    @Override
    public Optional<Stored> settlement(String institution, String key) {
        return read(session -> settlements.byKey(session, institution, key));
    }

    @Override
    public List<Entry> entries(String settlementId) {
        return read(session -> settlements.entries(session, settlementId));
    }

    @Override
    public long settlements() {
        return read(settlements::count);
    }

    private <T> T read(Function<Session, T> question) {
        try {
            var transaction = readers.transaction();
            try {
                return question.apply(new Session(transaction));
            } finally {
                Writer.rollback(transaction);
            }
        } catch (DbClientException failed) {
            throw new BookException("the store could not be read", failed, false);
        }
    }

    @Override
    public void close() {
        writer.close();
        readers.close();
    }
}
