package tongchou.server.audit;

import java.util.ArrayList;
import java.util.Optional;
import tongchou.core.catalogue.PayClass;
import tongchou.core.encounter.ChargeLine;
import tongchou.core.money.Fen;
import tongchou.core.policy.Axis;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Workings;

/// More covered care never lowers what the funds pay (I12, 单调性): a settlement is settled once more with one line in
/// scope added to its bill, from the same position by the same rules.
final class LargerBill {

    /// 100.00 yuan.
    private static final Fen MORE = Fen.of(10_000);

    private final Workings workings = new Workings();

    /// What does not hold, empty when all is well or the larger bill is refused.
    Optional<String> lowers(Settlement settlement) {
        var claim = settlement.claim();
        if (settlement.waterfall().asks(Axis.BILL)) {
            // A rule that asks for the amount of the bill may pay less for a higher one, and then says so itself.
            return Optional.empty();
        }
        var lines = new ArrayList<>(claim.encounter().lines());
        lines.add(ChargeLine.of(lines.stream().mapToInt(ChargeLine::number).max().orElse(0) + 1, "more", MORE,
                PayClass.A));
        var larger = claim.with(lines);
        var waterfall = settlement.waterfall();
        var before = new long[waterfall.counters().size()];
        for (var i = 0; i < before.length; i++) {
            before[i] = settlement.position().before(i);
        }
        var paid = settlement.amounts().fund().value();
        return waterfall.run(larger, settlement.day(), before, workings) && workings.fund() < paid
                ? Optional.of("with " + MORE.yuan() + " yuan more in scope the funds would pay "
                        + Fen.of(workings.fund()) + " instead of " + Fen.of(paid))
                : Optional.empty();
    }
}
