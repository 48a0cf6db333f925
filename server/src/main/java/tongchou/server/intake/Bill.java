package tongchou.server.intake;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.ClinicalFacts;
import tongchou.api.http.DetailFacts;
import tongchou.api.http.LineFacts;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.encounter.Claim;
import tongchou.core.encounter.Referral;
import tongchou.core.judging.Charge;
import tongchou.core.judging.Circumstances;
import tongchou.core.judging.Judge;
import tongchou.core.judging.Judgement;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;

/// The lines of a request put before the catalogue of the insuring area (账单审定).
final class Bill {

    private Bill() {
    }

    /// Judges the lines.
    ///
    /// @param draft the claim without lines: who, where and what kind of care
    /// @param day the day that binds it to the rules
    static Judgement judge(Catalogue catalogue, List<LineFacts> lines, Claim draft, LocalDate day, KnownOn known,
            @Nullable ClinicalFacts clinical) {
        var charges = new ArrayList<Charge>();
        for (var line : lines) {
            charges.add(charge(charges.size() + 1, line));
        }
        return Judge.judge(catalogue, charges, circumstances(catalogue, draft, day, known, clinical));
    }

    private static Charge charge(int number, LineFacts line) {
        var detail = Objects.requireNonNullElse(line.detail(), new DetailFacts(null, null, null, List.of()));
        return new Charge(number, line.item(), Fen.of(line.amountFen()),
                line.quantity() == null ? null : new BigDecimal(line.quantity()), fen(detail.unitPriceFen()),
                detail.days(), Objects.requireNonNullElse(detail.specification(), ""), detail.surcharges(),
                line.payClass(), fen(line.overLimitFen()), ratio(line.prePayBp()), ratio(line.directBp()));
    }

    private static Circumstances circumstances(Catalogue catalogue, Claim draft, LocalDate day, KnownOn known,
            @Nullable ClinicalFacts clinical) {
        var encounter = draft.encounter();
        var institution = draft.institution();
        return new Circumstances(day, known, draft.standing().scheme(), draft.member().age(day),
                clinical == null ? null : clinical.sex(), institution.tier(),
                List.of(institution.code(), institution.division()), encounter.care(), encounter.supplyWeeks(),
                draft.standing().diseases().contains(encounter.disease()),
                clinical == null ? null : Set.copyOf(clinical.diagnoses()),
                clinical == null ? null : clinical.department(),
                clinical == null ? null : Set.copyOf(clinical.usedBefore()),
                clinical == null ? null : Set.copyOf(clinical.evidence()),
                carried(catalogue, draft, day, known));
    }

    /// The items that a referral down carries along, as the catalogue knows them.
    private static Set<String> carried(Catalogue catalogue, Claim draft, LocalDate day, KnownOn known) {
        var referral = draft.encounter().referral();
        if (referral == null || referral.direction() != Referral.Direction.DOWNWARD) {
            return Set.of();
        }
        var users = List.of(draft.institution().code(), draft.institution().division());
        return referral.carried().stream().map(code -> catalogue.item(code, users, day, known)
                .map(found -> found.value().code()).orElse(code)).collect(Collectors.toSet());
    }

    private static @Nullable Fen fen(@Nullable Long fen) {
        return fen == null ? null : Fen.of(fen);
    }

    private static @Nullable Ratio ratio(@Nullable Long bp) {
        return bp == null ? null : new Ratio(Math.multiplyExact(bp, 100L));
    }
}
