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
import tongchou.core.calendar.Period;
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

    Settlements(Dialect dialect, Institutions institutions, Members members, ParkingRows parkings,
            StaleSettlements stale, UsedRules rules) {
        this.dialect = dialect;
        this.institutions = institutions;
        this.members = members;
        this.parkings = parkings;
        this.stale = stale;
        this.rules = rules;
    }

    /// A member's counter and the number of its row.
    private record Sum(long id, Counter.Key key, long value) {
    }

    Booked settle(Session session, Submission submission, Deflated content, Decide decide) {
        members.lock(session, submission.member());
        var known = known(session, submission, content);
        if (known.isPresent()) {
            return known.get();
        }
        var household = members.household(session, submission.member());
        if (household.isEmpty()) {
            return new Booked.UnknownMember(submission.member());
        }
        var institution = institutions.on(session, submission.institution(), submission.day());
        if (institution.isEmpty()) {
            return new Booked.UnknownInstitution(submission.institution());
        }
        var parked = parkings.of(session, submission.member());
        var whole = parked.stream().filter(parking -> parking.year() == null).findFirst();
        if (whole.isPresent()) {
            return new Booked.Parked(submission.member(), whole.get().reason());
        }
        var sums = sums(session, submission.member());
        var decision = decide.on(new Situation(household.get().person(),
                institution.map(Institutions.Found::institution), yearToDate(sums)));
        return switch (decision) {
            case Decision.Refuse(var refusal) -> new Booked.Refused(refusal);
            case Decision.Settle(var settlement, var reply) -> {
                var year = benefitYear(settlement);
                yield parked.stream().filter(parking -> parking.covers(year)).findFirst().<Booked>map(
                        parking -> new Booked.Parked(submission.member(), parking.reason()))
                        .orElseGet(() -> new Booked.Done(book(session, submission, content, household.get(),
                                institution.get().id(), sums, settlement, reply), false));
            }
        };
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

    private Stored book(Session session, Submission submission, Deflated content, Members.Household household,
            long institution, List<Sum> sums, Settlement settlement, byte[] reply) {
        var claim = settlement.claim();
        if (!claim.member().token().equals(submission.member())) {
            throw new IllegalArgumentException("the settlement is of another member than the submission");
        }
        var id = session.number(dialect.nextSettlement());
        var member = household.own().member();
        writePapers(session, id, settlement, content, reply);
        sound(settlement);
        writeLines(session, id, settlement);
        writePostings(session, id, settlement);
        writeEntries(session, id, settlement);
        moveCounters(session, id, member, sums, settlement);
        members.debit(session, household, settlement, id);
        var treating = claim.institution().code().equals(submission.institution()) ? institution
                : Institutions.id(session, claim.institution().code()).orElseThrow(() -> new IllegalArgumentException(
                        "the settlement is of an institution that is not in the book"));
        var encounter = writeEncounter(session, member, treating, settlement);
        var bookedAt = submission.now().truncatedTo(ChronoUnit.MILLIS);
        writeHead(session, id, submission, institution, member, encounter, bookedAt, settlement);
        stale.booked(session, id, member, settlement.day());
        return new Stored(submission.id(), submission.institution(), submission.key(), submission.member(), bookedAt,
                reply);
    }

    private void writePapers(Session session, long id, Settlement settlement, Deflated content, byte[] reply) {
        var papers = dictionaries.pack(session, rules.id(session, settlement), content.plain(), reply);
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

    /// @throws Broken when the settlement does not begin where the member stands
    private void moveCounters(Session session, long id, long member, List<Sum> sums, Settlement settlement) {
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
            rows.add(List.of(id, counter, movement.before(), movement.after()));
        }
        session.insertAll("counter_movements", "settlement, counter, before, after", rows);
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
        return yearToDate(sums(session, token));
    }

    private static YearToDate yearToDate(List<Sum> sums) {
        Map<Counter.Key, Long> notZero = new HashMap<>();
        sums.stream().filter(sum -> sum.value() != 0).forEach(sum -> notZero.put(sum.key(), sum.value()));
        return new YearToDate(notZero);
    }

    private static List<Sum> sums(Session session, String token) {
        return session.rows("""
                select c.id, n.name, n.period, c.period_key, c.sum
                from members m join counters c on c.member = m.id join counter_names n on n.id = c.name
                where m.token = ?""", row -> new Sum(row.number(1),
                        new Counter.Key(row.text(2), row.constant(3, Period.class), row.text(4)),
                        row.number(5)), token);
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
    static String amounts(Session session, String id) {
        return session.row("""
                select total_fen, fund_fen, account_fen, cash_fen, hospital_fen from settlements where public_id = ?""",
                row -> row.number(1) + " " + row.number(2) + " " + row.number(3) + " " + row.number(4) + " "
                        + row.number(5), id).orElse("");
    }

    long count(Session session) {
        return session.number("select count(*) from settlements");
    }

    static Stored stored(Session.Row row) {
        return new Stored(row.text(1), row.text(2), row.text(3), row.text(4), Instant.ofEpochMilli(row.number(5)),
                row.document(6));
    }
}
