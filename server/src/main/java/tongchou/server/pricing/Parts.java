package tongchou.server.pricing;

import java.util.Map;
import tongchou.core.money.Fen;
import tongchou.core.policy.Payer;
import tongchou.storage.Resettlements.Change;

/// Who pays how much more or less (各方增减), in fen; the total is the sum of the three others.
///
/// @param total what institutions charge more
/// @param fund what every fund together pays more
/// @param patients what persons pay more, from accounts and in cash
/// @param hospital what institutions bear more themselves
public record Parts(Fen total, Fen fund, Fen patients, Fen hospital) {

    /// Nothing changes.
    public static final Parts NOTHING = new Parts(Fen.ZERO, Fen.ZERO, Fen.ZERO, Fen.ZERO);

    /// What payers pay more.
    static Parts of(Map<Payer, Change> payers) {
        var fund = Fen.ZERO;
        var patients = Fen.ZERO;
        var hospital = Fen.ZERO;
        for (var entry : payers.entrySet()) {
            var more = entry.getValue().more();
            if (entry.getKey().isFund()) {
                fund = fund.plus(more);
            } else if (entry.getKey() == Payer.HOSPITAL) {
                hospital = hospital.plus(more);
            } else {
                patients = patients.plus(more);
            }
        }
        return new Parts(fund.plus(patients).plus(hospital), fund, patients, hospital);
    }

    /// Both together.
    public Parts plus(Parts other) {
        return new Parts(total.plus(other.total), fund.plus(other.fund), patients.plus(other.patients),
                hospital.plus(other.hospital));
    }

    /// This without the other.
    public Parts minus(Parts other) {
        return new Parts(total.minus(other.total), fund.minus(other.fund), patients.minus(other.patients),
                hospital.minus(other.hospital));
    }
}
