package tongchou.storage;

import io.helidon.dbclient.DbClient;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Alliance;
import tongchou.core.alliance.Institution;
import tongchou.core.ledger.Entry;
import tongchou.core.people.Standing;
import tongchou.core.settlement.YearToDate;

/// The book on a relational store: what is written goes through the writer, what is read through the readers.
final class SqlBook implements Book {

    private final Questions questions;
    private final Institutions institutions;
    private final Members members;
    private final Settlements settlements;
    private final ParkingRows parkings;
    private final StaleSettlements stale = new StaleSettlements();
    private final Reversals reversals;
    private final Identities identities;
    private final Oversight oversight;
    private final Resettlements resettlements;
    private final SqlTurns turns;
    private final Witness witness;
    private final Registry registry;

    SqlBook(Dialect dialect, Writer writer, Questions questions, @Nullable DbClient locks, Fingerprint fingerprint) {
        this.turns = new SqlTurns(locks);
        this.questions = questions;
        this.institutions = new Institutions(dialect);
        this.members = new Members(dialect);
        this.parkings = new ParkingRows(members);
        var rules = new UsedRules();
        var corrections = new Corrections(dialect, members, rules);
        this.settlements = new Settlements(dialect, institutions, members, parkings, stale, rules)
                .foreseeing(questions, writer);
        this.reversals = new Reversals(dialect, settlements, members, parkings, stale, corrections);
        var audit = new AuditLog(dialect, fingerprint);
        this.oversight = Oversight.of(dialect, writer, questions, audit, members);
        this.identities = new SqlIdentities(dialect, writer, questions, audit, members);
        this.witness = new Witness(writer, audit, "", null);
        this.registry = new Registry(witness, institutions, new Alliances(dialect), members);
        this.resettlements = new SqlResettlements(dialect, writer, questions, audit, members, parkings,
                new Refold(institutions, members, settlements), corrections, new Differences(rules));
    }

    private SqlBook(SqlBook book, String who, Instant at) {
        this.questions = book.questions;
        this.institutions = book.institutions;
        this.members = book.members;
        this.parkings = book.parkings;
        this.settlements = book.settlements;
        this.reversals = book.reversals;
        this.identities = book.identities;
        this.oversight = book.oversight;
        this.resettlements = book.resettlements;
        this.turns = book.turns;
        this.witness = new Witness(book.witness.writer(), book.witness.audit(), who, at);
        this.registry = book.registry.of(witness);
    }

    @Override
    public Book acting(String by, Instant now) {
        return new SqlBook(this, by, now);
    }

    @Override
    public void note(String kind, String subject, String reason) {
        witness.note(kind, subject, reason);
    }

    @Override
    public long auditSize() {
        return questions.read(AuditLog::size);
    }

    @Override
    public Checkpoint checkpoint(Seal seal, Instant now) {
        var checkpoint = witness.writer().write(session -> witness.audit().checkpoint(session, seal, now));
        seal.keep(checkpoint);
        return checkpoint;
    }

    @Override
    public List<Finding> verify(Inspection how) {
        return questions.read(session -> new Verification(session, how).everything());
    }

    @Override
    public List<Finding> verifyAudit(Inspection how) {
        return questions.read(session -> new Verification(session, how).auditLog());
    }

    @Override
    public Optional<Conflict> register(Institution institution) {
        return registry.register(institution);
    }

    @Override
    public Optional<Institution> institution(String code, LocalDate day) {
        return questions.read(session -> institutions.on(session, code, day)).map(Institutions.Found::institution);
    }

    @Override
    public List<Institution> versions(String code) {
        return questions.read(session -> institutions.versions(session, code));
    }

    @Override
    public List<Institution> institutions(String after, int limit) {
        return questions.read(session -> institutions.page(session, after, limit));
    }

    @Override
    public Optional<Conflict> register(Alliance alliance) {
        return registry.register(alliance);
    }

    @Override
    public List<Alliance> alliances() {
        return questions.read(Alliances::all);
    }

    @Override
    public Optional<Conflict> register(Person person) {
        return registry.register(person);
    }

    @Override
    public Optional<Conflict> register(Roll roll) {
        return registry.register(roll);
    }

    @Override
    public Optional<Conflict> changeStanding(String token, Standing standing) {
        return registry.changeStanding(token, standing);
    }

