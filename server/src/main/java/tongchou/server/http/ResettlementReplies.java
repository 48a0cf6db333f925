package tongchou.server.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.CorrectionsReply;
import tongchou.api.http.DifferencesReply;
import tongchou.api.http.ObstaclesReply;
import tongchou.api.http.ResettlementReply;
import tongchou.api.http.SettlementReply.PackVersion;
import tongchou.api.http.Words;
import tongchou.storage.Resettlements.Cause;
import tongchou.storage.Resettlements.Correction;
import tongchou.storage.Resettlements.Difference;
import tongchou.storage.Resettlements.Obstacle;
import tongchou.storage.Resettlements.Resettlement;
import tongchou.storage.Resettlements.Rules;
import tongchou.storage.Resettlements.Sum;

/// Re-settlements and corrections as they are answered (重算回复).
final class ResettlementReplies {

    private ResettlementReplies() {
    }

    static ResettlementReply of(Resettlement one) {
        PackVersion pack = null;
        LocalDate from = null;
        LocalDate knownOn = null;
        String member = null;
        var cause = switch (one.cause()) {
            case Cause.StaleSums() -> "stale";
            case Cause.OneMember(var token) -> {
                member = token;
                yield "member";
            }
            case Cause.NewRules rules -> {
                pack = new PackVersion(rules.pack(), rules.version(), rules.hash());
                from = rules.from();
                knownOn = rules.knownOn();
                yield "rules";
            }
        };
        var progress = one.progress();
        return new ResettlementReply(one.id(), cause, some(one.area()), one.reason(), Words.of(one.state()),
                one.revision(),
                one.resumes() == null ? null : Words.of(one.resumes()),
                new ResettlementReply.ProgressReply(progress.members(), progress.computed(), progress.blocked(),
                        progress.changed(), progress.booked()), pack, from, knownOn, member,
                one.events().stream().map(event -> new ResettlementReply.EventReply(Words.of(event.state()),
                        some(event.who()), event.at().toString())).toList());
    }

    private static @Nullable String some(String text) {
        return text.isEmpty() ? null : text;
    }

    private static PackVersion of(Rules rules) {
        return new PackVersion(rules.pack(), rules.version(), rules.hash());
    }

    static DifferencesReply.DifferenceReply of(Difference one) {
        return new DifferencesReply.DifferenceReply(one.number(), one.member(), one.settlement(), one.institution(),
                one.day(), one.payers().entrySet().stream().map(payer -> new DifferencesReply.ChangeReply(
                        payer.getKey().word(), payer.getValue().before().value(), payer.getValue().after().value(),
                        payer.getValue().more().value())).toList(), one.due().value(),
                one.counters().stream().map(change -> new DifferencesReply.CounterReply(change.key().name(),
                        Words.of(change.key().period()), change.key().periodKey(), Words.of(change.unit()),
                        change.met(), change.before(), change.after())).toList(),
                of(one.rules()), one.knownOn(), one.correction());
    }

    static DifferencesReply.InstitutionSumReply of(Sum sum) {
        return new DifferencesReply.InstitutionSumReply(sum.institution(), sum.payer().word(), sum.settlements(),
                sum.change().before().value(), sum.change().after().value(), sum.change().more().value());
    }

    static ObstaclesReply.ObstacleReply of(Obstacle one) {
        return new ObstaclesReply.ObstacleReply(one.member(), some(one.settlement()), one.why());
    }

    static CorrectionsReply.CorrectionReply of(Correction one) {
        return new CorrectionsReply.CorrectionReply(one.id(), one.resettlement(), one.takesBack(),
                one.bookedAt().toString(), of(one.rules()), one.knownOn(), one.more().entrySet().stream()
                        .map(more -> new CorrectionsReply.MoreReply(more.getKey().word(), more.getValue().value()))
                        .toList(), one.due().value());
    }
}
