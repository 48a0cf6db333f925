package tongchou.server.intake;

import java.util.List;
import tongchou.api.http.EncounterFacts;
import tongchou.api.http.Fault;
import tongchou.api.http.ProblemCode;
import tongchou.core.encounter.Channel;

/// What about an encounter cannot go together (就诊信息核对).
final class CareRules {

    private CareRules() {
    }

    /// That nobody stays in hospital over the internet.
    static Fault onlyVisits(String field) {
        return Fault.of(ProblemCode.FIELDS_CONFLICT, field, "internet", "只用于门诊", "only with outpatient care");
    }

    /// Adds everything that is wrong with days, referral and what only visits have.
    static void check(EncounterFacts encounter, List<Fault> faults) {
        var from = encounter.from();
        var to = encounter.to();
        var stay = Intake.STAYS.contains(encounter.care());
        if (stay && to == null) {
            faults.add(Fault.of(ProblemCode.MISSING_FIELD, "encounter.to", "", "出院日期", "the day of discharge"));
        }
        if (to != null && (to.isBefore(from) || !stay && !to.equals(from))) {
            faults.add(Fault.of(ProblemCode.DATES_OUT_OF_ORDER, "encounter.to", to.toString(),
                    stay ? "不早于入院日 " + from : "门急诊只有一天：与 from 相同或不填",
                    stay ? "not before the admission on " + from
                    : "a visit has one day: the same as from, or nothing"));
        }
        if (stay && encounter.supplyWeeks() != null) {
            faults.add(Fault.of(ProblemCode.FIELDS_CONFLICT, "encounter.supply_weeks",
                    encounter.supplyWeeks().toString(), "只用于门诊处方", "only with outpatient prescriptions"));
        }
        if (stay && encounter.channel() == Channel.INTERNET) {
            faults.add(onlyVisits("encounter.channel"));
        }
        var referral = encounter.referral();
        if (referral != null && referral.issued().isAfter(from)) {
            faults.add(Fault.of(ProblemCode.DATES_OUT_OF_ORDER, "encounter.referral.issued",
                    referral.issued().toString(), "不晚于就诊首日 " + from, "not after the first day of care, " + from));
        }
    }
}
