package tongchou.storage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongchou.core.ledger.Entry;
import tongchou.core.money.Fen;
import tongchou.storage.AuditLog.Act;
import tongchou.storage.Differences.Standing;

/// Re-settlements on a relational store (重算).
final class SqlResettlements implements Resettlements {

    private static final String HEADS = """
            select r.id, r.public_id, r.cause, r.area, r.reason, r.state, r.resumes, r.pack, r.version, r.hash,
                r.known_on, r.first_day, r.member, r.members, r.reached
            from resettlements r\s""";

    private final Dialect dialect;
    private final Writer writer;
    private final SqlKeys.Reader reader;
    private final AuditLog audit;
    private final Members members;
    private final ParkingRows parkings;
    private final Refold refold;
    private final Corrections corrections;
    private final Differences differences;

    SqlResettlements(Dialect dialect, Writer writer, SqlKeys.Reader reader, AuditLog audit, Members members,
            ParkingRows parkings, Refold refold, Corrections corrections, Differences differences) {
        this.dialect = dialect;
        this.writer = writer;
        this.reader = reader;
        this.audit = audit;
        this.members = members;
        this.parkings = parkings;
        this.refold = refold;
        this.corrections = corrections;
        this.differences = differences;
    }

    /// A re-settlement and the member up to whom it was computed.
    private record Row(Resettlement head, String reached) {
    }

