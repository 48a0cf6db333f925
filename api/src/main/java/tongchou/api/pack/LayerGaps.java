package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tongchou.core.calendar.KnownOn;
import tongchou.core.policy.Benefit;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Policy;

/// Days on which a layer silently takes no part any more (层次中断): the rows by which it applies have ended, and nothing
/// says that it should.
///
/// A layer without its deductible or bands refuses a claim; one without its `applies` is left out, and the patient
/// pays what it would have paid. A row `applies: false` says that this is meant.
final class LayerGaps {

    private LayerGaps() {
    }

    static List<Finding> of(Policy policy, PackReader reader) {
        var findings = new ArrayList<Finding>();
        for (var benefit : policy.benefits()) {
            for (var layer : benefit.layers()) {
                gap(policy, benefit, layer, reader, findings);
            }
        }
        return findings;
    }

    private static void gap(
            Policy policy, Benefit benefit, Layer layer, PackReader reader, List<Finding> findings) {
        if (layer.applies().isEmpty()) {
            return;
        }
        var days = new TreeSet<LocalDate>(List.of(policy.cover().from()));
        for (var row : layer.applies().rows()) {
            days.add(row.inForce().from());
            if (!row.inForce().isOpen()) {
                days.add(row.inForce().to().plusDays(1));
            }
        }
        var began = false;
        for (var day : days) {
            var holds = !layer.applies().on(day, KnownOn.LATEST).isEmpty();
            if (began && !holds && policy.cover().covers(day) && settles(benefit, day)) {
                var at = reader.place(layer.applies().rows());
                findings.add(new Finding(Finding.Severity.WARNING, at.file().isEmpty() ? "areas/" + policy.area()
                        : at.file(), at.line(), benefit.name() + " " + layer.name() + " applies",
                        "自 " + day + " 起无行 no row from " + day,
                        "此日起的一行；确已取消的写 applies: false，否则不声不响地不再支付",
                        "a row from that day on; applies: false where it has really ended, else it silently pays "
                        + "nothing"));
                return;
            }
            began |= holds;
        }
    }

    /// Whether claims still reach a fund on the day.
    private static boolean settles(Benefit benefit, LocalDate day) {
        return benefit.layers().stream().filter(layer -> layer.applies().isEmpty()).map(Layer::bands)
                .anyMatch(bands -> bands != null
                && !bands.rows().on(day, KnownOn.LATEST, band -> band.above().value()).isEmpty());
    }
}
