package tongchou.core.people;

import tongchou.core.money.Fen;

/// The personal account money a settlement may use (个人账户), own and shared by the family (家庭共济).
///
/// Rules that spend the account before the pool name the money of the current year alone; rules that spend it
/// afterwards take the own account as a whole, then the family's.
///
/// @param currentYear what was credited in the current benefit year and is still there
/// @param earlierYears what remains of earlier years
/// @param family what relatives who share their account put at the member's disposal
public record Purse(Fen currentYear, Fen earlierYears, Fen family) {

    /// No account, or the member does not want it used.
    public static final Purse EMPTY = new Purse(Fen.ZERO, Fen.ZERO, Fen.ZERO);

    /// The member's own money of all years.
    public Fen own() {
        return currentYear.plus(earlierYears);
    }
}
