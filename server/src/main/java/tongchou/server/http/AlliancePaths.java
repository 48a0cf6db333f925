package tongchou.server.http;

import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Fault;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.Role;
import tongchou.core.alliance.Alliance;
import tongchou.core.alliance.Institution;
import tongchou.server.access.Reach;
import tongchou.server.alliance.Circle;
import tongchou.server.alliance.Naming;

/// The alliance that a path names, for a caller who may look at it (路径中的医联体).
record AlliancePaths(Installation here) {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    /// A day, today where none was given.
    LocalDate day(@Nullable LocalDate given) {
        return given == null ? LocalDate.ofInstant(here.clock().instant(), CHINA) : given;
    }

    /// The alliance of a path.
    ///
    /// @throws Refused when there is none
    Alliance alliance(Call call) {
        var code = call.path("code");
        return here.book().alliances().stream().filter(one -> one.code().equals(code)).findFirst()
                .orElseThrow(() -> new Refused(Fault.of(ProblemCode.UNKNOWN_ALLIANCE, "code", code, "已登记的医联体编码",
                        "the code of a registered alliance")));
    }

    /// The alliance of a path, when the caller leads it or oversees one of its members.
    ///
    /// @throws Refused when there is none, or when it is out of reach
    Alliance within(Call call) {
        var alliance = alliance(call);
        var caller = call.caller();
        var reach = new Reach(here.book(), here.packs());
        var sees = caller.role() == Role.ALLIANCE_LEAD ? caller.scope().equals(alliance.code())
                : alliance.memberships().stream().anyMatch(one -> reach.lies(one.institution(), caller.scope()));
        if (!sees) {
            throw reach.outside(caller, "code", alliance.code());
        }
        return alliance;
    }

    Circle circle(Alliance alliance, LocalDate day) {
        return Circle.on(here.book(), alliance, day);
    }

    /// What items are called where the lead of an alliance lies.
    Naming naming(Circle circle, LocalDate day) {
        var lead = circle.lead(day).or(() -> circle.members(day).stream().findFirst());
        return Naming.of(here.packs(), lead.flatMap(code -> here.book().versions(code).stream().findFirst())
                .map(Institution::division).orElse(""), day);
    }
}
