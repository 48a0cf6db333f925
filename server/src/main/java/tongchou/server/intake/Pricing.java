package tongchou.server.intake;

import java.time.LocalDate;
import java.util.List;
import tongchou.api.http.LineFacts;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.encounter.Claim;

/// Puts other prices under a bill before it is judged (换价), to see what they would come to.
@FunctionalInterface
public interface Pricing {

    /// The bill and the catalogue as they are.
    Pricing AS_CHARGED = (catalogue, lines, draft, day) -> new Priced(catalogue, lines);

    /// The bill and the catalogue that are judged instead.
    ///
    /// @param draft the claim without lines: who, where and what kind of care
    /// @param day the day that binds it to the rules
    Priced on(Catalogue catalogue, List<LineFacts> lines, Claim draft, LocalDate day);

    /// What is judged.
    record Priced(Catalogue catalogue, List<LineFacts> lines) {
    }
}
