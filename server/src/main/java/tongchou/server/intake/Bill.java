package tongchou.server.intake;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.ClinicalFacts;
import tongchou.api.http.DetailFacts;
import tongchou.api.http.LineFacts;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.encounter.Claim;
import tongchou.core.judging.Charge;
import tongchou.core.judging.Circumstances;
import tongchou.core.judging.Clinical;
import tongchou.core.judging.Judge;
import tongchou.core.judging.Judgement;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;

/// The lines of a request put before the catalogue of the insuring area (账单审定).
final class Bill {

    private static final DetailFacts NO_DETAIL = new DetailFacts(null, null, null, List.of());

    private Bill() {
    }

    /// Judges the lines.
    ///
    /// @param draft the claim without lines: who, where and what kind of care
    /// @param day the day that binds it to the rules
    static Judgement judge(Catalogue catalogue, List<LineFacts> lines, Claim draft, LocalDate day, KnownOn known,
            @Nullable ClinicalFacts clinical) {
        var charges = new ArrayList<Charge>(lines.size());
        for (var line : lines) {
            charges.add(charge(charges.size() + 1, line));
        }
        return Judge.judge(catalogue, charges, Circumstances.of(draft, day, known, catalogue, clinical(clinical)));
    }

    private static Charge charge(int number, LineFacts line) {
        var detail = Objects.requireNonNullElse(line.detail(), NO_DETAIL);
        return new Charge(number, line.item(), Fen.of(line.amountFen()),
                line.quantity() == null ? null : new BigDecimal(line.quantity()), fen(detail.unitPriceFen()),
                detail.days(), Objects.requireNonNullElse(detail.specification(), ""), detail.surcharges(),
                line.payClass(), fen(line.overLimitFen()), ratio(line.prePayBp()), ratio(line.directBp()));
    }

    private static @Nullable Clinical clinical(@Nullable ClinicalFacts facts) {
        return facts == null ? null : new Clinical(facts.sex(), Set.copyOf(facts.diagnoses()), facts.department(),
                Set.copyOf(facts.usedBefore()), Set.copyOf(facts.evidence()));
    }

    private static @Nullable Fen fen(@Nullable Long fen) {
        return fen == null ? null : Fen.of(fen);
    }

    private static @Nullable Ratio ratio(@Nullable Long bp) {
        return bp == null ? null : new Ratio(Math.multiplyExact(bp, 100L));
    }
}
