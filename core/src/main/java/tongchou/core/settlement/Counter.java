package tongchou.core.settlement;

import tongchou.core.calendar.Period;

/// A sum that a member carries from one settlement to the next (累计项), as a policy names it.
///
/// @param name the pack's name, for example 居民住院起付线; rules that share the name share the sum
/// @param period how long it lasts
/// @param unit what it counts
public record Counter(String name, Period period, Unit unit) {

    /// What a counter counts.
    public enum Unit {
        /// Money in fen.
        FEN,
        /// Stays in hospital.
        STAYS
    }

    /// One counter of one definite period, for example the deductible of the benefit year from 2026-01-01.
    ///
    /// @param periodKey the period as [Period#key] names it
    public record Key(String name, Period period, String periodKey) {
    }
}
