package tongchou.server.http;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.AllianceDayQuery;
import tongchou.api.http.CentreReply;
import tongchou.api.http.CentreRequest;
import tongchou.api.http.Fault;
import tongchou.api.http.FormularyReply;
import tongchou.api.http.FormularyRequest;
import tongchou.api.http.GapsQuery;
import tongchou.api.http.GapsReply;
import tongchou.api.http.InstitutionListReply;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.StockRequest;
import tongchou.core.alliance.Alliance;
import tongchou.core.alliance.Institution;
import tongchou.core.calendar.InForce;
import tongchou.core.money.Fen;
import tongchou.server.access.Reach;
import tongchou.server.alliance.Circle;
import tongchou.server.alliance.FormularyGaps;
import tongchou.server.alliance.Naming;
import tongchou.server.alliance.NearItems;
import tongchou.server.intake.Intake;
import tongchou.server.packs.PolicyRows;
import tongchou.storage.Book;
import tongchou.storage.Formularies;
import tongchou.storage.Formularies.Affiliation;
import tongchou.storage.Formularies.Listed;
import tongchou.storage.Formularies.Stocked;

/// One list for an alliance (药随病走): kept by its lead, stocked by its members, and what is missing where.
final class FormularyRoutes {

    private static final int USUAL_LIMIT = 100;

    private final Installation here;
    private final Formularies formularies;
    private final AlliancePaths paths;
    private final Reach reach;

    FormularyRoutes(Installation here) {
        this.here = here;
        this.formularies = here.book().formularies();
        this.paths = new AlliancePaths(here);
        this.reach = new Reach(here.book(), here.packs());
    }

    List<Route> routes() {
        return List.of(Route.post("/v1/alliances/{code}/formulary", this::list),
                Route.get("/v1/alliances/{code}/formulary", this::listed),
                Route.get("/v1/alliances/{code}/formulary/gaps", this::gaps),
                Route.post("/v1/institutions/{code}/centre", this::centre),
                Route.post("/v1/institutions/{code}/stock", this::stock),
                Route.get("/v1/institutions/{code}/formulary", this::shelves));
    }

    private Answer list(Call call) {
        var request = call.body(FormularyRequest.class);
        var alliance = paths.within(call);
        var entries = new ArrayList<Listed>();
        for (var facts : request.entries()) {
            entries.add(new Listed(alliance.code(), facts.item(), days(facts.from(), facts.to(), entries.size()),
                    facts.priceFen() == null ? null : Fen.of(facts.priceFen()),
                    Objects.requireNonNullElse(facts.unit(), ""), Objects.requireNonNullElse(facts.document(), "")));
        }
        refuse(here.book(call.caller()).formularies().list(entries), alliance.code());
        return Answer.created(reply(alliance, entries.getFirst().inForce().from()));
    }

    private static InForce days(LocalDate from, @Nullable LocalDate to, int place) {
        if (to != null && to.isBefore(from)) {
            throw new Refused(Fault.of(ProblemCode.DATES_OUT_OF_ORDER, place < 0 ? "to" : "entries[" + place + "].to",
                    to.toString(), "不早于首日 " + from, "not before the first day, " + from));
        }
        return to == null ? InForce.from(from) : new InForce(from, to);
    }

    private static void refuse(java.util.Optional<Book.Conflict> conflict, String code) {
        if (conflict.isPresent()) {
            throw new Refused(Members.conflict(conflict.get(), code));
        }
    }

    private Answer listed(Call call) {
        var day = paths.day(call.query(AllianceDayQuery.class).date());
        return Answer.ok(reply(paths.alliance(call), day));
    }

    private FormularyReply reply(Alliance alliance, LocalDate day) {
        var circle = paths.circle(alliance, day);
        var naming = paths.naming(circle, day);
        var members = circle.members(day);
        Map<String, Set<String>> stocks = new HashMap<>();
        members.forEach(member -> stocks.put(member, stock(member, day)));
        var near = new NearItems(naming.catalogue(), here.book().catalogue(), day);
        return new FormularyReply(alliance.code(), day, members, formularies.listed(alliance.code(), day).stream()
                .map(one -> new FormularyReply.ListedReply(one.item(), naming.name(one.item()),
                        naming.item(one.item()).isPresent(), one.inForce().from(), PolicyRows.last(one.inForce()),
                        one.price() == null ? null : (Long) one.price().value(), one.unit(), one.document(),
                        members.stream().filter(member -> stocks.get(member).contains(one.item())).toList(),
                        members.stream().filter(member -> !stocks.get(member).contains(one.item())).toList(),
                        naming.item(one.item()).isPresent() ? null : near.levels(),
                        naming.item(one.item()).isPresent() ? null : near.of(one.item()).stream()
                                .map(item -> new FormularyReply.NearReply(item.code(), item.name())).toList()))
                .toList());
    }

