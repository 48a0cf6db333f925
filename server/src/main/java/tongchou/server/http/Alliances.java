package tongchou.server.http;

import java.util.ArrayList;
import java.util.List;
import tongchou.api.http.AllianceFacts;
import tongchou.api.http.AlliancesReply;
import tongchou.api.http.Fault;
import tongchou.api.http.NoQuery;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.server.access.Reach;
import tongchou.server.intake.Facts;
import tongchou.server.intake.Intake;
import tongchou.storage.Book;

/// Alliances (医联体): registered with their dated members, and read.
final class Alliances {

    private final Installation here;
    private final Book book;
    private final Reach reach;

    Alliances(Installation here) {
        this.here = here;
        this.book = here.book();
        this.reach = new Reach(here.book(), here.packs());
    }

    List<Route> routes() {
        return List.of(Route.post("/v1/alliances", this::register), Route.get("/v1/alliances", this::list),
                Route.get("/v1/alliances/{code}", this::read));
    }

    private Answer register(Call call) {
        var facts = call.body(AllianceFacts.class);
        var alliance = Facts.alliance(facts);
        var faults = new ArrayList<Fault>();
        for (var i = 0; i < facts.memberships().size(); i++) {
            var code = facts.memberships().get(i).institution();
            if (book.versions(code).isEmpty()) {
                faults.add(Intake.unknownInstitution(code, 422, "memberships[" + i + "].institution"));
            }
        }
        if (!faults.isEmpty()) {
            throw new Refused(faults);
        }
        for (var i = 0; i < facts.memberships().size(); i++) {
            reach.requireWhole(call.caller(), facts.memberships().get(i).institution(), "memberships[" + i
                    + "].institution");
        }
        var conflict = here.book(call.caller()).register(alliance);
        if (conflict.isPresent()) {
            throw new Refused(Members.conflict(conflict.get(), facts.code()));
        }
        return Answer.created(Facts.reply(alliance));
    }

    private Answer list(Call call) {
        call.query(NoQuery.class);
        return Answer.ok(new AlliancesReply(book.alliances().stream().map(Facts::reply).toList()));
    }

    private Answer read(Call call) {
        call.query(NoQuery.class);
        var code = call.path("code");
        return book.alliances().stream().filter(alliance -> alliance.code().equals(code)).findFirst()
                .map(alliance -> Answer.ok(Facts.reply(alliance)))
                .orElseThrow(() -> new Refused(Fault.of(ProblemCode.UNKNOWN_ALLIANCE, "code", code, "已登记的医联体编码",
                        "the code of a registered alliance")));
    }
}
