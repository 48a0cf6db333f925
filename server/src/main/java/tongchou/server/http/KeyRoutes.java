package tongchou.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Fault;
import tongchou.api.http.Field;
import tongchou.api.http.KeyReply;
import tongchou.api.http.KeyRequest;
import tongchou.api.http.KeysReply;
import tongchou.api.http.NoQuery;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.RevokeRequest;
import tongchou.api.http.Role;
import tongchou.api.http.RotateRequest;
import tongchou.api.http.WhoReply;
import tongchou.api.http.Words;
import tongchou.server.access.Action;
import tongchou.server.access.Keyring;
import tongchou.server.access.Scopes;
import tongchou.server.intake.Intake;
import tongchou.storage.Book;
import tongchou.storage.Keys.Key;

/// Keys (密钥): given out, listed, rotated and revoked by an administrator; and who is calling.
final class KeyRoutes {

    private static final long USUAL_OVERLAP = 7;

    private final Book book;
    private final Keyring keyring;

    KeyRoutes(Installation here) {
        this.book = here.book();
        this.keyring = here.admission().keyring();
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/whoami", this::who), Route.post("/v1/keys", this::issue),
                Route.get("/v1/keys", this::list), Route.post("/v1/keys/{id}/rotate", this::rotate),
                Route.post("/v1/keys/{id}/revoke", this::revoke));
    }

    private Answer who(Call call) {
        call.query(NoQuery.class);
        var caller = call.caller();
        var may = Stream.of(Action.values()).filter(action -> action.allows(caller.role())).map(Words::of).toList();
        return Answer.ok(new WhoReply(caller.id(), Words.of(caller.by()), caller.holder(), caller.role(),
                scope(caller.scope()), may));
    }

    private Answer issue(Call call) {
        var request = call.body(KeyRequest.class);
        var scope = Objects.requireNonNullElse(request.scope(), "");
        var first = Objects.requireNonNullElseGet(request.from(), keyring::today);
        var last = Objects.requireNonNullElseGet(request.to(), () -> first.plusDays(Keyring.USUAL_DAYS));
        var faults = new ArrayList<Fault>();
        if (!Scopes.fits(request.role(), scope)) {
            faults.add(wrongScope(request.role(), scope));
        }
        if (last.isBefore(first) || last.isBefore(keyring.today())) {
            faults.add(Fault.of(ProblemCode.DATES_OUT_OF_ORDER, "to", last.toString(), "不早于今天和 from",
                    "not before today and not before from"));
        }
        if (request.role() == Role.INSTITUTION && !scope.isEmpty() && book.versions(scope).isEmpty()) {
            faults.add(Intake.unknownInstitution(scope, 422, "scope"));
        }
        if (request.role() == Role.ALLIANCE_LEAD && !scope.isEmpty()
                && book.alliances().stream().noneMatch(alliance -> alliance.code().equals(scope))) {
            faults.add(Fault.of(ProblemCode.UNKNOWN_ALLIANCE, 422, "scope", scope, "已登记的医联体编码",
                    "the code of a registered alliance"));
        }
        if (!faults.isEmpty()) {
            throw new Refused(faults);
        }
        return issued(keyring.issue(new Keyring.Grant(request.role(), scope, request.holder(), first, last,
                call.caller().id())));
    }

    private static Fault wrongScope(Role role, String scope) {
        return switch (role) {
            case ADMINISTRATOR -> Fault.of(ProblemCode.FIELDS_CONFLICT, "scope", scope, "系统管理不带范围",
                    "no scope for an administrator");
            case INSTITUTION, ALLIANCE_LEAD -> Fault.of(ProblemCode.FIELDS_CONFLICT, "scope", scope, "机构或医联体编码",
                    "the code of the institution or alliance");
            case BUREAU_CLERK, BUREAU_SUPERVISOR, AUDITOR -> Fault.of(ProblemCode.FIELDS_CONFLICT, "scope", scope,
                    Field.Form.DIVISION.expected(true), Field.Form.DIVISION.expected(false));
        };
    }

    private Answer list(Call call) {
        call.query(NoQuery.class);
        return Answer.ok(new KeysReply(keyring.all().stream().map(key -> reply(key, null)).toList()));
    }

    private Answer rotate(Call call) {
        var request = call.body(RotateRequest.class);
        var id = call.path("id");
        if (request.to() != null && request.to().isBefore(keyring.today())) {
            throw new Refused(Fault.of(ProblemCode.DATES_OUT_OF_ORDER, "to", request.to().toString(), "不早于今天",
                    "not before today"));
        }
        var overlap = Objects.requireNonNullElse(request.overlapDays(), USUAL_OVERLAP).intValue();
        return issued(keyring.rotate(id, overlap, request.to(), call.caller().id()).orElseThrow(() -> unknown(id)));
    }

    private Answer revoke(Call call) {
        var request = call.body(RevokeRequest.class);
        var id = call.path("id");
        return Answer.ok(reply(keyring.revoke(id, call.caller().id(), request.reason()).orElseThrow(() -> unknown(id)),
                null));
    }

    private static Refused unknown(String id) {
        return new Refused(Fault.of(ProblemCode.UNKNOWN_KEY, "id", id, "/v1/keys 中未吊销的密钥",
                "a key of /v1/keys that is not revoked"));
    }

    private static Answer issued(Keyring.Issued issued) {
        return Answer.created(reply(issued.key(), issued.text()));
    }

    private static KeyReply reply(Key key, @Nullable String text) {
        var revocation = key.revocation();
        return new KeyReply(key.id(), text, Keyring.role(key), scope(key.scope()), key.holder(), key.firstDay(),
                key.lastDay(),
                key.createdBy(), key.createdAt().toString(), key.replaces(), revocation == null ? null : revocation.at()
                .toString(),
                revocation == null ? null : revocation.by(), revocation == null ? null : revocation.reason());
    }

    private static @Nullable String scope(String scope) {
        return scope.isEmpty() ? null : scope;
    }
}
