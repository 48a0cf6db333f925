package tongchou.server.http;

import java.util.List;
import tongchou.api.http.EstimateRequest;
import tongchou.api.http.Refused;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.Settlement;
import tongchou.server.intake.Intake;
import tongchou.server.intake.Replies;

/// The benefit calculator (医保计算器): what a kind of person would get, without a member.
final class Estimates {

    private final Installation here;
    private final Intake intake;
    private final Meters meters;

    Estimates(Installation here, Meters meters) {
        this.here = here;
        this.intake = new Intake(here.packs(), here.packSwitch());
        this.meters = meters;
    }

    List<Route> routes() {
        return List.of(Route.post("/v1/estimates", this::estimate).soon());
    }

    private Answer estimate(Call call) {
        var request = call.body(EstimateRequest.class);
        var settled = intake.estimate(request);
        return switch (settled.outcome()) {
            case Settlement settlement -> {
                meters.settled("estimate", settlement.waterfall().policy().pack());
                yield Answer.ok(settled.tell(Replies.of(
                        settlement, "estimate", null, null, request.lines(), here.version(), call.chinese())));
            }
            case Refusal refusal -> {
                meters.refused(refusal.code().name());
                throw new Refused(Replies.fault(refusal));
            }
        };
    }
}