    @Override
    public Optional<Person> person(String token) {
        return questions.read(session -> members.household(session, token)).map(Members.Household::person);
    }

    @Override
    public YearToDate yearToDate(String token) {
        return questions.read(session -> settlements.yearToDate(session, token));
    }

    @Override
    public Booked settle(Submission submission, Decide decide) {
        var content = Deflated.of(submission.content());
        var watched = new Watched(decide);
        try {
            return witness.writer().write(() -> settlements.ahead(submission, content, watched, witness.who()),
                    (session, alone) -> witness.booked(session, submission, content,
                            settlements.settle(session, submission, content, watched, alone)));
        } catch (Broken | BookException failed) {
            if (failed instanceof BookException doubt && doubt.isOutcomeUnknown()) {
                return afterDoubt(submission, content, doubt);
            }
            return new Booked.Parked(submission.member(),
                    parked(failed, submission.member(), watched::year, submission.now()));
        }
    }

    /// Parks a member's year after an invariant that would not hold; any other failure goes on.
    ///
    /// @return the reason for which the member is parked
    private String parked(RuntimeException failed, String member, Supplier<@Nullable LocalDate> year, Instant now) {
        var reason = Broken.in(failed).orElseThrow(() -> failed);
        try {
            parkings().park(member, year.get(), reason, "", now);
        } catch (RuntimeException alsoFailed) {
            failed.addSuppressed(alsoFailed);
            throw failed;
        }
        return reason;
    }

    /// A commit that failed may have happened: what the key finds is the truth, and nothing found is not.
    private Booked afterDoubt(Submission submission, Deflated content, BookException doubt) {
        return switch (questions.found(session -> settlements.known(session, submission, content), doubt)) {
            case Booked.Done(var stored, var repeated) -> new Booked.Done(stored, !stored.id().equals(submission.id()));
            case Booked other -> other;
        };
    }

    @Override
    public Reversed reverse(Reversing request, Answer answer) {
        var content = Deflated.of(request.content());
        try {
            return witness.writer().write(session -> witness.reversed(session, content,
                    reversals.reverse(session, request, content, answer)));
        } catch (Broken | BookException failed) {
            if (failed instanceof BookException doubt && doubt.isOutcomeUnknown()) {
                return afterDoubt(request, content, doubt);
            }
            var of = settlement(request.settlement()).orElseThrow(() -> failed).member();
            return new Reversed.Parked(of, parked(failed, of, parkings.year(questions, request), request.now()));
        }
    }

    private Reversed afterDoubt(Reversing request, Deflated content, BookException doubt) {
        return switch (questions.found(session -> reversals.known(session, request, content), doubt)) {
            case Reversed.Done(var reversal, var repeated) ->
                    new Reversed.Done(reversal, !reversal.id().equals(request.id()));
            case Reversed other -> other;
        };
    }

    @Override
    public Replaced replace(Reversing request, Answer answer, Submission submission, Decide decide) {
        var old = Deflated.of(request.content());
        var content = Deflated.of(submission.content());
        var watched = new Watched(decide);
        try {
            return witness.writer().write(
                    session -> replace(session, request, old, answer, submission, content, watched));
        } catch (OldStands undone) {
            return undone.why();
        } catch (Broken | BookException failed) {
            if (failed instanceof BookException doubt && doubt.isOutcomeUnknown()) {
                return afterDoubt(request, old, submission, content, doubt);
            }
            return new Replaced.NotBooked(new Booked.Parked(submission.member(), parked(failed, submission.member(),
                    watched.or(parkings.year(questions, request)), submission.now())));
        }
    }

    private Replaced replace(Session session, Reversing request, Deflated old, Answer answer, Submission submission,
            Deflated content, Decide decide) {
        members.lock(session, submission.member());
        var known = replaced(session, request, old, submission, content);
        if (known.isPresent()) {
            return known.get();
        }
        if (settlements.byId(session, request.settlement())
                .filter(stored -> !stored.member().equals(submission.member())).isPresent()) {
            throw new IllegalArgumentException("the settlement that is replaced is of another member");
        }
        var reversed = reversals.reverse(session, request, old, answer);
        if (!(reversed instanceof Reversed.Done(var reversal, var repeated)) || repeated) {
            return new Replaced.NotReversed(reversed);
        }
        var outcome = settlements.settle(session, submission, content, decide, null);
        return switch (outcome.booked()) {
            case Booked.Done done -> {
                witness.reversed(session, old, reversed);
                witness.booked(session, submission, content, outcome);
                yield new Replaced.Done(reversal, done.stored(), done.repeated());
            }
            case Booked refused -> throw new OldStands(new Replaced.NotBooked(refused));
        };
    }

