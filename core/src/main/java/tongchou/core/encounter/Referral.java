package tongchou.core.encounter;

import java.time.LocalDate;

/// The step by which a patient reached the treating institution (转诊).
///
/// @param direction up, down, or across the ladder of tiers
/// @param episode name of the disease episode that the referral continues (同一疾病过程); encounters that share
///         it share the continuous deductible
/// @param issued day on which the referral was written, or of the discharge it follows
public record Referral(Direction direction, String episode, LocalDate issued) {

    /// The way a referral leads.
    public enum Direction {
        /// The patient came without one (未转诊).
        NONE,
        /// From a lower tier to a higher one (上转).
        UPWARD,
        /// From a higher tier to a lower one (下转).
        DOWNWARD,
        /// Between institutions of one tier (平转).
        ACROSS
    }
}
