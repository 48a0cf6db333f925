package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every rule of a pack that is in force on a day (参数).
public record ParametersReply(
        SettlementReply.PackVersion pack, LocalDate date, @Nullable LocalDate knownOn,
        List<ParameterReply> parameters) {

    /// One row (规则行).
    ///
    /// @param benefit the benefit it belongs to; empty for parameters outside the settlement of a claim
    /// @param layer the layer; empty for rules of the benefit as a whole
    /// @param table what the row states: `deductible`, `band`, `ceiling`...
    /// @param label the conditions in the pack's own words
    /// @param value the value in words, for example `85%（0.00 元以上）`
    public record ParameterReply(
            String area, String benefit, String layer, String table, String label, String value,
            @Nullable LocalDate firstDay, @Nullable LocalDate lastDay, LocalDate issued, CitationReply citation) {
    }
}
