package tongchou.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tongchou.storage.Book.Parking;

/// Members for whom nothing is booked until a person has looked (挂起).
final class Parkings {

    private static final String OPEN = """
            select m.token, p.reason, p.parked_by, p.parked_at, p.id
            from parkings p join members m on m.id = p.member
            where not exists (select 1 from releases r where r.parking = p.id)
            """;

    private final Members members;

    Parkings(Members members) {
        this.members = members;
    }

    private record Row(long id, Parking parking) {
    }

    Optional<Parking> of(Session session, String token) {
        return open(session, token).map(Row::parking);
    }

    private static Optional<Row> open(Session session, String token) {
        return session.row(OPEN + "and m.token = ? order by p.id limit 1", Parkings::row, token);
    }

    List<Parking> all(Session session) {
        return session.rows(OPEN + "order by p.id", Parkings::row).stream().map(Row::parking).toList();
    }

    private static Row row(Session.Row row) {
        return new Row(row.number(5),
                new Parking(row.text(1), row.text(2), row.text(3), Instant.ofEpochMilli(row.number(4))));
    }

    /// Parks a member unless it is parked already.
    ///
    /// @return whether the member is in the book
    boolean park(Session session, String token, String reason, String by, Instant now) {
        members.lock(session, token);
        var member = Members.id(session, token);
        if (member.isPresent() && open(session, token).isEmpty()) {
            session.insertAll("parkings", "member, reason, parked_by, parked_at",
                    List.of(List.of(member.get(), reason, by, now.toEpochMilli())));
        }
        return member.isPresent();
    }

    /// @return whether the member was parked
    boolean release(Session session, String token, String reason, String by, Instant now) {
        members.lock(session, token);
        var open = open(session, token);
        open.ifPresent(row -> session.insertAll("releases", "parking, reason, released_by, released_at",
                List.of(List.of(row.id(), reason, by, now.toEpochMilli()))));
        return open.isPresent();
    }
}
