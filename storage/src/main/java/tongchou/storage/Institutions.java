package tongchou.storage;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tongchou.core.alliance.Institution;
import tongchou.core.alliance.Institution.Administration;
import tongchou.core.alliance.Institution.Grade;
import tongchou.core.alliance.Institution.Kind;
import tongchou.core.alliance.Institution.Specialty;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.InForce;
import tongchou.storage.Book.Conflict;

/// Institutions and their versions in the store (机构).
final class Institutions {

    private static final String VERSION = """
            select i.code, v.name, v.division, v.tier, v.kind, v.administration, v.specialty, v.first_day, v.last_day,
                i.id, v.grade
            from institutions i join institution_versions v on v.institution = i.id
            """;

    private final Dialect dialect;

    Institutions(Dialect dialect) {
        this.dialect = dialect;
    }

    /// An institution on a day with the number of its row.
    record Found(long id, Institution institution) {
    }

    /// Nothing is booked meanwhile: what was booked before met the old version, and what comes later meets the new one.
    Optional<Conflict> register(Session session, Institution given) {
        dialect.keepBookingsOut(session);
        var id = session.row("select id from institutions where code = ?" + dialect.forUpdate(),
                row -> row.number(1), given.code());
        if (id.isEmpty()) {
            write(session, session.insert("institutions", "code", given.code()), given);
            return Optional.empty();
        }
        var versions = versions(session, given.code());
        return switch (new Timeline(versions.stream().map(Institution::inForce).toList()).place(given.inForce())) {
            case Timeline.Place.Known(var index, var sameEnd) -> difference(versions.get(index), given, sameEnd);
            case Timeline.Place.Taken(var by) -> Optional.of(new Conflict("in_force", by.toString()));
            case Timeline.Place.Free(var closes) -> {
                if (closes != null) {
                    session.change("""
                            update institution_versions set last_day = ?, ended = ?
                            where institution = ? and first_day = ?""",
                            Session.text(given.inForce().from().minusDays(1)), Statements.lastBooking(session),
                            id.get(), Session.text(versions.get(closes).inForce().from()));
                }
                write(session, id.get(), given);
                yield Optional.empty();
            }
        };
    }

    private static Optional<Conflict> difference(Institution present, Institution given, boolean sameEnd) {
        return Difference.of("name", present.name(), given.name())
                .or(() -> Difference.of("division", present.division(), given.division()))
                .or(() -> Difference.of("tier", present.tier(), given.tier()))
                .or(() -> Difference.of("grade", present.grade(), given.grade()))
                .or(() -> Difference.of("kind", present.kind(), given.kind()))
                .or(() -> Difference.of("administration", present.administration(), given.administration()))
                .or(() -> Difference.of("specialty", present.specialty(), given.specialty()))
                .or(() -> sameEnd ? Optional.empty()
                        : Optional.of(new Conflict("in_force", present.inForce().toString())));
    }

    private static void write(Session session, long id, Institution given) {
        session.insertAll("institution_versions",
                "institution, first_day, last_day, name, division, tier, kind, administration, specialty, recorded, "
                        + "grade",
                List.of(Arrays.asList(id, Session.text(given.inForce().from()), Session.text(given.inForce().to()),
                        given.name(), given.division(), given.tier().name(), given.kind().name(),
                        given.administration().name(), given.specialty().name(), Statements.lastBooking(session),
                        given.grade().name())));
    }

    List<Institution> versions(Session session, String code) {
        return session.rows(VERSION + "where i.code = ? order by v.first_day", Institutions::read, code);
    }

    /// Every version with the number of the row, the earliest first.
    static List<Found> all(Session session, String code) {
        return session.rows(VERSION + "where i.code = ? order by v.first_day",
                row -> new Found(row.number(10), read(row)), code);
    }

    Optional<Found> on(Session session, String code, LocalDate day) {
        return session.row(VERSION + """
                where i.code = ? and v.first_day <= ? and (v.last_day is null or v.last_day >= ?)""",
                row -> new Found(row.number(10), read(row)), code, Session.text(day), Session.text(day));
    }

    /// The version that held on a day as it was known when something was booked (入账时所知).
    ///
    /// @param booking its number
    static Optional<Institution> knownAt(Session session, String code, LocalDate day, long booking) {
        return session.row(VERSION + """
                where i.code = ? and v.first_day <= ? and (v.last_day is null or v.last_day >= ? or v.ended >= ?)
                    and (v.recorded is null or v.recorded < ?) order by v.first_day desc limit 1""",
                Institutions::read, code, Session.text(day), Session.text(day), booking, booking);
    }

    List<Institution> page(Session session, String after, int limit) {
        return session.rows(VERSION + """
                where i.id in (select id from institutions where code > ? order by code limit ?)
                order by i.code, v.first_day""", Institutions::read, after, limit);
    }

    /// The number of an institution's row, whatever the day.
    static Optional<Long> id(Session session, String code) {
        return session.row("select id from institutions where code = ?", row -> row.number(1), code);
    }

    private static Institution read(Session.Row row) {
        return new Institution(row.text(1), row.text(2), row.text(3), row.constant(4, Tier.class),
                row.constant(11, Grade.class), row.constant(5, Kind.class), row.constant(6, Administration.class),
                row.constant(7, Specialty.class),
                new InForce(row.day(8), row.lastDay(9)));
    }
}
