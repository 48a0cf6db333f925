package tongchou.storage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongchou.core.ledger.Account;
import tongchou.core.ledger.Entry;
import tongchou.core.money.Fen;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.YearToDate;
import tongchou.storage.Book.Booked;
import tongchou.storage.Book.Decide;
import tongchou.storage.Book.Decision;
import tongchou.storage.Book.Situation;
import tongchou.storage.Book.Stored;
import tongchou.storage.Book.Submission;
import tongchou.storage.PaperDictionaries.Packed;

/// Settlements, their journals and the counters they move in the store (结算).
final class Settlements {

    private static final String STORED = """
            select s.public_id, i.code, s.key, m.token, s.booked_at, p.reply
            from settlements s join institutions i on i.id = s.institution join members m on m.id = s.member
                join papers p on p.settlement = s.id
            """;
    private static final String KNOWN = """
            select s.public_id, i.code, s.key, m.token, s.booked_at, p.reply, p.content_hash, p.content
            from institutions i join settlements s on s.institution = i.id join members m on m.id = s.member
                join papers p on p.settlement = s.id
            where i.code = ? and s.key = ?""";

    private static final String TAKEN = "select 1 from settlements where institution = ? and key = ?";

    private final Dialect dialect;
    private final Institutions institutions;
    private final Members members;
    private final ParkingRows parkings;
    private final StaleSettlements stale;
    private final SettlementRows rows;
    private @Nullable Foresight foresight;

    Settlements(Dialect dialect, Institutions institutions, Members members, ParkingRows parkings,
            StaleSettlements stale, UsedRules rules) {
        this.dialect = dialect;
        this.institutions = institutions;
        this.members = members;
        this.parkings = parkings;
        this.stale = stale;
        this.rows = new SettlementRows(dialect, rules);
    }

    /// From now on settlements are decided ahead, where the writer knows what has changed.
    Settlements foreseeing(Questions questions, Writer writer) {
        foresight = Foresight.of(questions, writer, this);
        return this;
    }

    /// Decides ahead of the writer.
    ///
    /// @param who on whose behalf
    Alone ahead(Submission submission, Deflated content, Decide decide, String who) {
        return new Alone(foresight, foresight == null ? null
                : foresight.of(submission, content, decide, who).orElse(null));
    }

    /// A booking that is all there is in its change.
    ///
    /// @param foresight where the new footing is remembered; null where others write as well
    /// @param foreseen what was decided ahead, if anything was
    record Alone(@Nullable Foresight foresight, Foresight.@Nullable Foreseen foreseen) {

        Foresight.@Nullable Foreseen holding() {
            return foresight != null && foreseen != null && foresight.holds(foreseen) ? foreseen : null;
        }
    }

    /// What became of a submission.
    ///
    /// @param fresh what was booked just now; null when nothing was
    record Outcome(Booked booked, @Nullable Fresh fresh) {

        static Outcome of(Booked booked) {
            return new Outcome(booked, null);
        }
    }

    /// A settlement as it is booked.
    ///
    /// @param ahead what was made ahead of the writer, if anything was
    record Fresh(Settlement settlement, byte[] reply, String replyHash, @Nullable Ahead ahead) {
    }

    /// What was made ahead of the writer.
    ///
    /// @param papers null where what they are packed with was not known
    /// @param row null where a word in it had no number
    /// @param told what the audit log says of it
    record Ahead(@Nullable Packed papers, SettlementRows.@Nullable Row row, byte[] told) {
    }

    /// Where a settlement is booked: the institution that sends it, and where the member stands.
    private record Ground(Footing footing, long institution) {
    }

    /// @param alone null where the change comes to more than this booking
    Outcome settle(Session session, Submission submission, Deflated content, Decide decide, @Nullable Alone alone) {
        var foreseen = alone == null ? null : alone.holding();
        if (foreseen != null && !(session.isApart()
                && isTaken(session, foreseen.institution().id(), submission.key()))) {
            var settlement = foreseen.decision().settlement();
            return done(session, submission, content, new Ground(foreseen.footing(), foreseen.institution().id()),
                    new Fresh(settlement, foreseen.decision().reply(), foreseen.replyHash(), foreseen.ahead()), alone);
        }
        members.lock(session, submission.member());
        var known = known(session, submission, content);
        if (known.isPresent()) {
            return Outcome.of(known.get());
        }
        var footing = footing(session, 0, submission.member());
        if (footing.isEmpty()) {
            return Outcome.of(new Booked.UnknownMember(submission.member()));
        }
        var institution = institutions.on(session, submission.institution(), submission.day());
        if (institution.isEmpty()) {
            return Outcome.of(new Booked.UnknownInstitution(submission.institution()));
        }
        var parked = footing.get().parked();
        var whole = parked.stream().filter(parking -> parking.year() == null).findFirst();
        if (whole.isPresent()) {
            return Outcome.of(new Booked.Parked(submission.member(), whole.get().reason()));
        }
        var decision = decide.on(new Situation(footing.get().household().person(),
                institution.map(Institutions.Found::institution), footing.get().yearToDate()));
        return switch (decision) {
            case Decision.Refuse(var refusal) -> Outcome.of(new Booked.Refused(refusal));
            case Decision.Settle(var settlement, var reply) -> {
                var year = benefitYear(settlement);
                yield parked.stream().filter(parking -> parking.covers(year)).findFirst().map(
                        parking -> Outcome.of(new Booked.Parked(submission.member(), parking.reason())))
                        .orElseGet(() -> done(session, submission, content,
                                new Ground(footing.get(), institution.get().id()),
                                new Fresh(settlement, reply, AuditLog.hash(reply), null), alone));
            }
        };
    }

