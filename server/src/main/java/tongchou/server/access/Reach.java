package tongchou.server.access;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Fault;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.Role;
import tongchou.server.intake.StoredReply;
import tongchou.server.packs.Packs;
import tongchou.storage.Book;
import tongchou.storage.Person;

/// Which objects a caller reaches (数据范围).
///
/// An institution reaches its own settlements and the members of its pooling area; an alliance lead the settlements of
/// institutions on days on which they belong to the alliance; bureau and auditors what happened in their area or to
/// somebody insured there. What is out of reach is answered as if it did not exist, unless the caller named the code.
public final class Reach {

    private final Book book;
    private final Packs packs;

    /// The reach over a book.
    public Reach(Book book, Packs packs) {
        this.book = book;
        this.packs = packs;
    }

    /// Whether an area holds a division: they are the same, or the area is a city `....00` or a province `..0000`, or
    /// `000000` for everything.
    static boolean holds(String area, String division) {
        return division.startsWith(beginning(area));
    }

    /// Whether an area holds a division or what came after its code.
    private boolean within(String area, String division) {
        return packs.library().divisions().line(division).stream().anyMatch(code -> holds(area, code));
    }

    /// The digits that every division within an area begins with; none for everything.
    public static String beginning(String area) {
        var digits = area;
        while (digits.endsWith("00")) {
            digits = digits.substring(0, digits.length() - 2);
        }
        return digits;
    }

    /// Whether the caller may see a settlement.
    public boolean sees(Caller caller, Book.Stored stored) {
        return switch (caller.role()) {
            case INSTITUTION -> caller.scope().equals(stored.institution());
            case ALLIANCE_LEAD -> belongs(caller.scope(), stored.institution(), bindingDay(stored));
            case BUREAU_CLERK, BUREAU_SUPERVISOR, AUDITOR -> lies(stored.institution(), caller.scope())
                    || book.person(stored.member()).stream().flatMap(person -> person.standings().stream()).anyMatch(
                            standing -> standing.inForce().covers(bindingDay(stored))
                            && within(caller.scope(), standing.area()));
            case ADMINISTRATOR -> false;
        };
    }

    private boolean belongs(String alliance, String institution, LocalDate day) {
        return book.alliances().stream().filter(one -> one.code().equals(alliance))
                .flatMap(one -> one.memberships().stream())
                .anyMatch(one -> one.institution().equals(institution) && one.inForce().covers(day));
    }

    /// Whether everything lies within the caller's area.
    public boolean seesAll(Caller caller) {
        return caller.scope().matches("0{6}");
    }

    /// Whether any version of an institution lies in an area.
    public boolean lies(String institution, String area) {
        return book.versions(institution).stream().anyMatch(version -> within(area, version.division()));
    }

    /// The day whose rules settled it, out of the stored reply.
    private static LocalDate bindingDay(Book.Stored stored) {
        return new StoredReply(stored.reply()).bindingDay();
    }

    /// Whether the caller may see a member: one who is, was or will be insured in the area.
    public boolean sees(Caller caller, Person person) {
        return switch (caller.role()) {
            case INSTITUTION -> person.standings().stream().anyMatch(standing -> book.versions(caller.scope()).stream()
                    .anyMatch(version -> isOnePool(version.division(), standing.area())));
            case BUREAU_CLERK, BUREAU_SUPERVISOR, AUDITOR -> person.standings().stream()
                    .anyMatch(standing -> within(caller.scope(), standing.area()));
            case ALLIANCE_LEAD, ADMINISTRATOR -> false;
        };
    }

    private boolean isOnePool(String division, String area) {
        return within(division, area) || packs.policy(division).isPresent() && packs.policy(area).isPresent()
                && packs.policy(division).get().policy().area().equals(packs.policy(area).get().policy().area());
    }

    /// Turns away who speaks for an institution without being it, or without overseeing it.
    ///
    /// @param code the institution's code, null when none was given
    /// @throws Refused with [ProblemCode#OUTSIDE_SCOPE]
    public void requireInstitution(Caller caller, @Nullable String code, String field) {
        if (code == null) {
            return;
        }
        var within = caller.role() == Role.INSTITUTION ? caller.scope().equals(code) : oversees(caller, code);
        if (!within) {
            throw outside(caller, field, code);
        }
    }

    private boolean oversees(Caller caller, String code) {
        var versions = book.versions(code);
        return versions.isEmpty() || versions.stream()
                .anyMatch(version -> within(caller.scope(), version.division()));
    }

    /// Turns away who writes about a division outside the own area.
    ///
    /// @throws Refused with [ProblemCode#OUTSIDE_SCOPE]
    public void requireArea(Caller caller, @Nullable String division, String field) {
        if (division != null && !within(caller.scope(), division)) {
            throw outside(caller, field, division);
        }
    }

    /// Turns away who writes about an institution of which any version lies outside the own area.
    ///
    /// @throws Refused with [ProblemCode#OUTSIDE_SCOPE]
    public void requireWhole(Caller caller, String institution, String field) {
        book.versions(institution).forEach(version -> {
            if (!within(caller.scope(), version.division())) {
                throw outside(caller, field, institution);
            }
        });
    }

    /// What is outside the scope of a caller.
    public Refused outside(Caller caller, String field, String read) {
        return new Refused(Fault.of(ProblemCode.OUTSIDE_SCOPE, field, read, "本凭证的范围 " + caller.scope(),
                "the scope of this credential, " + caller.scope()));
    }
}
