package tongchou.storage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tongchou.storage.Parkings.Parking;

/// What is parked, in the store (挂起).
final class ParkingRows {

    private static final String OPEN = """
            select m.token, p.benefit_year, p.reason, p.parked_by, p.parked_at, p.id
            from parkings p join members m on m.id = p.member
            where not exists (select 1 from releases r where r.parking = p.id)
            """;

    private final Members members;

    ParkingRows(Members members) {
        this.members = members;
    }

    private record Row(long id, Parking parking) {
    }

    List<Parking> of(Session session, String token) {
        return parkings(open(session, token));
    }

    /// What keeps back a settlement that is booked, out of what is parked of its member.
    Optional<Parking> of(Session session, Book.Stored settlement) {
        var open = of(session, settlement.member());
        if (open.isEmpty()) {
            return Optional.empty();
        }
        var years = years(session, settlement.id());
        return open.stream().filter(parking -> years.stream().anyMatch(parking::covers)).findFirst();
    }

    /// The first days of the benefit years whose sums a booked settlement moved; that of its day where it moved none.
    static List<LocalDate> years(Session session, String settlement) {
        var moved = session.rows("""
                select distinct c.period_key
                from settlements s join counter_movements m on m.settlement = s.id join counters c on c.id = m.counter
                    join counter_names n on n.id = c.name
                where s.public_id = ? and n.period = 'YEAR' order by 1""", row -> row.day(1), settlement);
        return moved.isEmpty() ? session.rows("select binding_day from settlements where public_id = ?",
                row -> row.day(1).withDayOfYear(1), settlement) : moved;
    }

    /// Tells the first of them, of a settlement that was to be taken back.
    Supplier<@Nullable LocalDate> year(SqlKeys.Reader book, Book.Reversing request) {
        return () -> book.read(session -> years(session, request.settlement())).getFirst();
    }

    private static List<Row> open(Session session, String token) {
        return session.rows(OPEN + "and m.token = ? order by p.id", ParkingRows::row, token);
    }

    List<Parking> all(Session session) {
        return parkings(session.rows(OPEN + "order by p.id", ParkingRows::row));
    }

    private static List<Parking> parkings(List<Row> rows) {
        return rows.stream().map(Row::parking).toList();
    }

    private static Row row(Session.Row row) {
        return new Row(row.number(6), new Parking(row.text(1), row.dayOrNull(2), row.text(3), row.text(4),
                Instant.ofEpochMilli(row.number(5))));
    }

    boolean park(Session session, String token, @Nullable LocalDate year, String reason, String by, Instant now) {
        members.lock(session, token);
        var member = Members.id(session, token);
        if (member.isPresent() && open(session, token).stream().noneMatch(row -> isOf(row, year))) {
            session.insertAll("parkings", "member, benefit_year, reason, parked_by, parked_at",
                    List.of(Arrays.asList(member.get(), Session.text(year), reason, by, now.toEpochMilli())));
        }
        return member.isPresent();
    }

    private static boolean isOf(Row row, @Nullable LocalDate year) {
        return java.util.Objects.equals(row.parking().year(), year);
    }

    boolean release(Session session, String token, @Nullable LocalDate year, String reason, String by, Instant now) {
        members.lock(session, token);
        var open = open(session, token).stream().filter(row -> year == null || isOf(row, year)).toList();
        open.forEach(row -> session.insertAll("releases", "parking, reason, released_by, released_at",
                List.of(List.of(row.id(), reason, by, now.toEpochMilli()))));
        return !open.isEmpty();
    }
}