    /// Whether an institution has used a key.
    static boolean isTaken(Session session, long institution, String key) {
        return session.row(TAKEN, row -> row.number(1), institution, key).isPresent();
    }

    private Outcome done(Session session, Submission submission, Deflated content, Ground ground, Fresh fresh,
            @Nullable Alone alone) {
        if (alone != null) {
            session.concernsOnly(ground.footing().members());
        }
        return new Outcome(new Booked.Done(book(session, submission, content, ground, fresh, alone), false), fresh);
    }

    /// Where a member stands.
    ///
    /// @param since the number of the change after which it is read
    Optional<Footing> footing(Session session, long since, String token) {
        return members.household(session, token).map(household -> {
            var traces = Footing.traces(session, household.own().member());
            return new Footing(since, household, traces.sums() ? Footing.sums(session, token) : List.of(),
                    traces.parked() ? parkings.of(session, token) : List.of(), traces.latest());
        });
    }

    /// Makes everything about a settlement that can be made ahead.
    ///
    /// @param told what the audit log says of it
    Ahead ahead(SettlementRows.Booking booking, byte[] told) {
        var claim = booking.settlement().claim();
        var papers = rows.papers(booking);
        var usual = claim.institution().code().equals(booking.submission().institution())
                && claim.member().token().equals(booking.submission().member());
        return new Ahead(papers, usual ? rows.row(booking, papers) : null, told);
    }

    /// The first day of the benefit year in which a settlement counts.
    static LocalDate benefitYear(Settlement settlement) {
        return settlement.waterfall().benefit().year().firstDay(settlement.day());
    }

    /// What a request comes to whose key was used before.
    Optional<Booked> known(Session session, Submission submission, Deflated content) {
        return session.row(KNOWN, row -> {
            var stored = stored(row);
            return content.isSame(row.bytes(7))
                    ? new Booked.Done(stored, true)
                    : new Booked.KeyTaken(stored, row.document(8));
        }, submission.institution(), submission.key());
    }

    private Stored book(Session session, Submission submission, Deflated content, Ground ground, Fresh fresh,
            @Nullable Alone alone) {
        var settlement = fresh.settlement();
        if (!settlement.claim().member().token().equals(submission.member())) {
            throw new IllegalArgumentException("the settlement is of another member than the submission");
        }
        var ahead = fresh.ahead();
        var row = ahead != null && ahead.row() != null ? ahead.row()
                : row(session, submission, content, ground, fresh);
        var id = dialect.next(session);
        var moves = rows.move(session, ground.footing(), settlement);
        var left = members.debit(session, ground.footing().household(), settlement, id);
        row.insert(session, id, moves);
        var latest = ground.footing().latest();
        if (latest.isAfter(settlement.day())) {
            stale.booked(session, id, settlement.day());
        }
        if (alone != null && alone.foresight() != null) {
            var foresight = alone.foresight();
            session.whenDurable(() -> foresight.booked(submission.member(),
                    new Footing(session.number(), left, moves.sums(), ground.footing().parked(),
                            latest.isAfter(settlement.day()) ? latest : settlement.day())));
        }
        return new Stored(submission.id(), submission.institution(), submission.key(), submission.member(),
                submission.now().truncatedTo(ChronoUnit.MILLIS), fresh.reply());
    }

    private SettlementRows.Row row(Session session, Submission submission, Deflated content, Ground ground,
            Fresh fresh) {
        var treating = fresh.settlement().claim().institution().code();
        var treatedBy = treating.equals(submission.institution()) ? ground.institution()
                : Institutions.id(session, treating).orElseThrow(() -> new IllegalArgumentException(
                        "the settlement is of an institution that is not in the book"));
        return rows.row(session, new SettlementRows.Booking(submission, content, ground.footing(), ground.institution(),
                treatedBy, fresh.settlement(), fresh.reply()), fresh.ahead() == null ? null : fresh.ahead().papers());
    }

    YearToDate yearToDate(Session session, String token) {
        return Footing.yearToDate(Footing.sums(session, token));
    }

    Optional<Stored> byId(Session session, String id) {
        return session.row(STORED + "where s.public_id = ?", Settlements::stored, id);
    }

    Optional<Stored> byKey(Session session, String institution, String key) {
        return session.row(STORED + "where i.code = ? and s.key = ?", Settlements::stored, institution, key);
    }

    List<Entry> entries(Session session, String id) {
        return session.rows("""
                select a.kind, a.owner, e.amount_fen
                from settlements s join entries e on e.settlement = s.id join accounts a on a.id = e.account
                where s.public_id = ? order by e.number""", row -> new Entry(
                        new Account(row.constant(1, Account.Kind.class), row.text(2)), Fen.of(row.number(3))), id);
    }

    /// Total, fund, account, cash and the institution's own share, in fen.
    static String amounts(Settlement settlement) {
        var amounts = settlement.amounts();
        return amounts.total().value() + " " + amounts.fund().value() + " " + amounts.account().value() + " "
                + amounts.cash().value() + " " + amounts.hospital().value();
    }

    long count(Session session) {
        return session.number("select count(*) from settlements");
    }

    static Stored stored(Session.Row row) {
        return new Stored(row.text(1), row.text(2), row.text(3), row.text(4), Instant.ofEpochMilli(row.number(5)),
                row.document(6));
    }
}
