package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of what comes out otherwise (差额清单).
///
/// @param sums everything that was found, by institution and payer; only on the first page
/// @param next what `after` of the next page is; left out at the end
public record DifferencesReply(
        List<DifferenceReply> differences, @Nullable List<InstitutionSumReply> sums, @Nullable Long next) {

    /// What comes out otherwise for one settlement (差额).
    ///
    /// @param dueFen what the person gets back when positive, has still to pay when negative
    /// @param pack the version it is computed by now
    /// @param correction id of the correction by which it was booked; left out before
    public record DifferenceReply(
            long number, String member, String settlement, String institution, LocalDate bindingDay,
            List<ChangeReply> payers, long dueFen, List<CounterReply> counters,
            SettlementReply.PackVersion pack, @Nullable LocalDate knownOn, @Nullable String correction) {
    }

    /// What a payer paid and pays (支付变化).
    public record ChangeReply(String payer, long beforeFen, long afterFen, long moreFen) {
    }

    /// What a settlement added to a counter and adds now (累计变化), in fen or stays.
    ///
    /// @param met the sum that it meets now
    public record CounterReply(
            String counter, String period, String periodKey, String unit, long met, long before, long after) {
    }

    /// What was found for one institution and one payer (汇总).
    ///
    /// @param settlements how many settlements differ
    public record InstitutionSumReply(
            String institution, String payer, long settlements, long beforeFen, long afterFen, long moreFen) {
    }
}
