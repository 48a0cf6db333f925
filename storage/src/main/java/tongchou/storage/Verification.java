package tongchou.storage;

import io.helidon.dbclient.DbClientException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Alliance;
import tongchou.core.alliance.Membership;
import tongchou.storage.Book.Stored;

/// Recomputes what must hold in a book from its rows alone (核验).
///
/// It reads bookings in their order, some thousands at a time; in memory it holds one number per counter and account.
final class Verification {

    private static final long STEP = 2_000;

    private final Session session;
    private final Inspection how;
    private final List<Finding> findings = new ArrayList<>();

    /// The last booking of every member that the audit log told of.
    private final Map<Long, Long> latest = new HashMap<>();

    Verification(Session session, Inspection how) {
        this.session = session;
        this.how = how;
    }

    /// Ends a verification that has found enough.
    private static final class Enough extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Enough() {
            super(null, null, false, false);
        }
    }

    List<Finding> everything() {
        return collect(() -> {
            bookings();
            replies();
            counters();
            accountMoney();
            singly("keys", Statements.ONCE);
            singly("dates", Statements.DATES);
            alliances();
            new BudgetCheck(session, how, this::found).ask();
            readAuditLog();
        });
    }

    List<Finding> auditLog() {
        return collect(this::readAuditLog);
    }

    private List<Finding> collect(Runnable checks) {
        try {
            checks.run();
        } catch (Enough asManyAsAskedFor) {
            return List.copyOf(findings);
        }
        return List.copyOf(findings);
    }

    private void found(String check, String subject, String what) {
        findings.add(new Finding(check, subject, what));
        if (findings.size() >= how.most()) {
            throw new Enough();
        }
    }

    private void singly(String name, Map<String, String> statements) {
        var done = 0;
        for (var statement : statements.entrySet()) {
            how.progress().at(name, done++, statements.size());
            var rows = session.rows(statement.getValue() + " limit 100", row -> row.textOrNull(1));
            rows.forEach(row -> found(check(statement), String.valueOf(row), meaning(statement)));
        }
        how.progress().at(name, done, statements.size());
    }

    private static String check(Map.Entry<String, String> statement) {
        return statement.getKey().substring(0, statement.getKey().indexOf(' '));
    }

    private static String meaning(Map.Entry<String, String> statement) {
        return statement.getKey().substring(statement.getKey().indexOf(' ') + 1);
    }

    private void bookings() {
        var last = session.number(Statements.LAST_BOOKING);
        for (var from = 0L; from < last; from += STEP) {
            how.progress().at("bookings", from, last);
            try {
                for (var statement : Statements.BOOKINGS.entrySet()) {
                    session.rows(statement.getValue(), row -> row.text(1), from, from + STEP)
                            .forEach(subject -> found(check(statement), subject, meaning(statement)));
                }
            } catch (DbClientException unreadable) {
                // Nothing that reads it can go on.
                found("I2", "bookings " + (from + 1) + " to " + Math.min(last, from + STEP),
                        "a list of one of them cannot be read any more");
                throw new Enough();
            }
            papers(from, from + STEP);
        }
        how.progress().at("bookings", last, last);
    }

    /// What was sent hashes to what finds it, the key finds it, and the reply is what the caller computes.
    private void papers(long from, long to) {
        record Paper(Stored stored, boolean same) {
        }
        var papers = session.rows(Statements.PAPERS, row -> {
            try {
                return new Paper(Settlements.stored(row),
                Deflated.of(row.document(8)).isSame(row.bytes(7)));
            } catch (BookException damaged) {
                return new Paper(new Stored(row.text(1), row.text(2), row.text(3), row.text(4),
                        java.time.Instant.ofEpochMilli(row.number(5)), new byte[0]), false);
            }
        }, from, to);
        for (var paper : papers) {
            var stored = paper.stored();
            if (!paper.same()) {
                found("I5", stored.id(), "its request or reply is not what was stored");
            }
            var byKey = session.row("""
                    select s.public_id from institutions i join settlements s on s.institution = i.id
                    where i.code = ? and s.key = ?""", row -> row.text(1), stored.institution(), stored.key());
            if (!byKey.equals(java.util.Optional.of(stored.id()))) {
                found("I6", stored.id(), "its key finds " + byKey.orElse("nothing"));
            }
        }
    }

    private void replies() {
        if (how.recompute() != Inspection.Recompute.NOTHING) {
            new Hindsight(session).ask(how, finding -> found(finding.check(), finding.subject(), finding.what()));
        }
    }

    private void counters() {
        Map<Long, Long> sums = new HashMap<>();
        var last = session.number(Statements.LAST_BOOKING);
        record Movement(String booking, long counter, long before, long after) {
        }
        for (var from = 0L; from < last; from += STEP) {
            how.progress().at("counters", from, last);
            for (var movement : session.rows("""
                    select booking, counter, before, after from movements where booking > ? and booking <= ?
                    order by booking, counter""", row -> new Movement("booking " + row.number(1), row.number(2),
                            row.number(3), row.number(4)), from, from + STEP)) {
                long sum = sums.getOrDefault(movement.counter(), 0L);
                if (sum != movement.before()) {
                    found("I4", movement.booking(), "counter " + movement.counter() + " was " + sum
                            + ", the movement begins at " + movement.before());
                }
                sums.put(movement.counter(), movement.after());
            }
        }
        record Sum(long id, String name, long value) {
        }
        for (var after = 0L;;) {
            var page = session.rows("""
                    select c.id, m.token, n.name, c.period_key, c.sum
                    from counters c join members m on m.id = c.member join counter_names n on n.id = c.name
                    where c.id > ? order by c.id limit ?""", row -> new Sum(row.number(1),
                            row.text(2) + " " + row.text(3) + " " + row.text(4), row.number(5)), after, STEP);
            for (var sum : page) {
                long folded = java.util.Objects.requireNonNullElse(sums.remove(sum.id()), 0L);
                if (folded != sum.value()) {
                    found("I4", sum.name(), "holds " + sum.value() + ", its movements leave " + folded);
                }
            }
            if (page.isEmpty()) {
                break;
            }
            after = page.getLast().id();
        }
        sums.forEach((counter, sum) -> found("I4", "counter " + counter, "has movements and is not there"));
    }

    private void accountMoney() {
        record Movement(long id, long member, boolean opening, long currentYear, long earlierYears,
            long currentYearAfter,
                long earlierYearsAfter) {
        }
        Map<Long, long[]> balances = new HashMap<>();
        for (var after = 0L;;) {
            how.progress().at("accounts", after, Math.max(after, 1));
            var page = session.rows("""
                    select id, member, case when settlement is null and reversal is null and correction is null and adjustment is null
                        then 1 else 0 end, current_year_fen, earlier_years_fen, current_year_after_fen, earlier_years_after_fen
                    from account_movements where id > ? order by id limit ?""", row -> new Movement(row.number(1),
                            row.number(2), row.number(3) == 1, row.number(4), row.number(5), row.number(6),
                            row.number(7)), after, STEP);
            for (var move : page) {
                var balance = balances.get(move.member());
                if (balance != null && move.opening()) {
                    found("accounts", "movement " + move.id(), "a second opening balance");
                }
                balance = balance == null ? new long[2] : balance;
                balance[0] += move.currentYear();
                balance[1] += move.earlierYears();
                if (balance[0] != move.currentYearAfter() || balance[1] != move.earlierYearsAfter()) {
                    found("accounts", "movement " + move.id(), "leaves " + Arrays.toString(balance)
                            + ", it says " + move.currentYearAfter() + ", " + move.earlierYearsAfter());
                }
                balances.put(move.member(), new long[] {move.currentYearAfter(), move.earlierYearsAfter()});
            }
            if (page.isEmpty()) {
                break;
            }
            after = page.getLast().id();
        }
        record Balance(long id, String token, long currentYear, long earlierYears) {
        }
        for (var after = 0L;;) {
            var page = session.rows("select id, token, current_year_fen, earlier_years_fen from members "
                    + "where id > ? order by id limit ?", row -> new Balance(row.number(1), row.text(2), row.number(3),
                            row.number(4)), after, STEP);
            for (var member : page) {
                var balance = balances.getOrDefault(member.id(), new long[2]);
                if (balance[0] != member.currentYear() || balance[1] != member.earlierYears()) {
                    found("accounts", member.token(), "holds " + member.currentYear() + ", " + member.earlierYears()
                            + ", its movements leave " + Arrays.toString(balance));
                }
            }
            if (page.isEmpty()) {
                return;
            }
            after = page.getLast().id();
        }
    }

    /// On any day at most one lead, and nobody twice in alliances that answer for their members' money.
    private void alliances() {
        var all = Alliances.all(session);
        Map<String, List<Membership>> exclusive = new TreeMap<>();
        for (var alliance : all) {
            Alliances.within(alliance.memberships()).ifPresent(
                    conflict -> found("alliances", alliance.code(), conflict.field() + ": " + conflict.present()));
            if (alliance instanceof Alliance.CountyCommunity || alliance instanceof Alliance.UrbanGroup) {
                for (var membership : alliance.memberships()) {
                    var others = exclusive.computeIfAbsent(membership.institution(), code -> new ArrayList<>());
                    if (others.stream().anyMatch(other -> other.inForce().overlaps(membership.inForce()))) {
                        found("alliances", membership.institution(),
                                "is in two at once, one of them " + alliance.code());
                    }
                    others.add(membership);
                }
            }
        }
    }

    private void readAuditLog() {
        var standard = new Fingerprint("SHA-256", how.provider());
        var budgets = new BudgetCheck(session, how, this::found);
        var size = AuditLog.size(session);
        Map<Long, List<Checkpoint>> due = new TreeMap<>();
        for (var kept : List.of(AuditLog.checkpoints(session), how.checkpoints())) {
            kept.forEach(checkpoint ->
                due.computeIfAbsent(checkpoint.size(), number -> new ArrayList<>()).add(checkpoint));
        }
        for (var checkpoint : how.checkpoints()) {
            if (how.keys().apply(checkpoint.keyId())
                    .filter(key -> checkpoint.isSignedBy(key, how.provider())).isEmpty()) {
                found("audit", "checkpoint " + checkpoint.size(), "is not signed by " + checkpoint.keyId());
            }
        }
        Map<String, Edge> edges = new HashMap<>();
        due.values().forEach(all -> all.forEach(checkpoint -> edges.computeIfAbsent(
                checkpoint.algorithm(), name -> new Edge(standard.named(name)))));
        var number = 0L;
        var bookings = 0L;
        AuditLog.@Nullable Row before = null;
        compare(due.remove(0L), edges);
        for (var page = AuditLog.after(session, 0, (int) STEP); !page.isEmpty();
                page = AuditLog.after(session, number, (int) STEP)) {
            how.progress().at("audit", number, size);
            for (var row : page) {
                number++;
                follows(row, before, number, standard);
                number = row.number();
                edges.values().forEach(edge -> edge.add(row.hash()));
                compare(due.remove(number), edges);
                bookings += isBooking(row) ? 1 : 0;
                booked(row);
                budgets.hear(row);
                before = row;
            }
        }
        how.progress().at("audit", number, size);
        var there = session.number("select (select count(*) from settlements) + (select count(*) from reversals)");
        if (bookings != there) {
            found("audit", "the log", "tells of " + bookings + " settlements and reversals, the book has " + there);
        }
        budgets.end();
        var end = number;
        due.keySet().forEach(missing -> found("audit", "checkpoint " + missing, "the log ends at " + end));
    }

    private void follows(AuditLog.Row row, AuditLog.@Nullable Row before, long number, Fingerprint standard) {
        var name = "row " + row.number();
        if (row.number() != number) {
            found("audit", name, "follows row " + (number - 1));
        }
        var previous = before == null ? new byte[0] : before.hash();
        if (!Arrays.equals(row.hash(), standard.named(row.algorithm()).leaf(previous, row.document()))) {
            found("audit", name, "was edited, or does not continue the row before it");
        }
        if (!row.lines().getFirst().equals(Long.toString(row.number()))) {
            found("audit", name, "says that it is row " + row.lines().getFirst());
        }
    }

    private void compare(@Nullable List<Checkpoint> due, Map<String, Edge> edges) {
        for (var checkpoint : due == null ? List.<Checkpoint>of() : due) {
            var root = java.util.Objects.requireNonNull(edges.get(checkpoint.algorithm())).root();
            if (!Arrays.equals(root, checkpoint.root())) {
                found("audit", "checkpoint " + checkpoint.size(), "the log has another root");
            }
        }
    }

    private static boolean isBooking(AuditLog.Row row) {
        var lines = row.lines();
        return lines.size() >= 5 && (lines.get(3).equals("settle") || lines.get(3).equals("reverse"));
    }

    /// A settlement, reversal or correction is still what the log says.
    private void booked(AuditLog.Row row) {
        var lines = row.lines();
        if (lines.size() > 4 && lines.get(3).equals("correct")) {
            corrected(row, lines.get(4));
        }
        if (!isBooking(row)) {
            return;
        }
        record Papers(String content, String reply, String amounts) {
        }
        record Booking(Papers papers, long number, long member) {
        }
        var id = lines.get(4);
        var settle = lines.get(3).equals("settle");
        var booking = session.row(settle ? Statements.SETTLED : Statements.REVERSED, found -> new Booking(new Papers(
                AuditLog.text(found.bytes(1)), reply(found, 2), found.text(3)), found.number(4), found.number(5)), id);
        booking.ifPresent(present -> inOrder(id, present.number(), present.member()));
        var papers = booking.map(Booking::papers);
        var said = new Papers(AuditLog.fact(row, "content").orElse(""), AuditLog.fact(row, "reply").orElse(""),
                AuditLog.fact(row, settle ? "amounts" : "settlement").orElse(""));
        if (!papers.equals(java.util.Optional.of(said))) {
            found("audit", "row " + row.number(), "says of " + id + " " + said + ", the book " + papers.orElse(null));
        }
    }

    /// What was booked for one member was booked in one order (I11): the log tells of it in the order of its numbers,
    /// in which the sums were folded.
    private void inOrder(String id, long number, long member) {
        var before = latest.put(member, number);
        if (before != null && before >= number) {
            found("I11", id, "is booking " + number + " of its member, the log tells of it after booking " + before);
        }
    }

    private void corrected(AuditLog.Row row, String id) {
        var said = AuditLog.fact(row, "amounts").orElse("") + " " + AuditLog.fact(row, "reply").orElse("");
        var present = session.row("""
                select k.fund_fen || ' ' || k.account_fen || ' ' || k.cash_fen || ' ' || k.hospital_fen, p.reply
                from corrections k join correction_papers p on p.correction = k.id where k.public_id = ?""",
                found -> found.text(1) + " " + reply(found, 2), id).orElse("nothing");
        if (!present.equals(said)) {
            found("audit", "row " + row.number(), "says of " + id + " " + said + ", the book " + present);
        }
    }

    private static String reply(Session.Row row, int place) {
        try {
            return AuditLog.hash(row.document(place));
        } catch (BookException damaged) {
            return "damaged";
        }
    }
}
