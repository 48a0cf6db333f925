package tongchou.server.http;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tongchou.api.http.CorrectionsReply.MoreReply;
import tongchou.api.http.DuesQuery;
import tongchou.api.http.DuesReply;
import tongchou.api.http.Fault;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.Role;
import tongchou.server.access.Caller;
import tongchou.server.access.Reach;
import tongchou.storage.Dues;

/// What corrections left due to institutions and from them (应补应退).
public final class DueRoutes {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final int USUAL_LIMIT = 100;

    private final Dues dues;
    private final Reach reach;

    DueRoutes(Installation here) {
        this.dues = here.book().resettlements().dues();
        this.reach = new Reach(here.book(), here.packs());
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/amounts-due", this::list));
    }

    /// The time of whole days in China.
    public static Dues.Time time(LocalDate from, LocalDate to) {
        return new Dues.Time(from.atStartOfDay(CHINA).toInstant(), to.plusDays(1).atStartOfDay(CHINA).toInstant());
    }

    private Answer list(Call call) {
        var query = call.query(DuesQuery.class);
        if (query.to().isBefore(query.from())) {
            throw new Refused(Fault.of(ProblemCode.DATES_OUT_OF_ORDER, "to", query.to().toString(),
                    "不早于 " + query.from(), "not before " + query.from()));
        }
        reach.requireInstitution(call.caller(), query.institution(), "institution");
        var only = call.caller().role() == Role.INSTITUTION ? call.caller().scope()
                : Objects.requireNonNullElse(query.institution(), "");
        var time = time(query.from(), query.to());
        var limit = query.limit() == null ? USUAL_LIMIT : query.limit();
        var found = new ArrayList<Dues.Line>();
        long after = Objects.requireNonNullElse(query.after(), 0L);
        for (var more = true; more && found.size() <= limit;) {
            var page = dues.lines(time, only, after, limit + 1);
            page.stream().filter(line -> sees(call.caller(), line.institution())).forEach(found::add);
            more = page.size() > limit;
            after = page.isEmpty() ? after : page.getLast().number();
        }
        var shown = found.subList(0, Math.min(limit, found.size()));
        return Answer.ok(new DuesReply(query.from(), query.to(), query.after() != null ? null : dues.sums(time).stream()
                .filter(due -> (only.isEmpty() || only.equals(due.institution()))
                        && sees(call.caller(), due.institution())).map(DueRoutes::reply).toList(),
                shown.stream().map(DueRoutes::reply).toList(),
                found.size() > limit ? shown.getLast().number() : null));
    }

    private boolean sees(Caller caller, String institution) {
        return caller.role() == Role.INSTITUTION ? caller.scope().equals(institution)
                : reach.lies(institution, caller.scope());
    }

    private static DuesReply.DueReply reply(Dues.Due due) {
        var shares = due.shares();
        return new DuesReply.DueReply(due.institution(), due.settlements(), payers(shares), shares.fromFunds().value(),
                shares.fromAccounts().value(), shares.toPersons().value());
    }

    private static DuesReply.DueLineReply reply(Dues.Line line) {
        var shares = line.shares();
        return new DuesReply.DueLineReply(line.number(), line.correction(), line.settlement(), line.institution(),
                line.member(), line.bookedAt().toString(), payers(shares), shares.fromFunds().value(),
                shares.fromAccounts().value(), shares.toPersons().value());
    }

    private static List<MoreReply> payers(Dues.Shares shares) {
        return shares.more().entrySet().stream().filter(more -> !more.getValue().isZero())
                .map(more -> new MoreReply(more.getKey().word(), more.getValue().value())).toList();
    }
}
