package tongchou.storage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import tongchou.core.alliance.Alliance;
import tongchou.core.alliance.Institution;
import tongchou.core.money.Fen;
import tongchou.core.people.Contract;
import tongchou.core.people.Standing;
import tongchou.storage.Formularies.Affiliation;
import tongchou.storage.Formularies.Carried;

/// What the audit log says of something that was registered (登记内容): name and value of each of its parts in turn,
/// but for the code or token that the row is about. The same thing is told the same way every time.
final class Particulars {

    private Particulars() {
    }

    static List<String> of(Institution one) {
        return List.of("name", one.name(), "division", one.division(), "tier", one.tier().name(),
                "grade", one.grade().name(), "kind", one.kind().name(), "administration", one.administration().name(),
                "specialty", one.specialty().name(), "in_force", one.inForce().toString());
    }

    static List<String> of(Alliance one) {
        var told = new ArrayList<>(List.of("kind", one.getClass().getSimpleName(), "name", one.name()));
        for (var membership : one.memberships()) {
            told.add("membership");
            told.add(membership.institution() + " " + membership.role() + " " + membership.inForce());
        }
        return told;
    }

    static List<String> of(Person one) {
        var told = new ArrayList<>(List.of("birth", one.member().birth().toString(),
                "current_year_fen", fen(one.purse().currentYear()), "earlier_years_fen",
                fen(one.purse().earlierYears()), "family_fen", fen(one.purse().family()),
                "sharers", String.join(" ", one.sharers())));
        for (var standing : one.standings()) {
            told.add("standing");
            told.add(together(of(standing)));
        }
        return told;
    }

    static List<String> of(Standing one) {
        return List.of("in_force", one.inForce().toString(), "area", one.area(), "scheme", one.scheme().name(),
                "status", one.status().name(), "plan", one.plan(), "relief", one.relief().name(),
                "civil_servant", String.valueOf(one.civilServant()), "claim_free_years",
                String.valueOf(one.claimFreeYears()), "enrolled_since", one.enrolledSince().toString(),
                "entitled_from", one.entitledFrom().toString(), "retired_on", Objects.toString(one.retiredOn(), ""),
                "contract", one.contract() instanceof Contract(var institution, var inForce)
                        ? institution + " " + inForce : "",
                "designated", String.join(" ", one.designated()), "diseases", sorted(one.diseases()),
                "tags", sorted(one.tags()));
    }

    static List<String> of(Affiliation one) {
        return List.of("centre", one.centre(), "in_force", one.inForce().toString());
    }

    static List<String> of(Carried one) {
        var told = new ArrayList<>(List.of("member", one.member(), "sender", one.sender(), "receiver", one.receiver(),
                "episode", one.episode(), "issued", one.issued().toString(), "last_day", one.lastDay().toString()));
        for (var prescribed : one.items()) {
            told.add("item");
            told.add(prescribed.item() + " " + prescribed.quantity().toPlainString());
        }
        return told;
    }

    private static String fen(Fen amount) {
        return String.valueOf(amount.value());
    }

    private static String sorted(Collection<String> words) {
        return String.join(" ", new TreeSet<>(words));
    }

    /// Names and values in one line.
    private static String together(List<String> told) {
        var line = new StringBuilder();
        for (var i = 0; i < told.size(); i += 2) {
            line.append(line.isEmpty() ? "" : "; ").append(told.get(i)).append(' ').append(told.get(i + 1));
        }
        return line.toString();
    }
}
