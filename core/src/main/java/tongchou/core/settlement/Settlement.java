package tongchou.core.settlement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import tongchou.core.calendar.KnownOn;
import tongchou.core.encounter.Claim;
import tongchou.core.policy.Document;
import tongchou.core.policy.Payer;

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

    /// The identities that its amounts, lines and postings break (不平之处): none in what the engine settled.
    public List<String> brokenIdentities() {
        var broken = new ArrayList<>(amounts.brokenIdentities());
        var fullSelfPay = 0L;
        var overLimit = 0L;
        var prePay = 0L;
        var inScope = 0L;
        for (var judged : lines) {
            fullSelfPay = Math.addExact(fullSelfPay, judged.fullSelfPay().value());
            overLimit = Math.addExact(overLimit, judged.overLimit().value());
            prePay = Math.addExact(prePay, judged.prePay().value());
            inScope = Math.addExact(inScope, judged.inScope().value());
        }
        if (fullSelfPay != amounts.fullSelfPay().value() || overLimit != amounts.overLimit().value()
                || prePay != amounts.prePay().value() || inScope != amounts.inScope().value()) {
            broken.add("5: the parts of its lines are those of the bill");
        }
        var paid = new long[amounts.byPayer().size()];
        for (var posting : postings) {
            var payer = posting.payer().ordinal();
            paid[payer] = Math.addExact(paid[payer], posting.amount().value());
        }
        for (var i = 0; i < paid.length; i++) {
            if (paid[i] != amounts.byPayer().get(i).value()) {
                broken.add("its postings are what " + Payer.values()[i] + " pays");
            }
        }
        return broken;
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
