package tongchou.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.InForce;
import tongchou.core.money.Fen;
import tongchou.core.people.Contract;
import tongchou.core.people.Member;
import tongchou.core.people.Purse;
import tongchou.core.people.Relief;
import tongchou.core.people.Scheme;
import tongchou.core.people.Standing;
import tongchou.core.people.Status;
import tongchou.core.policy.Payer;
import tongchou.core.settlement.Settlement;
import tongchou.storage.Book.Conflict;

/// Members, their standings and their account money in the store (参保人).
final class Members {

    private final Dialect dialect;

    Members(Dialect dialect) {
        this.dialect = dialect;
    }

    /// The money on one member's account, in fen.
    record Account(long member, String token, long currentYear, long earlierYears) {

        private long all() {
            return currentYear + earlierYears;
        }
    }

    /// A member with the accounts that may pay for it.
    ///
    /// @param own the member's own account
    /// @param family the accounts of those who share theirs, in the order in which they are used
    record Household(Person person, Account own, List<Account> family) {

        /// The same people with other money.
        private Household with(Map<Long, Account> accounts) {
            var money = accounts.getOrDefault(own.member(), own);
            var relatives = family.stream().map(one -> accounts.getOrDefault(one.member(), one)).toList();
            return new Household(new Person(person.member(), person.standings(), purse(money, relatives),
                    person.sharers()), money, relatives);
        }
    }

    private static Purse purse(Account own, List<Account> family) {
        return new Purse(Fen.of(own.currentYear()), Fen.of(own.earlierYears()),
                Fen.of(family.stream().mapToLong(Account::all).reduce(0, Math::addExact)));
    }

    Optional<Conflict> register(Session session, Person given) {
        lock(session, given.member().token());
        var present = household(session, given.member().token());
        if (present.isPresent()) {
            return difference(session, present.get(), given);
        }
        var conflict = overlapping(given.standings()).or(() -> strangers(session, given));
        if (conflict.isPresent()) {
            return conflict;
        }
        var purse = given.purse();
        var id = session.insert("members", "token, birth, current_year_fen, earlier_years_fen",
                given.member().token(), Session.text(given.member().birth()),
                purse.currentYear().value(), purse.earlierYears().value());
        if (!purse.own().isZero()) {
            move(session, id, null, purse.currentYear().value(), purse.earlierYears().value(),
                    purse.currentYear().value(), purse.earlierYears().value());
        }
        for (var i = 0; i < given.sharers().size(); i++) {
            session.insertAll("sharers", "member, number, sharer",
                    List.of(List.of(id, i, id(session, given.sharers().get(i)).orElseThrow())));
        }
        given.standings().forEach(standing -> Standings.write(session, id, standing));
        return Optional.empty();
    }

    private static Optional<Conflict> difference(Session session, Household present, Person given) {
        var person = present.person();
        return Difference.of("birth", person.member().birth(), given.member().birth())
                .or(() -> Difference.of("sharers", person.sharers(), given.sharers()))
                .or(() -> account(session, present.own(), given.purse()))
                .or(() -> given.standings().stream()
                        .filter(standing -> !holds(person.standings(), standing)).findFirst()
                        .map(standing -> new Conflict("standings", words(person.standings()))));
    }

    /// The opening balance and the present one are both what the book knows.
    private static Optional<Conflict> account(Session session, Account present, Purse given) {
        var currentYear = given.currentYear().value();
        var earlierYears = given.earlierYears().value();
        var opening = session.row("""
                select current_year_fen, earlier_years_fen from account_movements
                where member = ? and settlement is null and reversal is null and correction is null
                    and adjustment is null order by id""",
                row -> row.number(1) == currentYear && row.number(2) == earlierYears, present.member());
        return opening.orElse(given.own().isZero())
                || present.currentYear() == currentYear && present.earlierYears() == earlierYears
                ? Optional.empty()
                : Optional.of(new Conflict("account",
                        Fen.of(present.currentYear()) + ", " + Fen.of(present.earlierYears())));
    }