    @Override
    public Resettlement start(Request request) {
        var total = reader.read(session -> Affected.by(request.cause(), request.area()).count(session));
        var now = request.now().truncatedTo(ChronoUnit.MILLIS);
        return writer.write(session -> {
            var rules = request.cause() instanceof Cause.NewRules given ? given : null;
            var member = request.cause() instanceof Cause.OneMember(var token) ? token : "";
            var id = session.number("insert into resettlements (public_id, cause, area, pack, version, hash, known_on, "
                    + "first_day, member, reason, members, state, resumes, reached) "
                    + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'COMPUTING', '', '') returning id", request.id(),
                    rules != null ? "RULES" : member.isEmpty() ? "STALE" : "MEMBER", request.area(),
                    rules == null ? "" : rules.pack(), rules == null ? "" : rules.version(),
                    rules == null ? "" : rules.hash(), rules == null ? null : Session.text(rules.knownOn()),
                    Session.text(rules == null ? java.time.LocalDate.MIN : rules.from()), member, request.reason(),
                    total);
            event(session, id, State.COMPUTING, request.by(), now);
            audit.append(session, new Act(now, request.by(), "resettlement-start", request.id(), List.of(
                    "cause", request.cause().toString(), "area", request.area(), "reason", request.reason(),
                    "members", Long.toString(total))));
            return row(session, request.id(), "").orElseThrow().head();
        });
    }

    private static void event(Session session, long resettlement, State state, String who, Instant at) {
        session.change("""
                insert into resettlement_events (resettlement, number, state, who, at)
                select cast(? as bigint), coalesce(max(number), 0) + 1, cast(? as text), cast(? as text),
                    cast(? as bigint)
                from resettlement_events where resettlement = ?""", resettlement, state.name(), who,
                at.toEpochMilli(), resettlement);
    }

    @Override
    public Optional<Resettlement> find(String id) {
        return reader.read(session -> row(session, id, "")).map(Row::head);
    }

    @Override
    public List<Resettlement> page(long before, int limit) {
        return reader.read(session -> session.rows(HEADS + "where r.id < ? order by r.id desc limit ?", row ->
                row(session, row), before, limit)).stream().map(Row::head).toList();
    }

    private static Optional<Row> row(Session session, String id, String forUpdate) {
        return session.row(HEADS + "where r.public_id = ?" + forUpdate, row -> row(session, row), id);
    }

    private static Row row(Session session, Session.Row row) {
        var id = row.number(1);
        var cause = switch (row.text(3)) {
            case "RULES" -> new Cause.NewRules(row.text(8), row.text(9), row.text(10), row.dayOrNull(11), row.day(12));
            case "MEMBER" -> new Cause.OneMember(row.text(13));
            default -> new Cause.StaleSums();
        };
        var counts = new long[4];
        session.rows("select state, count(*) from resettlement_members where resettlement = ? group by state", found ->
                counts[found.constant(1, Standing.class).ordinal()] = found.number(2), id);
        var computed = Arrays.stream(counts).sum();
        var events = session.rows("select state, who, at from resettlement_events where resettlement = ? order by "
                + "number", found -> new Event(found.constant(1, State.class), found.text(2),
                        Instant.ofEpochMilli(found.number(3))), id);
        return new Row(new Resettlement(id, row.text(2), cause, row.text(4), row.text(5),
                row.constant(6, State.class), row.text(7).isEmpty() ? null : row.constant(7, State.class),
                new Progress(Math.max(row.number(14), computed), computed, counts[Standing.BLOCKED.ordinal()],
                        counts[Standing.CHANGED.ordinal()], counts[Standing.BOOKED.ordinal()]), events),
                row.text(15));
    }

    @Override
    public Moved move(String id, Order order) {
        return writer.write(session -> {
            var found = row(session, id, dialect.forUpdate()).map(Row::head);
            if (found.isEmpty()) {
                return new Moved.Unknown(id);
            }
            var present = found.get();
            var move = order.move();
            if (move.already().contains(present.state())) {
                return new Moved.Done(present);
            }
            if (!move.from().contains(present.state())
                    || order.revision() != 0 && order.revision() != present.revision()) {
                return new Moved.NotNow(present);
            }
            var to = switch (move) {
                case STOP -> State.STOPPED;
                case RESUME -> java.util.Objects.requireNonNull(present.resumes());
                case CONFIRM -> State.BOOKING;
                case DISMISS -> State.DISMISSED;
            };
            if (move == Move.CONFIRM) {
                session.change("update resettlement_members set state = 'COMPUTED' where resettlement = ? "
                        + "and state = 'CHANGED'", present.number());
            }
            bring(session, present.number(), to, move == Move.STOP ? present.state() : null);
            event(session, present.number(), to, order.by(), order.now());
            audit.append(session, new Act(order.now(), order.by(),
                    "resettlement-" + move.name().toLowerCase(java.util.Locale.ROOT), id,
                    List.of("state", to.name(), "note", order.note())));
            return new Moved.Done(row(session, id, "").orElseThrow().head());
        });
    }

    private static void bring(Session session, long resettlement, State to, @Nullable State resumes) {
        session.change("update resettlements set state = ?, resumes = ? where id = ?", to.name(),
                resumes == null ? "" : resumes.name(), resettlement);
    }

    @Override
    public Resettlement step(String id, int most, Again again, Instant now) {
        var row = reader.read(session -> row(session, id, ""))
                .orElseThrow(() -> new IllegalArgumentException("there is no re-settlement " + id));
        return switch (row.head().state()) {
            case COMPUTING -> compute(row, most, again, now);
            case BOOKING -> book(row, most, again, now);
            case READY, STOPPED, DONE, DISMISSED -> row.head();
        };
    }

    private Resettlement compute(Row row, int most, Again again, Instant now) {
        var head = row.head();
        var folds = reader.read(session -> {
            var found = new ArrayList<Refold.Fold>();
            for (var token : Affected.by(head.cause(), head.area()).after(session, row.reached(), most)) {
                found.add(refold.of(session, token, head.cause(), again));
            }
            return found;
        });
        return writer.write(session -> {
            var present = row(session, head.id(), dialect.forUpdate()).orElseThrow();
            if (present.head().state() == State.COMPUTING && present.reached().equals(row.reached())) {
                folds.forEach(fold -> differences.write(session, head.number(), fold, Standing.COMPUTED));
                if (folds.size() < most) {
                    var to = folds.isEmpty() && present.head().progress().computed() == 0 ? State.DONE : State.READY;
                    bring(session, head.number(), to, null);
                    event(session, head.number(), to, "", now);
                } else {
                    session.change("update resettlements set reached = ? where id = ?", folds.getLast().token(),
                            head.number());
                }
            }
            return row(session, head.id(), "").orElseThrow().head();
        });
    }

    private Resettlement book(Row row, int most, Again again, Instant now) {
        var head = row.head();
        var waiting = reader.read(session -> Differences.waiting(session, head.number(), most));
        for (var token : waiting) {
            try {
                writer.write(session -> book(session, head, token, again, now));
            } catch (Broken | BookException failed) {
                var reason = Broken.in(failed).orElseThrow(() -> failed);
                writer.write(session -> park(session, head, token, reason, now));
            }
        }
        if (waiting.size() == most) {
            return find(head.id()).orElseThrow();
        }
        return writer.write(session -> {
            var present = row(session, head.id(), dialect.forUpdate()).orElseThrow().head();
            if (present.state() == State.BOOKING && Differences.waiting(session, head.number(), 1).isEmpty()) {
                var to = present.progress().changed() > 0 ? State.READY : State.DONE;
                bring(session, head.number(), to, null);
                event(session, head.number(), to, "", now);
                audit.append(session, new Act(now, "", "resettlement-end", head.id(), List.of("state", to.name(),
                        "booked", Long.toString(present.progress().booked()))));
            }
            return row(session, head.id(), "").orElseThrow().head();
        });
    }

    /// Books a member whose situation still gives what was shown, in the transaction in which that is seen.
    private boolean book(Session session, Resettlement head, String token, Again again, Instant now) {
        members.lock(session, token);
        var member = Members.id(session, token).orElseThrow();
        var state = row(session, head.id(), "").orElseThrow().head().state();
        var shown = Differences.of(session, head.number(), member, dialect.forUpdate()).orElseThrow();
        if (state != State.BOOKING || shown.standing() != Standing.COMPUTED) {
            return false;
        }
        var parked = parkings.of(session, token).stream().findFirst();
        if (parked.isPresent()) {
            block(session, head, token, member, "PARKED " + parked.get().reason());
            return false;
        }
        var fold = refold.of(session, token, head.cause(), again);
        if (fold.isBlocked() || !Arrays.equals(fold.fingerprint(), shown.fingerprint())) {
            differences.write(session, head.number(), fold, Standing.CHANGED);
            return false;
        }
        var at = now.truncatedTo(ChronoUnit.MILLIS);
        var by = head.events().getLast().who();
        var ids = new ArrayList<String>();
        for (var difference : fold.differences()) {
            var written = corrections.write(session, head.number(), member, difference, at);
            ids.add(written.id());
            audit.append(session, new Act(at, by, "correct", written.id(), List.of("settlement", written.settlement(),
                    "resettlement", head.id(), "amounts", written.amounts(), "reply",
                    AuditLog.hash(written.reply()))));
        }
        Differences.clear(session, head.number(), member);
        Differences.stand(session, head.number(), member, Standing.BOOKED);
        audit.append(session, new Act(at, by, "resettle", token, List.of("resettlement", head.id(), "corrections",
                String.join(" ", ids), "settlements", Integer.toString(fold.folded()))));
        return true;
    }

    private void block(Session session, Resettlement head, String token, long member, String why) {
        differences.write(session, head.number(), new Refold.Fold(member, token, 0, List.of(), "", why),
                Standing.BLOCKED);
    }

    private boolean park(Session session, Resettlement head, String token, String reason, Instant now) {
        parkings.park(session, token, null, reason, "", now);
        audit.append(session, new Act(now, "", "park", token, List.of("reason", reason)));
        block(session, head, token, Members.id(session, token).orElseThrow(), "PARKED " + reason);
        return true;
    }

    @Override
    public List<Difference> differences(String id, long after, int limit) {
        return reader.read(session -> Differences.page(session, id, after, limit));
    }

    @Override
    public Optional<byte[]> reply(String id, String settlementId) {
        return reader.read(session -> session.row("""
                select d.id from resettlements r join differences d on d.resettlement = r.id
                    join settlements s on s.id = d.settlement where r.public_id = ? and s.public_id = ?""",
                row -> row.number(1), id, settlementId)
                .map(number -> Differences.page(session, id, number - 1, 1).getFirst().reply()));
    }

    @Override
    public List<Sum> sums(String id) {
        return reader.read(session -> Differences.sums(session, id));
    }

    @Override
    public Fen fundsMoved(String id) {
        return reader.read(session -> Differences.fundsMoved(session, id));
    }

    @Override
    public Dues dues() {
        return new SqlDues(reader);
    }

    @Override
    public List<Obstacle> obstacles(String id, String after, int limit) {
        return reader.read(session -> Differences.obstacles(session, id, after, limit));
    }

    @Override
    public List<Correction> corrections(String settlementId) {
        return reader.read(session -> Corrections.of(session, settlementId));
    }

    @Override
    public List<Entry> entries(String correctionId) {
        return reader.read(session -> Corrections.entries(session, correctionId));
    }
}
