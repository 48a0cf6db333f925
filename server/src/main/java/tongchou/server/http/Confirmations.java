package tongchou.server.http;

import java.util.stream.Collectors;
import tongchou.api.http.Fault;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.Words;
import tongchou.core.settlement.Waterfalls;
import tongchou.server.resettlement.Resettler;
import tongchou.storage.Resettlements.Cause;
import tongchou.storage.Resettlements.Move;
import tongchou.storage.Resettlements.Moved;
import tongchou.storage.Resettlements.Order;
import tongchou.storage.Resettlements.Resettlement;

/// Re-settlements stopped, resumed, confirmed and dismissed (重算指令执行): the one place, whether one person or two did so.
final class Confirmations {

    private final Installation here;
    private final Resettler resettler;

    Confirmations(Installation here, Resettler resettler) {
        this.here = here;
        this.resettler = resettler;
    }

    /// Does it, and goes on with what is to be done then.
    ///
    /// @throws Refused when it cannot be done in this state or revision
    Resettlement carryOut(String id, Order order) {
        return switch (here.book().resettlements().move(id, order)) {
            case Moved.Done(var now) -> resettler.goOn(now);
            case Moved.NotNow(var at) -> throw notNow(at, order.move(), order.revision());
            case Moved.Unknown(var unknown) -> throw ResettlementRoutes.unknown("id", unknown);
        };
    }

    /// Why a re-settlement cannot be moved as it stands.
    static Refused notNow(Resettlement at, Move move, long revision) {
        if (move.from().contains(at.state())) {
            return new Refused(Fault.of(ProblemCode.RESETTLEMENT_STATE, "revision", Long.toString(revision),
                    Long.toString(at.revision()) + "，请先查看新的差额",
                    at.revision() + ", after a look at the new differences"));
        }
        var states = move.from().stream().map(Words::of).collect(Collectors.joining(", "));
        return new Refused(Fault.of(ProblemCode.RESETTLEMENT_STATE, "id", Words.of(at.state()),
                "处于以下状态的重算任务：" + states, "a re-settlement that is " + states));
    }

    /// @throws Refused when no two persons have put the version in force by which it was computed, and they have to
    void requireActivated(Resettlement work) {
        if (!(work.cause() instanceof Cause.NewRules rules)) {
            return;
        }
        here.packs().library().policies().stream().map(Waterfalls::policy)
                .filter(policy -> policy.hash().equals(rules.hash()) && !here.packSwitch().books(policy)).findFirst()
                .ifPresent(policy -> {
                    throw new Refused(Fault.of(ProblemCode.PACK_NOT_ACTIVATED, "pack",
                            policy.pack() + " " + policy.version(),
                            "经两人启用的版本：POST /v1/packs/" + policy.pack() + "/activation",
                            "an activated version: POST /v1/packs/" + policy.pack() + "/activation"));
                });
    }
}
