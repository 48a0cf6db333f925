package tongchou.server.alliance;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import tongchou.core.alliance.Alliance;
import tongchou.core.alliance.Membership;
import tongchou.storage.Book;
import tongchou.storage.Formularies.Affiliation;

/// Who belongs to an alliance on a day (医联体成员范围): its members, and the village clinics of its township centres.
///
/// @param clinics village clinics with their centres on the day of [#on]
public record Circle(Alliance alliance, List<Affiliation> clinics) {

    /// An alliance with the clinics of a day.
    public static Circle on(Book book, Alliance alliance, LocalDate day) {
        return new Circle(alliance, book.formularies().affiliations(day));
    }

    /// Every institution that ever belongs to it.
    SortedSet<String> everybody() {
        var codes = new TreeSet<String>();
        alliance.memberships().forEach(one -> codes.add(one.institution()));
        clinics.stream().filter(one -> codes.contains(one.centre())).toList().forEach(one -> codes.add(one.village()));
        return codes;
    }

    /// The institutions that belong to it on a day, the lead first.
    public List<String> members(LocalDate day) {
        var codes = new LinkedHashSet<String>();
        lead(day).ifPresent(codes::add);
        everybody().stream().filter(code -> has(code, day)).forEach(codes::add);
        return List.copyOf(codes);
    }

    /// Whether an institution belongs to it on a day, itself or through its centre.
    public boolean has(String institution, LocalDate day) {
        return isMember(institution, day) || centre(institution).filter(centre -> isMember(centre, day)).isPresent();
    }

    private boolean isMember(String institution, LocalDate day) {
        return alliance.memberships().stream()
                .anyMatch(one -> one.institution().equals(institution) && one.inForce().covers(day));
    }

    /// The centre of a village clinic.
    public Optional<String> centre(String village) {
        return clinics.stream().filter(one -> one.village().equals(village)).map(Affiliation::centre).findFirst();
    }

    /// The lead hospital on a day.
    public Optional<String> lead(LocalDate day) {
        return alliance.memberships().stream().filter(one -> one.role() == Membership.Role.LEAD
                && one.inForce().covers(day)).map(Membership::institution).findFirst();
    }
}
