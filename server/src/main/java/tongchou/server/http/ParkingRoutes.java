package tongchou.server.http;

import java.util.List;
import tongchou.api.http.Fault;
import tongchou.api.http.NoQuery;
import tongchou.api.http.ParkingRequest;
import tongchou.api.http.ParkingsReply;
import tongchou.api.http.ParkingsReply.ParkingReply;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.server.access.Caller;
import tongchou.server.access.Reach;
import tongchou.server.intake.Intake;
import tongchou.storage.Book;
import tongchou.storage.Parkings.Parking;

/// Members for whom nothing is booked (挂起): listed, parked and released by who looks into it.
final class ParkingRoutes {

    private final Installation here;
    private final Book book;
    private final Reach reach;

    ParkingRoutes(Installation here) {
        this.here = here;
        this.book = here.book();
        this.reach = new Reach(here.book(), here.packs());
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/parkings", this::list), Route.post("/v1/members/{token}/parking", this::park),
                Route.post("/v1/members/{token}/release", this::release));
    }

    private Answer list(Call call) {
        call.query(NoQuery.class);
        return Answer.ok(new ParkingsReply(book.parkings().all().stream()
                .filter(parking -> sees(call.caller(), parking.member())).map(ParkingRoutes::reply).toList()));
    }

    private Answer park(Call call) {
        var request = call.body(ParkingRequest.class);
        var token = member(call);
        here.book(call.caller()).parkings().park(token, request.benefitYear(), request.reason(),
                Installation.who(call.caller()), here.clock().instant());
        return Answer.created(parkings(token));
    }

    private Answer release(Call call) {
        var request = call.body(ParkingRequest.class);
        var token = member(call);
        if (!here.book(call.caller()).parkings().release(token, request.benefitYear(), request.reason(),
                Installation.who(call.caller()), here.clock().instant())) {
            throw new Refused(Fault.of(ProblemCode.NOT_PARKED, request.benefitYear() == null ? "token"
                    : "benefit_year", request.benefitYear() == null ? token : request.benefitYear().toString(),
                    "GET /v1/parkings 中的参保人与年度", "a member and year of GET /v1/parkings"));
        }
        return Answer.ok(parkings(token));
    }

    private String member(Call call) {
        var token = call.path("token");
        if (!sees(call.caller(), token)) {
            throw new Refused(Intake.unknownMember(token, 404, "token"));
        }
        return token;
    }

    private boolean sees(Caller caller, String token) {
        return book.person(token).filter(person -> reach.sees(caller, person)).isPresent();
    }

    private ParkingsReply parkings(String token) {
        return new ParkingsReply(book.parkings().of(token).stream().map(ParkingRoutes::reply).toList());
    }

    private static ParkingReply reply(Parking parking) {
        return new ParkingReply(parking.member(), parking.year(), parking.reason(),
                parking.by().isEmpty() ? null : parking.by(), parking.at().toString());
    }
}
