package tongchou.api.pack;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.InForce;
import tongchou.core.policy.Divisions;
import tongchou.core.policy.Document;
import tongchou.core.policy.Payer;
import tongchou.core.policy.Policy;
import tongchou.core.policy.Row;
import tongchou.core.policy.Table;
import tongchou.core.policy.WaitingPeriod;

/// A policy pack (政策包): one version of a region's rules, read and compiled.
///
/// @param id short name, for example `zhejiang`
/// @param version version of the pack
/// @param hash SHA-256 in hexadecimal over the pack's files and the hashes of the packs it extends
/// @param parent the pack it extends, null for the root
/// @param cover days it answers for
/// @param replaces areas of other packs that its own areas take over, each from a day on
/// @param demonstration whether it may hold values without a document
/// @param documents every document cited, by id, its parents' included
/// @param policies the rules of each area
/// @param items the rows of its `catalogue.csv` files, see [CatalogueRow]
/// @param listings everything its catalogue states, the rows of `catalogue.csv` included
/// @param parameters values that are stated but not executed by a benefit, such as payment parameters
/// @param divisions the division codes that changed, as it and its parents state them
/// @param waiting the waiting-period rule, empty when the pack and its parents state none
/// @param coverage which clauses are executed and which are not
/// @param cases the worked examples; only those of partners when the pack was loaded to settle with, not to be checked
public record Pack(
        String id,
        String version,
        String hash,
        String name,
        String nameEn,
        @Nullable Pack parent,
        InForce cover,
        List<Replacement> replaces,
        boolean demonstration,
        List<String> maintainers,
        Map<String, Document> documents,
        List<Policy> policies,
        List<CatalogueRow> items,
        Listings listings,
        List<Parameter> parameters,
        Divisions divisions,
        Table<WaitingPeriod> waiting,
        List<Clause> coverage,
        List<Case> cases) {

    /// Copies the collections.
    public Pack {
        replaces = List.copyOf(replaces);
        maintainers = List.copyOf(maintainers);
        documents = Map.copyOf(documents);
        policies = List.copyOf(policies);
        items = List.copyOf(items);
        parameters = List.copyOf(parameters);
        coverage = List.copyOf(coverage);
        cases = List.copyOf(cases);
    }

    /// A clause of a document and what the pack makes of it (条款覆盖).
    ///
    /// @param status `executed`, `not-executed` or `doubtful`
    public record Clause(String document, String article, String status, String note) {
    }

    /// A value that is stated with its source but works outside the settlement of one claim (参数).
    ///
    /// @param unit what the number counts, for example `yuan-per-head-per-year`
    /// @param floor the payer whose ratio must not be lower in the cases of the row; null for a value that is no floor
    /// @param row the value in the pack's own text, dated and cited
    public record Parameter(String area, String name, String unit, @Nullable Payer floor, Row<String> row) {

        /// Whether a floor counts from what the same person gets at home, such as ten points less.
        boolean isPoints() {
            return unit.equals("points");
        }
    }
}
