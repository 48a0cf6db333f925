package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What corrections left due (应补应退), in fen; less than zero goes the other way.
///
/// @param institutions what is due by institution; only on the first page
/// @param next what `after` of the next page is; left out at the end
public record DuesReply(LocalDate from, LocalDate to, @Nullable List<DueReply> institutions,
        List<DueLineReply> corrections, @Nullable Long next) {

    /// What is due to or from one institution (机构应补应退).
    ///
    /// @param settlements how many of its settlements were corrected
    /// @param fromFundsFen what the funds have to pay to it
    /// @param fromAccountsFen what personal accounts pay more
    /// @param toPersonsFen what it has to pay to persons
    public record DueReply(String institution, long settlements, List<CorrectionsReply.MoreReply> payers,
            long fromFundsFen, long fromAccountsFen, long toPersonsFen) {
    }

    /// One correction that it comes from (更正明细).
    public record DueLineReply(long number, String correction, String settlement, String institution, String member,
            String bookedAt, List<CorrectionsReply.MoreReply> payers, long fromFundsFen, long fromAccountsFen,
            long toPersonsFen) {
    }
}
