package tongchou.server.http;

import java.util.List;
import tongchou.api.http.Fault;
import tongchou.api.http.MemberFacts;
import tongchou.api.http.NoQuery;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.StandingFacts;
import tongchou.api.http.StandingsReply;
import tongchou.api.http.Words;
import tongchou.api.http.YearToDateReply;
import tongchou.server.access.Reach;
import tongchou.server.intake.DivisionCodes;
import tongchou.server.intake.Facts;
import tongchou.server.intake.Intake;
import tongchou.storage.Book;
import tongchou.storage.Person;

/// Members (参保人): registered, read, their standings changed, their sums of the year.
final class Members {

    private final Installation here;
    private final Book book;
    private final Reach reach;
    private final IdentityRoutes identities;

    Members(Installation here, IdentityRoutes identities) {
        this.here = here;
        this.identities = identities;
        this.book = here.book();
        this.reach = new Reach(here.book(), here.packs());
    }

    List<Route> routes() {
        return List.of(Route.post("/v1/members", this::register), Route.get("/v1/members/{token}", this::read),
                Route.post("/v1/members/{token}/standings", this::changeStanding),
                Route.get("/v1/members/{token}/standings", this::standings),
                Route.get("/v1/members/{token}/year-to-date", this::yearToDate));
    }

    private Answer register(Call call) {
        var facts = call.body(MemberFacts.class);
        for (var i = 0; i < facts.standings().size(); i++) {
            reach.requireArea(call.caller(), facts.standings().get(i).area(), "standings[" + i + "].area");
        }
        if (book.person(facts.token()).filter(present -> !reach.sees(call.caller(), present)).isPresent()) {
            throw reach.outside(call.caller(), "token", facts.token());
        }
        var person = Facts.person(facts);
        DivisionCodes.check(person.standings(), here.packs().library().divisions(), "standings");
        var faults = new java.util.ArrayList<Fault>();
        for (var i = 0; i < facts.sharers().size(); i++) {
            var sharer = facts.sharers().get(i);
            if (sharer.equals(facts.token()) || facts.sharers().indexOf(sharer) < i) {
                faults.add(Fault.of(ProblemCode.FIELDS_CONFLICT, "sharers[" + i + "]", sharer, "另一位共济人，不重复",
                        "another relative, each once"));
            } else if (book.person(sharer).isEmpty()) {
                faults.add(Intake.unknownMember(sharer, 422, "sharers[" + i + "]"));
            }
        }
        if (!faults.isEmpty()) {
            throw new Refused(faults);
        }
        var conflict = identities.register(call.caller(), person, facts.identity());
        if (conflict.isPresent()) {
            throw new Refused(conflict.get().field().equals("identity") ? IdentityRoutes.taken()
                    : conflict(conflict.get(), facts.token()));
        }
        return Answer.created(reply(book.person(facts.token()).orElseThrow()));
    }

    private Answer read(Call call) {
        call.query(NoQuery.class);
        return Answer.ok(reply(person(call)));
    }

    private MemberFacts reply(Person person) {
        return Facts.reply(person, identities.masked(person.member().token()));
    }

    private Answer changeStanding(Call call) {
        var token = call.path("token");
        var facts = call.body(StandingFacts.class);
        reach.requireArea(call.caller(), facts.area(), "area");
        var person = person(call);
        var standing = Facts.standing(facts);
        DivisionCodes.check(standing, here.packs().library().divisions());
        Facts.notBefore(person.member().birth(), facts.from(), "from");
        var conflict = here.book(call.caller()).changeStanding(token, standing);
        if (conflict.isPresent()) {
            throw new Refused(conflict(conflict.get(), facts.from().toString()));
        }
        return Answer.created(standings(person(call)));
    }

    private Answer standings(Call call) {
        call.query(NoQuery.class);
        return Answer.ok(standings(person(call)));
    }

    private static StandingsReply standings(Person person) {
        return new StandingsReply(person.member().token(), person.standings().stream().map(Facts::reply).toList());
    }

    private Answer yearToDate(Call call) {
        call.query(NoQuery.class);
        var token = person(call).member().token();
        return Answer.ok(new YearToDateReply(token, book.yearToDate(token).sums().entrySet().stream()
                .map(sum -> new YearToDateReply.SumReply(sum.getKey().name(), Words.of(sum.getKey().period()),
                        sum.getKey().periodKey(), sum.getValue()))
                .sorted(java.util.Comparator.comparing(YearToDateReply.SumReply::counter)
                        .thenComparing(YearToDateReply.SumReply::period)
                        .thenComparing(YearToDateReply.SumReply::periodKey)).toList()));
    }

    private Person person(Call call) {
        var token = call.path("token");
        return book.person(token).filter(person -> reach.sees(call.caller(), person))
                .orElseThrow(() -> new Refused(Intake.unknownMember(token, 404, "token")));
    }

    /// What stands in the way of a registration.
    static Fault conflict(Book.Conflict conflict, String read) {
        return Fault.of(ProblemCode.ALREADY_REGISTERED, conflict.field(), read, "与已登记的一致，或不冲突：" + conflict.present(),
                "the same as what is registered, or no conflict with it: " + conflict.present());
    }
}
