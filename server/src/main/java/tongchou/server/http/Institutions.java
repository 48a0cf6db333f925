package tongchou.server.http;

import java.util.List;
import java.util.Objects;
import tongchou.api.http.InstitutionFacts;
import tongchou.api.http.InstitutionsReply;
import tongchou.api.http.NoQuery;
import tongchou.api.http.PageQuery;
import tongchou.api.http.Refused;
import tongchou.core.alliance.Institution;
import tongchou.server.access.Reach;
import tongchou.server.intake.DivisionCodes;
import tongchou.server.intake.Facts;
import tongchou.server.intake.Intake;
import tongchou.storage.Book;

/// Institutions (机构): registered with dates, read version by version.
final class Institutions {

    private final Installation here;
    private final Book book;
    private final Reach reach;

    Institutions(Installation here) {
        this.here = here;
        this.book = here.book();
        this.reach = new Reach(here.book(), here.packs());
    }

    List<Route> routes() {
        return List.of(Route.post("/v1/institutions", this::register), Route.get("/v1/institutions", this::list),
                Route.get("/v1/institutions/{code}", this::read));
    }

    private Answer register(Call call) {
        var facts = call.body(InstitutionFacts.class);
        reach.requireArea(call.caller(), facts.division(), "division");
        reach.requireWhole(call.caller(), facts.code(), "code");
        var institution = Facts.institution(facts, "");
        DivisionCodes.check(institution, here.packs().library().divisions(), "");
        var conflict = here.book(call.caller()).register(institution);
        if (conflict.isPresent()) {
            throw new Refused(Members.conflict(conflict.get(), facts.code()));
        }
        return Answer.created(Facts.reply(institution));
    }

    private Answer list(Call call) {
        var query = call.query(PageQuery.class);
        return Answer.ok(reply(book.institutions(
                Objects.requireNonNullElse(query.after(), ""), Objects.requireNonNullElse(query.limit(), 100))));
    }

    private Answer read(Call call) {
        call.query(NoQuery.class);
        var code = call.path("code");
        var versions = book.versions(code);
        if (versions.isEmpty()) {
            throw new Refused(Intake.unknownInstitution(code, 404, "code"));
        }
        return Answer.ok(reply(versions));
    }

    private static InstitutionsReply reply(List<Institution> institutions) {
        return new InstitutionsReply(institutions.stream().map(Facts::reply).toList());
    }
}
