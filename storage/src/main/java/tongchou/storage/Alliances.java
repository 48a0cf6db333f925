package tongchou.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tongchou.core.alliance.Alliance;
import tongchou.core.alliance.Alliance.CountyCommunity;
import tongchou.core.alliance.Alliance.SpecialtyAlliance;
import tongchou.core.alliance.Alliance.TelemedicineNetwork;
import tongchou.core.alliance.Alliance.UrbanGroup;
import tongchou.core.alliance.Membership;
import tongchou.core.alliance.Membership.Role;
import tongchou.core.calendar.InForce;
import tongchou.storage.Book.Conflict;

/// Alliances and their memberships in the store (医联体).
final class Alliances {

    private static final String ALLIANCE = "select id, code, kind, name from alliances ";
    private static final String MEMBERSHIP = """
            select i.code, s.role, s.first_day, s.last_day
            from memberships s join institutions i on i.id = s.institution
            where s.alliance = ? order by s.number""";

    private final Dialect dialect;

    Alliances(Dialect dialect) {
        this.dialect = dialect;
    }

    private enum Kind {
        URBAN_GROUP, COUNTY_COMMUNITY, SPECIALTY_ALLIANCE, TELEMEDICINE_NETWORK;

        static Kind of(Alliance alliance) {
            return switch (alliance) {
                case UrbanGroup group -> URBAN_GROUP;
                case CountyCommunity community -> COUNTY_COMMUNITY;
                case SpecialtyAlliance alliances -> SPECIALTY_ALLIANCE;
                case TelemedicineNetwork network -> TELEMEDICINE_NETWORK;
            };
        }

        Alliance alliance(String code, String name, List<Membership> memberships) {
            return switch (this) {
                case URBAN_GROUP -> new UrbanGroup(code, name, memberships);
                case COUNTY_COMMUNITY -> new CountyCommunity(code, name, memberships);
                case SPECIALTY_ALLIANCE -> new SpecialtyAlliance(code, name, memberships);
                case TELEMEDICINE_NETWORK -> new TelemedicineNetwork(code, name, memberships);
            };
        }

        /// Whether it answers for its members' money, so that nobody can be in two of them.
        boolean isExclusive() {
            return this == URBAN_GROUP || this == COUNTY_COMMUNITY;
        }
    }

    private record Written(long id, Alliance alliance) {
    }

    Optional<Conflict> register(Session session, Alliance given) {
        if (!dialect.lockMemberships().isEmpty()) {
            session.change(dialect.lockMemberships());
        }
        var kind = Kind.of(given);
        var present = read(session, "where code = ?", given.code()).stream().findFirst();
        var conflict = present.flatMap(written -> difference(written.alliance(), given))
                .or(() -> within(given.memberships()))
                .or(() -> given.memberships().stream()
                        .filter(membership -> Institutions.id(session, membership.institution()).isEmpty())
                        .map(membership -> new Conflict("institution", membership.institution())).findFirst())
                .or(() -> kind.isExclusive() ? elsewhere(session, given) : Optional.empty());
        if (conflict.isPresent()) {
            return conflict;
        }
        var id = present.map(Written::id).orElseGet(() -> session.insert(
                "alliances", "code, kind, name", given.code(), kind.name(), given.name()));
        var before = present.map(written -> written.alliance().memberships()).orElse(List.of());
        for (var i = 0; i < before.size(); i++) {
            var ended = ended(before.get(i), given.memberships());
            if (!ended.equals(before.get(i))) {
                session.change("update memberships set last_day = ? where alliance = ? and number = ?",
                        Session.text(ended.inForce().to()), id, i);
            }
        }
        var number = before.size();
        for (var membership : given.memberships()) {
            if (before.stream().noneMatch(earlier -> continues(earlier, membership))) {
                session.insertAll("memberships", "alliance, number, institution, role, first_day, last_day", List.of(
                        Arrays.asList(id, number++, Institutions.id(session, membership.institution()).orElseThrow(),
                                membership.role().name(), Session.text(membership.inForce().from()),
                                Session.text(membership.inForce().to()))));
            }
        }
        return Optional.empty();
    }

    /// What a registration may not change: kind, name and the memberships that are there; only an open one may end.
    private static Optional<Conflict> difference(Alliance present, Alliance given) {
        return Difference.of("kind", Kind.of(present), Kind.of(given))
                .or(() -> Difference.of("name", present.name(), given.name()))
                .or(() -> present.memberships().stream()
                        .filter(earlier -> given.memberships().stream().noneMatch(later -> continues(earlier, later)))
                        .map(earlier -> new Conflict("memberships", text(earlier))).findFirst());
    }

    private static boolean continues(Membership earlier, Membership later) {
        return earlier.institution().equals(later.institution()) && earlier.role() == later.role()
                && earlier.inForce().from().equals(later.inForce().from())
                && (earlier.inForce().isOpen() || earlier.inForce().to().equals(later.inForce().to()));
    }

    private static Membership ended(Membership earlier, List<Membership> given) {
        return given.stream().filter(later -> continues(earlier, later)).findFirst().orElse(earlier);
    }

    static Optional<Conflict> within(List<Membership> memberships) {
        for (var i = 0; i < memberships.size(); i++) {
            for (var j = 0; j < i; j++) {
                var one = memberships.get(j);
                var other = memberships.get(i);
                if (one.inForce().overlaps(other.inForce())) {
                    if (one.role() == Role.LEAD && other.role() == Role.LEAD) {
                        return Optional.of(new Conflict("lead", text(one)));
                    }
                    if (one.institution().equals(other.institution())) {
                        return Optional.of(new Conflict("memberships", text(one)));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Conflict> elsewhere(Session session, Alliance given) {
        for (var membership : given.memberships()) {
            var taken = session.row("""
                    select a.code, s.first_day, s.last_day
                    from memberships s join alliances a on a.id = s.alliance join institutions i on i.id = s.institution
                    where i.code = ? and a.code <> ? and a.kind in ('URBAN_GROUP', 'COUNTY_COMMUNITY')
                        and s.first_day <= ? and (s.last_day is null or s.last_day >= ?)
                    order by s.first_day""", row -> new Conflict("memberships", membership.institution() + " in "
                            + row.text(1) + " " + new InForce(row.day(2), row.lastDay(3))),
                    membership.institution(), given.code(),
                    membership.inForce().isOpen() ? "9999-12-31" : Session.text(membership.inForce().to()),
                    Session.text(membership.inForce().from()));
            if (taken.isPresent()) {
                return taken;
            }
        }
        return Optional.empty();
    }

    private static String text(Membership membership) {
        return membership.institution() + " " + membership.role() + " " + membership.inForce();
    }

    static List<Alliance> all(Session session) {
        return read(session, "order by code").stream().map(Written::alliance).toList();
    }

    private static List<Written> read(Session session, String which, Object... parameters) {
        record Head(long id, String code, Kind kind, String name) {
        }
        var heads = session.rows(ALLIANCE + which,
                row -> new Head(row.number(1), row.text(2), row.constant(3, Kind.class), row.text(4)), parameters);
        var written = new ArrayList<Written>();
        for (var head : heads) {
            var memberships = session.rows(MEMBERSHIP, row -> new Membership(row.text(1),
                    row.constant(2, Role.class), new InForce(row.day(3), row.lastDay(4))), head.id());
            written.add(new Written(head.id(), head.kind().alliance(head.code(), head.name(), memberships)));
        }
        return written;
    }
}
