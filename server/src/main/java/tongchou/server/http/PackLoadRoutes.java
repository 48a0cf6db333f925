package tongchou.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Fault;
import tongchou.api.http.NoQuery;
import tongchou.api.http.PackLoadRequest;
import tongchou.api.http.PackLoadsReply;
import tongchou.api.http.PackLoadsReply.PackLoadReply;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.server.packs.PackLoading;
import tongchou.server.packs.PackLoading.Outcome;
import tongchou.server.packs.Packs;
import tongchou.storage.PackLoads;

/// New versions of packs while the server goes on (在线装载): loaded beside those that serve, or refused with the reasons.
final class PackLoadRoutes {

    private static final int MOST_FAULTS = 50;

    private final Installation here;
    private final @Nullable PackLoading loading;
    private final Consumer<Packs> next;

    /// @param next takes the packs by which later requests are answered
    PackLoadRoutes(Installation here, @Nullable PackLoading loading, Consumer<Packs> next) {
        this.here = here;
        this.loading = loading;
        this.next = next;
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/pack-loads", this::list), Route.post("/v1/pack-loads", this::load));
    }

    private Answer list(Call call) {
        call.query(NoQuery.class);
        return Answer.ok(new PackLoadsReply(here.book().oversight().loads().all().stream().map(this::reply).toList()));
    }

    private PackLoadReply reply(PackLoads.Load load) {
        return new PackLoadReply(load.pack(), load.version(), load.hash(),
                load.signer().isEmpty() ? null : load.signer(), load.forced(), load.at().toString(),
                here.packs().version(load.pack(), load.version(), load.hash()).isPresent(),
                here.packSwitch().isInForce(load.pack(), load.version(), load.hash()));
    }

    private Answer load(Call call) {
        var request = call.body(PackLoadRequest.class);
        if (loading == null) {
            throw new Refused(Fault.of(ProblemCode.PACKS_NOT_LOADED, "", "", "以 serve 启动的服务",
                    "a server started with serve"));
        }
        var outcome = loading.load(here.packs(), request.allowLower(), pack -> here.packSwitch().isInForce(pack.id(),
                pack.version(), pack.hash()), Installation.who(call.caller()) + " " + request.reason());
        return switch (outcome) {
            case Outcome.Same() -> Answer.ok(new PackLoadsReply(List.of()));
            case Outcome.Refused(var lost, var why) -> throw new Refused(faults(lost, why));
            case Outcome.Loaded(var packs, var changed) -> {
                next.accept(packs);
                yield Answer.ok(new PackLoadsReply(changed.stream().map(pack -> new PackLoadReply(pack.id(),
                        pack.version(), pack.hash(), null, false, null, true,
                        here.packSwitch().isInForce(pack.id(), pack.version(), pack.hash()))).toList()));
            }
        };
    }

    private static List<Fault> faults(List<String> lost, List<Packs.Left> why) {
        var faults = new ArrayList<Fault>();
        for (var left : why) {
            for (var finding : left.findings()) {
                if (faults.size() < MOST_FAULTS && finding.severity() == tongchou.api.pack.Finding.Severity.ERROR) {
                    var place = finding.line() == 0 ? finding.file() : finding.file() + ":" + finding.line();
                    faults.add(Fault.of(ProblemCode.PACKS_NOT_LOADED,
                            (left.id() + " " + place + " " + finding.key()).strip(), finding.read(),
                            finding.expected(), finding.expectedEn()));
                }
            }
        }
        if (faults.isEmpty()) {
            lost.forEach(id -> faults.add(Fault.of(ProblemCode.PACKS_NOT_LOADED, id, "", "原位置上的政策包",
                    "the pack in the place where it was")));
        }
        return faults;
    }
}
