package tongchou.storage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tongchou.core.ledger.Account;
import tongchou.core.ledger.Entry;
import tongchou.core.ledger.Journal;
import tongchou.core.money.Fen;
import tongchou.core.settlement.Counter;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.YearToDate;
import tongchou.storage.Book.Booked;
import tongchou.storage.Book.Decide;
import tongchou.storage.Book.Decision;
import tongchou.storage.Book.Situation;
import tongchou.storage.Book.Stored;
import tongchou.storage.Book.Submission;
import tongchou.storage.Footing.Sum;
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
    private final UsedRules rules;
    private final PaperDictionaries dictionaries = new PaperDictionaries();
    private final Dictionary items = new Dictionary("items", "name");
    private final Dictionary layers = new Dictionary("layers", "name");
    private final Dictionary counterNames = new Dictionary("counter_names", "name", "period", "unit");
    private final Dictionary accounts = new Dictionary("accounts", "kind", "owner");
    private @Nullable Foresight foresight;

    Settlements(Dialect dialect, Institutions institutions, Members members, ParkingRows parkings,
            StaleSettlements stale, UsedRules rules) {
        this.dialect = dialect;
        this.institutions = institutions;
        this.members = members;
        this.parkings = parkings;
        this.stale = stale;
        this.rules = rules;
    }

    /// From now on settlements are decided ahead, where the writer knows what has changed.
    Settlements foreseeing(Questions questions, Writer writer) {
        foresight = Foresight.of(questions, writer, this);
        return this;
    }

    /// Decides ahead of the writer.
    Alone ahead(Submission submission, Decide decide) {
        return new Alone(foresight, foresight == null ? null : foresight.of(submission, decide).orElse(null));
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
    /// @param papers packed, where that was done already
    record Fresh(Settlement settlement, byte[] reply, String replyHash, @Nullable Packed papers) {
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
                    new Fresh(settlement, foreseen.decision().reply(), foreseen.replyHash(), foreseen.papers()), alone);
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
        return members.household(session, token).map(household -> new Footing(since, household,
                Footing.sums(session, token), parkings.of(session, token),
                Footing.latest(session, household.own().member())));
    }

    /// Packs the papers of a settlement ahead, where everything about their benefit is known.
    Optional<Packed> pack(Settlement settlement, byte[] content, byte[] reply) {
        return Optional.ofNullable(rules.known(settlement)).flatMap(rule -> dictionaries.pack(rule, content, reply));
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
        var claim = settlement.claim();
        if (!claim.member().token().equals(submission.member())) {
            throw new IllegalArgumentException("the settlement is of another member than the submission");
        }
        var id = dialect.next(session);
        var household = ground.footing().household();
        var member = household.own().member();
        writePapers(session, id, content, fresh);
        sound(settlement);
        writeLines(session, id, settlement);
        writePostings(session, id, settlement);
        writeEntries(session, id, settlement);
        var sums = moveCounters(session, id, member, ground.footing().sums(), settlement);
        var left = members.debit(session, household, settlement, id);
        var treating = claim.institution().code().equals(submission.institution()) ? ground.institution()
                : Institutions.id(session, claim.institution().code()).orElseThrow(() -> new IllegalArgumentException(
                        "the settlement is of an institution that is not in the book"));
        var encounter = writeEncounter(session, member, treating, settlement);
        var bookedAt = submission.now().truncatedTo(ChronoUnit.MILLIS);
        writeHead(session, id, submission, ground.institution(), member, encounter, bookedAt, settlement);
        var latest = ground.footing().latest();
        if (latest.isAfter(settlement.day())) {
            stale.booked(session, id, settlement.day());
        }
        if (alone != null && alone.foresight() != null) {
            var foresight = alone.foresight();
            session.whenDurable(() -> foresight.booked(submission.member(),
                    new Footing(session.number(), left, sums, ground.footing().parked(),
                            latest.isAfter(settlement.day()) ? latest : settlement.day())));
        }
        return new Stored(submission.id(), submission.institution(), submission.key(), submission.member(), bookedAt,
                fresh.reply());
    }

    private void writePapers(Session session, long id, Deflated content, Fresh fresh) {
        var papers = fresh.papers() != null ? fresh.papers() : dictionaries.pack(session,
                rules.id(session, fresh.settlement()), content.plain(), fresh.reply());
        session.insertAll("papers", "settlement, content_hash, content, reply", List.of(List.of(
                id, content.hash(), papers.content(), papers.reply())));
    }

    /// @throws Broken when the parts of the settlement do not add up
    private static void sound(Settlement settlement) {
        var broken = settlement.amounts().brokenIdentities();
        if (!broken.isEmpty()) {
            throw new Broken("the amounts break " + broken);
        }
    }

    private static Journal journal(Settlement settlement) {
        try {
            return Journal.of(settlement);
        } catch (IllegalArgumentException unbalanced) {
            throw new Broken(unbalanced.getMessage());
        }
    }

    /// Items are looked up in one order, so that two settlements with the same new items do not wait for each other.
    private void writeLines(Session session, long id, Settlement settlement) {
        Map<String, Long> numbers = new TreeMap<>();
        settlement.lines().forEach(judged -> numbers.put(judged.line().item(), 0L));
        numbers.replaceAll((item, none) -> items.id(session, item));
        session.insertAll("charge_lines", """
                settlement, number, item, pay_class, amount_fen, full_self_pay_fen, over_limit_fen, pre_pay_fen,
                in_scope_fen""", settlement.lines().stream().map(judged -> {
                    var line = judged.line();
                    return List.<Object>of(id, line.number(), numbers.get(line.item()), line.payClass().name(),
                            line.amount().value(), judged.fullSelfPay().value(), judged.overLimit().value(),
                            judged.prePay().value(), judged.inScope().value());
                }).toList());
    }

    private void writePostings(Session session, long id, Settlement settlement) {
        var rows = new ArrayList<List<@Nullable Object>>();
        for (var posting : settlement.postings()) {
            var layer = posting.layer();
            rows.add(Arrays.asList(id, rows.size() + 1, posting.payer().name(),
                    layer == null ? null : layers.id(session, layer.name()), posting.amount().value()));
        }
        session.insertAll("postings", "settlement, number, payer, layer, amount_fen", rows);
    }

    private void writeEntries(Session session, long id, Settlement settlement) {
        var rows = new ArrayList<List<Object>>();
        for (var entry : journal(settlement).entries()) {
            var account = entry.account();
            rows.add(List.of(id, rows.size() + 1, accounts.id(session, account.kind().name(), account.owner()),
                    entry.amount().value()));
        }
        session.insertAll("entries", "settlement, number, account, amount_fen", rows);
    }

    /// @return the sums as they are then
    /// @throws Broken when the settlement does not begin where the member stands
    private List<Sum> moveCounters(Session session, long id, long member, List<Sum> sums, Settlement settlement) {
        Map<Counter.Key, Sum> present = new HashMap<>();
        sums.forEach(sum -> present.put(sum.key(), sum));
        var rows = new ArrayList<List<Object>>();
        for (var movement : settlement.movements()) {
            var sum = present.get(movement.key());
            if (movement.before() != (sum == null ? 0 : sum.value())) {
                throw new Broken("the settlement found " + movement + ", the book holds " + sum);
            }
            long counter;
            if (sum == null) {
                var name = counterNames.id(session,
                        movement.key().name(), movement.key().period().name(), movement.unit().name());
                counter = session.insert("counters", "member, name, period_key, sum",
                        member, name, movement.key().periodKey(), movement.after());
            } else {
                counter = sum.id();
                session.change("update counters set sum = ? where id = ?", movement.after(), counter);
            }
            present.put(movement.key(), new Sum(counter, movement.key(), movement.after()));
            rows.add(List.of(id, counter, movement.before(), movement.after()));
        }
        session.insertAll("counter_movements", "settlement, counter, before, after", rows);
        return List.copyOf(present.values());
    }

    private static long writeEncounter(Session session, long member, long institution, Settlement settlement) {
        var claim = settlement.claim();
        var encounter = claim.encounter();
        var referral = encounter.referral();
        return session.insert("encounters", """
                name, member, institution, care, first_day, last_day, place, filing, referral, episode, referred_on,
                disease""", claim.name(), member, institution, encounter.care().name(), Session.text(encounter.from()),
                Session.text(encounter.to()), encounter.place().name(), encounter.filing().name(),
                referral == null ? null : referral.direction().name(), referral == null ? null : referral.episode(),
                referral == null ? null : Session.text(referral.issued()), encounter.disease());
    }

    /// The head comes last: the store compares it with the parts and then closes the settlement.
    private void writeHead(Session session, long id, Submission submission, long institution, long member,
            long encounter, Instant bookedAt, Settlement settlement) {
        var rule = rules.id(session, settlement);
        var amounts = settlement.amounts();
        session.insertAll("settlements", """
                id, public_id, institution, key, member, encounter, rules, binding_day, known_on, booked_at, total_fen,
                full_self_pay_fen, over_limit_fen, pre_pay_fen, in_scope_fen, deductible_fen, fund_fen, account_fen,
                cash_fen, hospital_fen""", List.of(Arrays.asList(
                id, submission.id(), institution, submission.key(), member, encounter, rule,
                Session.text(settlement.day()), Session.text(settlement.knownOn().day()), bookedAt.toEpochMilli(),
                amounts.total().value(), amounts.fullSelfPay().value(), amounts.overLimit().value(),
                amounts.prePay().value(), amounts.inScope().value(), amounts.deductible().value(),
                amounts.fund().value(), amounts.account().value(), amounts.cash().value(),
                amounts.hospital().value())));
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
