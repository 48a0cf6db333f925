package tongchou.api.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A settlement taken back (冲正结果): its amounts with the other sign, and what the year and the account are afterwards.
///
/// It is stored and never computed again.
///
/// @param reversedAt when, in UTC
/// @param by who asked: `institution` or `bureau`
/// @param settlement id of the settlement that is taken back
/// @param settlementKey the key it was booked under
/// @param replacedBy id of the settlement booked in its place; left out where there is none
/// @param nationalYuan the negative amounts under the names of the national interface, in yuan with two decimals
/// @param corrections difference entries of the settlement that were taken back with it
/// @param movements the member's sums before and after
/// @param accountBefore the account money before
/// @param accountAfter the account money afterwards
public record ReversalReply(
        String id,
        String key,
        String reversedAt,
        String by,
        String settlement,
        String settlementKey,
        @Nullable String replacedBy,
        String member,
        String institution,
        String reason,
        SettlementReply.AmountsReply amounts,
        Map<String, String> nationalYuan,
        List<PostingBackReply> postings,
        List<CorrectionBackReply> corrections,
        List<SettlementReply.MovementReply> movements,
        AccountFacts accountBefore,
        AccountFacts accountAfter) {

    /// A difference entry that is taken back (更正冲回).
    ///
    /// @param byPayerFen what each payer's part changes by: the entry with the other sign
    public record CorrectionBackReply(String id, Map<String, Long> byPayerFen) {
    }

    /// What one layer gets back (冲正分项): never above zero.
    ///
    /// @param layer name of the layer; left out for cash
    public record PostingBackReply(String payer, long amountFen, @Nullable String layer) {
    }
}
