package tongchou.storage;

import java.util.Optional;
import tongchou.core.alliance.Alliance;
import tongchou.core.alliance.Institution;
import tongchou.core.people.Standing;
import tongchou.storage.Book.Conflict;

/// Records who is insured and where care is given (登记), every change with its audit row.
record Registry(Witness witness, Institutions institutions, Alliances alliances, Members members) {

    /// The same for whom another witness watches.
    Registry of(Witness other) {
        return new Registry(other, institutions, alliances, members);
    }

    Optional<Conflict> register(Institution institution) {
        return witness.writer().write(session -> register(session, institution));
    }

    private Optional<Conflict> register(Session session, Institution institution) {
        return witness.made(session, within -> institutions.register(within, institution),
                none -> witness.act("institution", institution.code(), Particulars.of(institution)));
    }

    Optional<Conflict> register(Alliance alliance) {
        return witness.writer().write(session -> register(session, alliance));
    }

    private Optional<Conflict> register(Session session, Alliance alliance) {
        return witness.made(session, within -> alliances.register(within, alliance),
                none -> witness.act("alliance", alliance.code(), Particulars.of(alliance)));
    }

    Optional<Conflict> register(Person person) {
        return witness.writer().write(session -> register(session, person));
    }

    private Optional<Conflict> register(Session session, Person person) {
        return witness.made(session, within -> members.register(within, person),
                none -> witness.act("member", person.member().token(), Particulars.of(person)));
    }

    Optional<Conflict> register(Roll roll) {
        try {
            return witness.writer().write(session -> {
                roll.institutions().forEach(one -> register(session, one).ifPresent(OffTheRoll::because));
                roll.people().forEach(one -> register(session, one).ifPresent(OffTheRoll::because));
                roll.alliances().forEach(one -> register(session, one).ifPresent(OffTheRoll::because));
                return Optional.empty();
            });
        } catch (OffTheRoll undone) {
            return Optional.of(undone.why());
        }
    }

    Optional<Conflict> changeStanding(String token, Standing standing) {
        return witness.write(session -> members.changeStanding(session, token, standing),
                none -> witness.act("standing", token, Particulars.of(standing)));
    }
}
