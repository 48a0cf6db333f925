package tongchou.core.settlement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import tongchou.core.calendar.KnownOn;
import tongchou.core.encounter.Claim;
import tongchou.core.policy.Document;

/// An exactly settled claim (结算): every yuan has a payer, and every step its rule.
///
/// The lists are handed over by the engine, which keeps no reference to them: they are not copied again.
///
/// @param waterfall the compiled benefit that settled it
/// @param day the day that bound it to the rules
/// @param knownOn as of when the rules were read
/// @param claim what was settled
/// @param lines every charge line with its parts
/// @param postings what each layer pays and what stays in cash; they add up to the total
/// @param steps the calculation in its order
/// @param position the counters before and after
public record Settlement(
        Waterfall waterfall,
        LocalDate day,
        KnownOn knownOn,
        Claim claim,
        Amounts amounts,
        List<JudgedLine> lines,
        List<Posting> postings,
        List<Step> steps,
        Position position) implements Outcome {

    /// What the settlement does to the member's counters; counters that do not move are left out.
    public List<YearToDate.Movement> movements() {
        var movements = new ArrayList<YearToDate.Movement>();
        var counters = waterfall.counters();
        for (var i = 0; i < counters.size(); i++) {
            if (position.before(i) != position.after(i)) {
                movements.add(new YearToDate.Movement(waterfall.key(counters.get(i), claim, day),
                        counters.get(i).unit(), position.before(i), position.after(i)));
            }
        }
        return movements;
    }

    /// Whether a value without a document took part.
    public boolean isDemonstration() {
        return weakestGrade() == Document.Grade.DEMONSTRATION;
    }

    /// The weakest grade of the documents that took part.
    public Document.Grade weakestGrade() {
        var weakest = Document.Grade.OFFICIAL;
        for (var step : steps) {
            var row = step.row();
            if (row != null && row.citation().document().grade().compareTo(weakest) > 0) {
                weakest = row.citation().document().grade();
            }
        }
        return weakest;
    }
}
