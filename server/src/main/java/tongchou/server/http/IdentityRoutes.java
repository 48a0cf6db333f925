package tongchou.server.http;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Fault;
import tongchou.api.http.IdentityChangeRequest;
import tongchou.api.http.IdentityFacts;
import tongchou.api.http.IdentityNumber;
import tongchou.api.http.IdentityReply;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.Role;
import tongchou.api.http.SearchReply;
import tongchou.api.http.SearchRequest;
import tongchou.api.http.UnmaskRequest;
import tongchou.server.access.Caller;
import tongchou.server.access.Reach;
import tongchou.server.intake.Identification;
import tongchou.server.intake.Intake;
import tongchou.storage.Book;
import tongchou.storage.IdentitySafe;
import tongchou.storage.Person;

/// Identities of members (证件信息): kept, found, changed, and read in clear for a reason.
final class IdentityRoutes {

    private final Installation here;
    private final Book book;
    private final Reach reach;

    IdentityRoutes(Installation here) {
        this.here = here;
        this.book = here.book();
        this.reach = new Reach(here.book(), here.packs());
    }

    List<Route> routes() {
        return List.of(Route.post("/v1/members/search", this::search),
                Route.post("/v1/members/{token}/identity", this::change),
                Route.post("/v1/members/{token}/identity/unmask", this::unmask));
    }

    /// The safe of the installation.
    ///
    /// @throws Refused when the server was started without a master key
    private IdentitySafe safe() {
        var safe = here.safe();
        if (safe == null) {
            throw new Refused(Fault.of(ProblemCode.IDENTITIES_CLOSED, "identity", "",
                    "以 serve --identity-key FILE 启动的服务", "a server started with serve --identity-key FILE"));
        }
        return safe;
    }

    /// Registers a member, with the identity when one is given.
    Optional<Book.Conflict> register(Caller caller, Person person, @Nullable IdentityFacts identity) {
        if (identity == null) {
            return here.book(caller).register(person);
        }
        return safe().register(person, Identification.of(identity, person.member().birth()), Installation.who(caller),
                here.clock().instant().truncatedTo(ChronoUnit.MILLIS));
    }

    /// The identity of a member with its number masked; null when there is none, or the server cannot open it.
    @Nullable IdentityFacts masked(String token) {
        var safe = here.safe();
        return safe == null ? null : safe.of(token).map(identity -> new IdentityFacts(identity.kind(),
                IdentityNumber.masked(identity.number()))).orElse(null);
    }

    /// Finds a member. An institution finds any, as a patient from elsewhere shows a card; a bureau its own people.
    private Answer search(Call call) {
        var request = call.body(SearchRequest.class);
        var caller = call.caller();
        var token = safe().find(Identification.of(request.identity(), null))
                .filter(found -> caller.role() == Role.INSTITUTION
                || book.person(found).filter(person -> reach.sees(caller, person)).isPresent());
        return Answer.ok(new SearchReply(token.orElseThrow(
                () -> new Refused(Intake.unknownMember(IdentityNumber.HIDDEN, 404, "identity.number")))));
    }

    private Answer change(Call call) {
        var request = call.body(IdentityChangeRequest.class);
        var person = person(call);
        var token = person.member().token();
        var conflict = safe().change(token, Identification.of(request.identity(), person.member().birth()),
                request.reason(), Installation.who(call.caller()),
                here.clock().instant().truncatedTo(ChronoUnit.MILLIS));
        if (conflict.isPresent()) {
            throw new Refused(taken());
        }
        var present = safe().of(token).orElseThrow();
        return Answer.ok(new IdentityReply(token, present.kind(), IdentityNumber.masked(present.number())));
    }

    /// That somebody reads the number is durable before the number is answered.
    private Answer unmask(Call call) {
        var request = call.body(UnmaskRequest.class);
        var token = person(call).member().token();
        var identity = safe().of(token).orElseThrow(() -> new Refused(Fault.of(
                ProblemCode.UNKNOWN_MEMBER, 404, "token", token, "已登记证件的参保人",
                "a member with a registered identity")));
        here.book(call.caller()).note("unmask", token, request.reason());
        return Answer.ok(new IdentityReply(token, identity.kind(), identity.number()));
    }

    private Person person(Call call) {
        var token = call.path("token");
        return book.person(token).filter(person -> reach.sees(call.caller(), person))
                .orElseThrow(() -> new Refused(Intake.unknownMember(token, 404, "token")));
    }

    /// The fault of an identity that cannot be this member's; whose it is is not told.
    static Fault taken() {
        return Fault.of(ProblemCode.IDENTITY_TAKEN, "identity", IdentityNumber.HIDDEN, "只属于该参保人的证件；更正请用 /identity",
                "an identity that is this member's alone; to correct one use /identity");
    }
}
