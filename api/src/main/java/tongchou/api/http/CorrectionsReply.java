package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The corrections of a settlement, the first booked first (更正清单).
public record CorrectionsReply(String settlement, List<CorrectionReply> corrections) {

    /// A difference that was booked (更正分录).
    ///
    /// @param resettlement the work that found it; left out when it goes with a reversal
    /// @param takesBack the correction that it takes back, because the settlement was reversed; left out otherwise
    /// @param dueFen what the person gets back when positive, has still to pay when negative
    public record CorrectionReply(
            String id, @Nullable String resettlement, @Nullable String takesBack, String bookedAt,
            SettlementReply.PackVersion pack, @Nullable LocalDate knownOn, List<MoreReply> payers, long dueFen) {
    }

    /// What a payer pays more than before (支付增减).
    public record MoreReply(String payer, long moreFen) {
    }
}
