package tongchou.server.intake;

import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.AccountFacts;
import tongchou.api.http.ReversalReply;
import tongchou.api.http.ReversalReply.CorrectionBackReply;
import tongchou.api.http.SettlementReply.MovementReply;
import tongchou.api.http.SettlementReply.ReversalMark;
import tongchou.api.http.Words;
import tongchou.core.people.Purse;
import tongchou.core.policy.Payer;
import tongchou.core.settlement.YearToDate;
import tongchou.storage.Book;
import tongchou.storage.Resettlements;
import tongchou.storage.Undone;

/// Writes reversals as replies (冲正回复).
public final class ReversalReplies {

    private ReversalReplies() {
    }

    /// A reversal as it is answered: the settlement's stored amounts with the other sign.
    ///
    /// @param by `institution` or `bureau`
    /// @param replacedBy id of the settlement booked in its place; null when there is none
    public static ReversalReply of(Book.Reversing request, String by, @Nullable String replacedBy, Undone undone) {
        var settlement = undone.settlement();
        var reply = new StoredReply(settlement.reply());
        return new ReversalReply(request.id(), request.key(), request.now().toString(), by, settlement.id(),
                settlement.key(), replacedBy, settlement.member(), reply.text("institution").orElse(""),
                request.reason(), reply.negativeAmounts(), reply.negativeYuan(), reply.negativePostings(),
                undone.corrections().stream().map(ReversalReplies::back).toList(), movements(undone.movements()),
                account(undone.before()), account(undone.after()));
    }

    private static List<MovementReply> movements(List<YearToDate.Movement> movements) {
        return movements.stream().map(moved -> new MovementReply(moved.key().name(), Words.of(moved.key().period()),
                moved.key().periodKey(), Words.of(moved.unit()), moved.before(), moved.after())).toList();
    }

    private static CorrectionBackReply back(Resettlements.Correction correction) {
        var byPayer = new LinkedHashMap<String, Long>();
        for (var payer : Payer.values()) {
            if (correction.more().containsKey(payer)) {
                byPayer.put(payer.word(), -correction.more().get(payer).value());
            }
        }
        return new CorrectionBackReply(correction.id(), byPayer);
    }

    private static AccountFacts account(Purse purse) {
        return new AccountFacts(purse.currentYear().value(), purse.earlierYears().value(), purse.family().value());
    }

    /// The mark that a settlement carries once it was taken back.
    public static ReversalMark mark(Book.Reversal reversal) {
        return new ReversalMark(reversal.id(), reversal.reversedAt().toString(), reversal.reason(),
                new StoredReply(reversal.reply()).text("replaced_by").orElse(null));
    }
}
