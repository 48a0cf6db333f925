package tongchou.server.http;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tongchou.api.http.Fault;
import tongchou.api.http.NoQuery;
import tongchou.api.http.PriceFindingsQuery;
import tongchou.api.http.PriceFindingsReply;
import tongchou.api.http.PriceFindingsReply.ChargedReply;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.ReferralReply;
import tongchou.api.http.ReferralRequest;
import tongchou.api.http.Refused;
import tongchou.api.http.Role;
import tongchou.core.alliance.Institution;
import tongchou.server.access.Caller;
import tongchou.server.access.Reach;
import tongchou.server.alliance.Naming;
import tongchou.server.alliance.Prescriptions;
import tongchou.server.alliance.PriceFindings;
import tongchou.server.alliance.PriceFindings.Evidence;
import tongchou.server.intake.Intake;
import tongchou.storage.Formularies.Carried;
import tongchou.storage.Formularies.Prescribed;
import tongchou.storage.Volumes.Span;

/// What the members of an alliance do for each other (医联体协同): prescriptions that go along, and equal prices.
final class ReferralRoutes {

    private static final int USUAL_LIMIT = 100;

    private final Installation here;
    private final AlliancePaths paths;
    private final Reach reach;

    ReferralRoutes(Installation here) {
        this.here = here;
        this.paths = new AlliancePaths(here);
        this.reach = new Reach(here.book(), here.packs());
    }

    List<Route> routes() {
        return List.of(Route.post("/v1/referrals", this::refer), Route.get("/v1/referrals/{id}", this::read),
                Route.get("/v1/alliances/{code}/price-findings", this::prices));
    }

    private Answer refer(Call call) {
        var request = call.body(ReferralRequest.class);
        var sender = call.caller().scope();
        var faults = new ArrayList<Fault>();
        if (here.book().person(request.member()).isEmpty()) {
            faults.add(Intake.unknownMember(request.member(), 422, "member"));
        }
        if (request.lastDay().isBefore(request.issued())) {
            faults.add(Fault.of(ProblemCode.DATES_OUT_OF_ORDER, "last_day", request.lastDay().toString(),
                    "不早于 issued", "not before issued"));
        }
        var from = here.book().institution(sender, request.issued());
        var to = here.book().institution(request.receiver(), request.issued());
        if (to.isEmpty()) {
            faults.add(Intake.unknownInstitution(request.receiver(), 422, "receiver"));
        } else if (from.isEmpty() || from.get().tier().compareTo(to.get().tier()) <= 0
                || !Prescriptions.together(here.book(), sender, request.receiver(), request.issued())) {
            faults.add(Fault.of(ProblemCode.FIELDS_CONFLICT, "receiver", request.receiver(),
                    "当日同一医联体内等级更低的机构", "an institution of a lower tier in the same alliance on that day"));
        }
        if (!faults.isEmpty()) {
            throw new Refused(faults);
        }
        var carried = new Carried(request.id(), request.member(), sender, request.receiver(), request.episode(),
                request.issued(), request.lastDay(), request.items().stream()
                .map(one -> new Prescribed(one.item(), new BigDecimal(one.quantity()))).toList());
        if (here.book(call.caller()).formularies().refer(carried).isPresent()) {
            // What is registered may be another sender's, and tells of a patient.
            throw new Refused(Fault.of(ProblemCode.ALREADY_REGISTERED, "id", request.id(),
                    "另一编号：此编号已登记，内容不同", "another id: this one is registered with other content"));
        }
        return Answer.created(reply(carried));
    }

    private Answer read(Call call) {
        call.query(NoQuery.class);
        var id = call.path("id");
        return here.book().formularies().referral(id).filter(one -> sees(call.caller(), one))
                .map(one -> Answer.ok(reply(one))).orElseThrow(() -> new Refused(Fault.of(
                ProblemCode.UNKNOWN_REFERRAL, "id", id, "已登记的转诊单编号", "the id of a registered referral")));
    }

    private boolean sees(Caller caller, Carried carried) {
        if (caller.role() != Role.INSTITUTION) {
            return reach.lies(carried.sender(), caller.scope()) || reach.lies(carried.receiver(), caller.scope());
        }
        return List.of(carried.sender(), carried.receiver()).contains(caller.scope())
                || here.book().formularies().affiliations(carried.issued()).stream().anyMatch(one ->
                one.village().equals(caller.scope()) && one.centre().equals(carried.receiver()));
    }

    private ReferralReply reply(Carried carried) {
        var division = here.book().versions(carried.sender()).stream().findFirst().map(Institution::division)
                .orElse("");
        var naming = Naming.of(here.packs(), division, carried.issued());
        return new ReferralReply(carried.id(), carried.member(), carried.sender(), carried.receiver(),
                carried.episode(), carried.issued(), carried.lastDay(), carried.items().stream()
                .map(one -> new ReferralReply.PrescribedReply(one.item(), naming.name(one.item()),
                        one.quantity().toPlainString())).toList());
    }

    private Answer prices(Call call) {
        var query = call.query(PriceFindingsQuery.class);
        var alliance = paths.within(call);
        LocalDate from = query.from();
        if (query.to().isBefore(from) || query.to().isAfter(from.plusYears(1))) {
            throw new Refused(Fault.of(ProblemCode.DATES_OUT_OF_ORDER, "to", query.to().toString(),
                    "不早于 from，至多一年", "not before from, at most a year on"));
        }
        var circle = paths.circle(alliance, query.to());
        var page = new PriceFindings(here.book(), here.packs(), circle, new Span(from, query.to())).after(
                Objects.requireNonNullElse(query.after(), 0L), Objects.requireNonNullElse(query.limit(), USUAL_LIMIT));
        return Answer.ok(new PriceFindingsReply(alliance.code(), from, query.to(), page.findings().stream()
                .map(one -> new PriceFindingsReply.PriceFindingReply(
                        one.price() == null ? "above-lead" : "above-alliance-price", one.institution(), one.item(),
                        one.name(), one.specification(), evidence(one.charged()),
                        one.price() == null ? null : (Long) one.price().value(),
                        one.lead() == null ? null : evidence(one.lead()), one.excess().value())).toList(),
                page.next() == 0 ? null : (Long) page.next()));
    }

    private static ChargedReply evidence(Evidence one) {
        return new ChargedReply(one.settlement(), one.line(), one.day(), one.quantity().toPlainString(),
                one.amount().value(), one.unitYuan());
    }
}