    /// Standings as whoever registered them wrote them: days, area, scheme and kind of person.
    private static String words(List<Standing> standings) {
        return standings.stream().map(one -> String.join(" ", one.inForce().toString(), one.area(),
                word(one.scheme()), word(one.status()), one.relief() == Relief.NONE ? "" : word(one.relief()))
                .strip()).collect(Collectors.joining("; "));
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static boolean holds(List<Standing> present, Standing given) {
        return timeline(present).place(given.inForce()) instanceof Timeline.Place.Known(var index, var sameEnd)
                && sameEnd && sameFacts(present.get(index), given);
    }

    private static boolean sameFacts(Standing present, Standing given) {
        return new Standing(given.inForce(), present.area(), present.scheme(), present.status(), present.plan(),
                present.relief(), present.civilServant(), present.claimFreeYears(), present.enrolledSince(),
                present.entitledFrom(), present.retiredOn(), present.contract(), present.designated(),
                present.diseases(), present.tags())
                .equals(given);
    }

    private static Optional<Conflict> overlapping(List<Standing> standings) {
        for (var i = 0; i < standings.size(); i++) {
            for (var j = 0; j < i; j++) {
                if (standings.get(i).inForce().overlaps(standings.get(j).inForce())) {
                    return Optional.of(new Conflict("standings", standings.get(j).inForce().toString()));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Conflict> strangers(Session session, Person given) {
        var seen = new HashSet<>(List.of(given.member().token()));
        return given.sharers().stream().filter(token -> !seen.add(token) || id(session, token).isEmpty()).findFirst()
                .map(token -> new Conflict("sharers", token));
    }

    Optional<Conflict> changeStanding(Session session, String token, Standing given) {
        lock(session, token);
        var member = id(session, token);
        if (member.isEmpty()) {
            return Optional.of(new Conflict("member", token));
        }
        var standings = Standings.of(session, member.get());
        return switch (timeline(standings).place(given.inForce())) {
            case Timeline.Place.Known(var index, var sameEnd) -> sameEnd && sameFacts(standings.get(index), given)
                    ? Optional.empty() : Optional.of(new Conflict("standings",
                            words(List.of(standings.get(index)))));
            case Timeline.Place.Taken(var by) -> Optional.of(new Conflict("in_force", by.toString()));
            case Timeline.Place.Free(var closes) -> {
                if (closes != null) {
                    session.change("""
                            update standings set last_day = ?, ended = ? where member = ? and first_day = ?""",
                            Session.text(given.inForce().from().minusDays(1)), Statements.lastBooking(session),
                            member.get(), Session.text(standings.get(closes).inForce().from()));
                }
                Standings.write(session, member.get(), given);
                yield Optional.empty();
            }
        };
    }

    private static Timeline timeline(List<Standing> standings) {
        return new Timeline(standings.stream().map(Standing::inForce).toList());
    }

    /// Keeps everybody else from the accounts and counters that a decision about this member rests on: the member's
    /// row and those of the relatives who share, always in the order of their numbers, so that two cannot wait for
    /// each other. What is registered about institutions waits as well.
    void lock(Session session, String token) {
        dialect.mayBook(session);
        if (dialect.locksRows()) {
            session.rows("""
                    select m.id from members m where m.token = ? or m.id in (
                        select s.sharer from sharers s join members o on o.id = s.member where o.token = ?)
                    order by m.id""" + dialect.forUpdate(), row -> row.number(1), token, token);
        }
    }

    /// What most members lack is not asked for: whether there is any is found out with the member.
    Optional<Household> household(Session session, String token) {
        record Own(Member member, Account account, boolean hasSharers, boolean hasWords) {
        }
        var own = session.row("""
                select m.id, m.token, m.current_year_fen, m.earlier_years_fen, m.birth,
                    case when exists (select 1 from sharers r where r.member = m.id) then 1 end,
                    case when exists (select 1 from standings s join standing_words w on w.standing = s.id
                        where s.member = m.id) then 1 end
                from members m where m.token = ?""", row -> new Own(new Member(row.text(2), row.day(5)), account(row),
                row.isGiven(6), row.isGiven(7)), token);
        return own.map(found -> {
            var id = found.account().member();
            var family = found.hasSharers() ? session.rows("""
                    select m.id, m.token, m.current_year_fen, m.earlier_years_fen
                    from sharers s join members m on m.id = s.sharer where s.member = ? order by s.number""",
                    Members::account, id) : List.<Account>of();
            var person = new Person(found.member(), Standings.of(session, id, found.hasWords()),
                    purse(found.account(), family), family.stream().map(Account::token).toList());
            return new Household(person, found.account(), family);
        });
    }

    private static Account account(Session.Row row) {
        return new Account(row.number(1), row.text(2), row.number(3), row.number(4));
    }

    static Optional<Long> id(Session session, String token) {
        return session.row("select id from members where token = ?", row -> row.number(1), token);
    }

    /// Takes the account money that a settlement used: the current year's first where the whole account pays, the
    /// relatives' in their order.
    ///
    /// @return the household with what is left
    /// @throws Broken when there is less than the settlement used
    Household debit(Session session, Household household, Settlement settlement, long settlementId) {
        var amounts = settlement.amounts();
        if (amounts.account().isZero()) {
            return household;
        }
        Map<Long, Account> after = new LinkedHashMap<>();
        var own = household.own();
        after.put(own.member(), own);
        household.family().forEach(account -> after.put(account.member(), account));

        var thisYear = amounts.by(Payer.ACCOUNT_CURRENT_YEAR).value();
        after.put(own.member(), take(own, thisYear, 0));
        var rest = takeWhole(after, own.member(), amounts.by(Payer.ACCOUNT).value());
        var shared = amounts.by(Payer.FAMILY_ACCOUNT).value();
        for (var account : household.family()) {
            shared = takeWhole(after, account.member(), shared);
        }
        if (rest != 0 || shared != 0) {
            throw new Broken("the settlement uses more account money than there is: "
                    + Fen.of(rest) + " own, " + Fen.of(shared) + " of the family");
        }
        for (var before : Stream.concat(Stream.of(own), household.family().stream()).toList()) {
            var left = java.util.Objects.requireNonNull(after.get(before.member()));
            if (!left.equals(before)) {
                session.change("update members set current_year_fen = ?, earlier_years_fen = ? where id = ?",
                        left.currentYear(), left.earlierYears(), left.member());
                move(session, left.member(), settlementId, left.currentYear() - before.currentYear(),
                        left.earlierYears() - before.earlierYears(), left.currentYear(), left.earlierYears());
            }
        }
        return household.with(after);
    }

    /// Puts the account money that a settlement used back where it was taken from, each relative's to the relative.
    void restore(Session session, long settlementId, long reversalId) {
        record Taken(Account account, long currentYear, long earlierYears) {
        }
        var taken = session.rows("""
                select m.id, m.token, m.current_year_fen, m.earlier_years_fen, a.current_year_fen, a.earlier_years_fen
                from account_movements a join members m on m.id = a.member where a.settlement = ? order by m.id""",
                row -> new Taken(account(row), row.number(5), row.number(6)), settlementId);
        for (var movement : taken) {
            var account = movement.account();
            var currentYear = Math.subtractExact(account.currentYear(), movement.currentYear());
            var earlierYears = Math.subtractExact(account.earlierYears(), movement.earlierYears());
            session.change("update members set current_year_fen = ?, earlier_years_fen = ? where id = ?",
                    currentYear, earlierYears, account.member());
            session.insertAll("account_movements", """
                    member, reversal, current_year_fen, earlier_years_fen, current_year_after_fen,
                    earlier_years_after_fen""", List.of(List.of(account.member(), reversalId,
                            -movement.currentYear(), -movement.earlierYears(), currentYear, earlierYears)));
        }
    }

    /// Gives account money back to whom a settlement took it from.
    void giveBack(Session session, Effect.Taken back, long correction) {
        var account = session.row("select id, token, current_year_fen, earlier_years_fen from members where id = ?",
                Members::account, back.member()).orElseThrow();
        var currentYear = Math.addExact(account.currentYear(), back.currentYear());
        var earlierYears = Math.addExact(account.earlierYears(), back.earlierYears());
        if (currentYear < 0 || earlierYears < 0) {
            throw new Broken("an account would hold " + Fen.of(currentYear) + ", " + Fen.of(earlierYears));
        }
        session.change("update members set current_year_fen = ?, earlier_years_fen = ? where id = ?",
                currentYear, earlierYears, back.member());
        session.insertAll("account_movements", """
                member, correction, current_year_fen, earlier_years_fen, current_year_after_fen,
                earlier_years_after_fen""", List.of(List.of(back.member(), correction, back.currentYear(),
                        back.earlierYears(), currentYear, earlierYears)));
    }

    /// Takes again what a correction gave back.
    void takeAgain(Session session, long correction, long reversal) {
        session.rows("""
                select member, -current_year_fen, -earlier_years_fen from account_movements where correction = ?
                order by member""", row -> new Effect.Taken(row.number(1), row.number(2), row.number(3)), correction)
                .forEach(taken -> giveBack(session, taken, reversal));
    }

    /// @return what the account could not give
    private static long takeWhole(Map<Long, Account> accounts, long member, long amount) {
        var account = java.util.Objects.requireNonNull(accounts.get(member));
        var thisYear = Math.min(amount, account.currentYear());
        var earlier = Math.min(amount - thisYear, account.earlierYears());
        accounts.put(member, take(account, thisYear, earlier));
        return amount - thisYear - earlier;
    }

    private static Account take(Account account, long currentYear, long earlierYears) {
        if (currentYear > account.currentYear() || earlierYears > account.earlierYears()) {
            throw new Broken("the settlement uses " + Fen.of(currentYear)
                    + " of the current year's account money, there is " + Fen.of(account.currentYear()));
        }
        return new Account(account.member(), account.token(),
                account.currentYear() - currentYear, account.earlierYears() - earlierYears);
    }

    private static void move(Session session, long member, @Nullable Long settlement,
            long currentYear, long earlierYears, long currentYearAfter, long earlierYearsAfter) {
        session.insertAll("account_movements", """
                member, settlement, current_year_fen, earlier_years_fen, current_year_after_fen,
                earlier_years_after_fen""", List.of(Arrays.asList(
                        member, settlement, currentYear, earlierYears, currentYearAfter, earlierYearsAfter)));
    }
}