    private Set<String> stock(String institution, LocalDate day) {
        var items = new HashSet<String>();
        formularies.stocked(institution, day).stream().map(Stocked::item).forEach(items::add);
        return items;
    }

    private Answer gaps(Call call) {
        var query = call.query(GapsQuery.class);
        var alliance = paths.within(call);
        var day = paths.day(query.date());
        var circle = paths.circle(alliance, day);
        if (query.institution() != null && !circle.has(query.institution(), day)) {
            throw new Refused(Fault.of(ProblemCode.UNKNOWN_INSTITUTION, 422, "institution", query.institution(),
                    "该医联体当日的成员：" + String.join(" ", circle.members(day)),
                    "a member of the alliance on the day: " + String.join(" ", circle.members(day))));
        }
        var limit = Objects.requireNonNullElse(query.limit(), USUAL_LIMIT);
        var found = new FormularyGaps(here.book(), circle, day, paths.naming(circle, day)).after(
                Objects.requireNonNullElse(query.after(), ""), query.institution(), limit + 1);
        var page = found.subList(0, Math.min(limit, found.size()));
        return Answer.ok(new GapsReply(alliance.code(), day, page.stream().map(gap -> new GapsReply.GapReply(
                gap.institution(), gap.item(), gap.name(), gap.atCentre(), gap.patients().stream()
                .map(one -> new GapsReply.GapPatientReply(one.member(), one.diseases(), one.lastDay(), one.at(),
                        one.contracted())).toList())).toList(), found.size() > limit ? page.getLast().key() : null));
    }

    private Institution institution(Call call) {
        var code = call.path("code");
        var versions = here.book().versions(code);
        if (versions.isEmpty()) {
            throw new Refused(Intake.unknownInstitution(code, 404, "code"));
        }
        return versions.getLast();
    }

    private Answer centre(Call call) {
        var request = call.body(CentreRequest.class);
        var village = institution(call);
        reach.requireWhole(call.caller(), village.code(), "code");
        var centre = here.book().versions(request.centre());
        if (centre.isEmpty()) {
            throw new Refused(Intake.unknownInstitution(request.centre(), 422, "centre"));
        }
        if (village.kind() != Institution.Kind.VILLAGE || centre.getLast().kind() != Institution.Kind.TOWNSHIP
                && centre.getLast().kind() != Institution.Kind.COMMUNITY) {
            throw new Refused(Fault.of(ProblemCode.FIELDS_CONFLICT, "centre", request.centre(),
                    "村卫生室隶属乡镇卫生院或社区卫生服务中心", "a village clinic belongs to a township or community centre"));
        }
        var inForce = days(request.from(), request.to(), -1);
        refuse(here.book(call.caller()).formularies().affiliate(
                new Affiliation(village.code(), request.centre(), inForce)), village.code());
        return Answer.created(new CentreReply(village.code(), request.centre(), request.from(), request.to()));
    }

    private Answer stock(Call call) {
        var request = call.body(StockRequest.class);
        var institution = institution(call);
        reach.requireInstitution(call.caller(), institution.code(), "code");
        var entries = new ArrayList<Stocked>();
        for (var facts : request.entries()) {
            entries.add(new Stocked(institution.code(), facts.item(), days(facts.from(), facts.to(), entries.size())));
        }
        refuse(here.book(call.caller()).formularies().stock(entries), institution.code());
        return Answer.created(shelves(institution, entries.getFirst().inForce().from()));
    }

    private Answer shelves(Call call) {
        var day = paths.day(call.query(AllianceDayQuery.class).date());
        return Answer.ok(shelves(institution(call), day));
    }

    private InstitutionListReply shelves(Institution institution, LocalDate day) {
        var circle = here.book().alliances().stream().map(alliance -> paths.circle(alliance, day))
                .filter(one -> one.has(institution.code(), day)).findFirst();
        var centre = formularies.affiliations(day).stream().filter(one -> one.village().equals(institution.code()))
                .map(Affiliation::centre).findFirst();
        Map<String, Listed> listed = new HashMap<>();
        circle.map(Circle::alliance).ifPresent(alliance -> formularies.listed(alliance.code(), day)
                .forEach(one -> listed.put(one.item(), one)));
        var own = stock(institution.code(), day);
        var atCentre = centre.map(code -> stock(code, day)).orElse(Set.of());
        var items = new TreeSet<>(listed.keySet());
        items.addAll(own);
        var naming = Naming.of(here.packs(), institution.division(), day);
        return new InstitutionListReply(institution.code(), day, circle.map(one -> one.alliance().code()).orElse(null),
                centre.orElse(null), items.stream().map(item -> new InstitutionListReply.ShelfReply(item,
                        naming.name(item), listed.containsKey(item), own.contains(item), atCentre.contains(item),
                        price(listed.get(item)))).toList());
    }

    private static @Nullable Long price(@Nullable Listed listed) {
        return listed == null || listed.price() == null ? null : (Long) listed.price().value();
    }
}
