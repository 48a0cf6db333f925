package tongchou.server.intake;

import java.util.ArrayList;
import java.util.List;
import tongchou.api.http.Fault;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.core.alliance.Institution;
import tongchou.core.calendar.InForce;
import tongchou.core.people.Standing;
import tongchou.core.policy.Division;
import tongchou.core.policy.Divisions;

/// Checks the division codes of what is registered (区划代码核对): a code stands on certain days, and the code of an
/// institution carries its division.
public final class DivisionCodes {

    /// National codes of institutions and pharmacies: a letter, the division, a number.
    private static final String NATIONAL = "[HP][0-9]{11}";

    private final Divisions divisions;
    private final List<Fault> faults = new ArrayList<>();

    private DivisionCodes(Divisions divisions) {
        this.divisions = divisions;
    }

    /// Checks an institution.
    ///
    /// @param field where it stands in the request; empty for the request itself
    /// @throws Refused when its division has no day in common with it, or its code names another division
    public static void check(Institution institution, Divisions divisions, String field) {
        var codes = new DivisionCodes(divisions);
        var beginning = field.isEmpty() ? "" : field + ".";
        codes.inForce(institution.division(), institution.inForce(), beginning + "division");
        var code = institution.code();
        if (code.matches(NATIONAL) && !divisions.agree(code.substring(1, 7), institution.division())) {
            codes.faults.add(Fault.of(ProblemCode.FIELDS_CONFLICT, beginning + "division", institution.division(),
                    "机构编码 " + code + " 所含的区划 " + code.substring(1, 7),
                    "the division that the code " + code + " carries, " + code.substring(1, 7)));
        }
        codes.giveUpOnFaults();
    }

    /// Checks the insuring areas of standings.
    ///
    /// @param field where they stand in the request
    /// @throws Refused when an area has no day in common with its standing
    public static void check(List<Standing> standings, Divisions divisions, String field) {
        var codes = new DivisionCodes(divisions);
        for (var i = 0; i < standings.size(); i++) {
            codes.inForce(standings.get(i).area(), standings.get(i).inForce(), field + "[" + i + "].area");
        }
        codes.giveUpOnFaults();
    }

    /// Checks the insuring area of a standing that stands alone in a request.
    ///
    /// @throws Refused when the area has no day in common with the standing
    public static void check(Standing standing, Divisions divisions) {
        var codes = new DivisionCodes(divisions);
        codes.inForce(standing.area(), standing.inForce(), "area");
        codes.giveUpOnFaults();
    }

    private void inForce(String code, InForce period, String field) {
        divisions.outside(code, period).map(one -> fault(one, field)).ifPresent(faults::add);
    }

    private static Fault fault(Division one, String field) {
        var next = String.join(" ", one.becomes());
        return Fault.of(ProblemCode.DIVISION_NOT_IN_FORCE, field, one.code(),
                "当时有效的区划代码：" + one.code() + " " + one.name() + " " + one.inForce()
                        + (next.isEmpty() ? "" : "，之后为 " + next),
                "a division code of that time: " + one.code() + " " + one.name() + " " + one.inForce()
                        + (next.isEmpty() ? "" : ", afterwards " + next));
    }

    private void giveUpOnFaults() {
        if (!faults.isEmpty()) {
            throw new Refused(faults);
        }
    }
}
