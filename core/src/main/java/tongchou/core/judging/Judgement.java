package tongchou.core.judging;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.core.encounter.ChargeLine;
import tongchou.core.settlement.Refusal;

/// What a catalogue made of a bill (审定): every charge judged, or the first refusal.
///
/// @param charges empty exactly when there is a refusal
/// @param outsideAverageCost whether the encounter is a long prescription, which the check of average costs leaves out
///         (不纳入次均费用考核)
public record Judgement(List<JudgedCharge> charges, boolean outsideAverageCost, @Nullable Refusal refusal) {

    /// Copies the charges.
    public Judgement {
        charges = List.copyOf(charges);
    }

    /// The lines as a settlement takes them.
    public List<ChargeLine> lines() {
        var lines = new ArrayList<ChargeLine>(charges.size());
        for (var charge : charges) {
            lines.add(charge.line());
        }
        return lines;
    }
}