    /// What became of the request when one of its two keys was used before.
    private Optional<Replaced> replaced(
            Session session, Reversing request, Deflated old, Submission submission, Deflated content) {
        var booked = settlements.known(session, submission, content);
        var reversed = reversals.known(session, request, old);
        if (booked.isPresent() && booked.get() instanceof Booked.Done(var stored, var again)
                && reversed.isPresent() && reversed.get() instanceof Reversed.Done(var reversal, var twice)
                && reversal.key().equals(request.key()) && reversal.sender().equals(request.sender())) {
            return Optional.of(new Replaced.Done(reversal, stored, true));
        }
        if (booked.orElse(null) instanceof Booked.KeyTaken taken && reversed.orElse(null) instanceof Reversed.Done) {
            return Optional.of(new Replaced.NotBooked(taken));
        }
        return reversed.<Replaced>map(Replaced.NotReversed::new).or(() -> booked.map(Replaced.NotBooked::new));
    }

    private Replaced afterDoubt(Reversing request, Deflated old, Submission submission, Deflated content,
            BookException doubt) {
        return switch (questions.found(session -> replaced(session, request, old, submission, content), doubt)) {
            case Replaced.Done(var reversal, var stored, var repeated) ->
                    new Replaced.Done(reversal, stored, !stored.id().equals(submission.id()));
            case Replaced other -> other;
        };
    }

    @Override
    public Optional<Reversal> reversal(String id) {
        return questions.read(session -> reversals.byId(session, id));
    }

    @Override
    public Optional<Reversal> reversal(String sender, String key) {
        return questions.read(session -> reversals.byKey(session, sender, key));
    }

    @Override
    public Optional<Reversal> reversalOf(String settlementId) {
        return questions.read(session -> reversals.ofSettlement(session, settlementId));
    }

    @Override
    public List<Stale> stale(String member) {
        return questions.read(session -> stale.of(session, member));
    }

    @Override
    public List<String> staleMembers(String after, int limit) {
        return questions.read(session -> stale.members(session, after, limit));
    }

    @Override
    public Parkings parkings() {
        return new SqlParkings(parkings, witness, questions);
    }

    @Override
    public Catalogue catalogue() {
        return new SqlCatalogue(witness.audit().dialect(), witness, questions);
    }

    @Override
    public Formularies formularies() {
        return new SqlFormularies(witness.audit().dialect(), witness, questions);
    }

    @Override
    public Volumes volumes() {
        return new SqlVolumes(questions, new Refold(institutions, members, settlements));
    }

    @Override
    public Turns turns() {
        return turns;
    }

    @Override
    public Papers papers() {
        return new SqlPapers(questions, members);
    }

    @Override
    public AuditTrail auditTrail() {
        return new SqlAuditTrail(questions);
    }

    @Override
    public Optional<Stored> settlement(String id) {
        return questions.read(session -> settlements.byId(session, id));
    }

    @Override
    public Optional<Stored> settlement(String institution, String key) {
        return questions.read(session -> settlements.byKey(session, institution, key));
    }

    @Override
    public List<Entry> entries(String id) {
        return questions.read(session -> {
            var entries = settlements.entries(session, id);
            return entries.isEmpty() ? reversals.entries(session, id) : entries;
        });
    }

    @Override
    public long settlements() {
        return questions.read(settlements::count);
    }

    @Override
    public Keys keys() {
        return new SqlKeys(witness.audit().dialect(), witness.writer(), questions, witness.audit());
    }

    @Override
    public Resettlements resettlements() {
        return resettlements;
    }

    @Override
    public Identities identities() {
        return identities;
    }

    @Override
    public Oversight oversight() {
        return oversight;
    }

    @Override
    public void close() {
        if (witness.at() == null) {
            witness.writer().close();
            turns.close();
            questions.close();
        }
    }
}
