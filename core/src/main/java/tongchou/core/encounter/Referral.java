package tongchou.core.encounter;

import java.time.LocalDate;
import java.util.Set;

/// The step by which a patient reached the treating institution (转诊).
///
/// @param direction up, down, or across the ladder of tiers
/// @param episode name of the disease episode that the referral continues (同一疾病过程); encounters that share
///         it share the continuous deductible
/// @param carried codes of the items that it carries along (携带处方)
/// @param issued day on which the referral was written, or of the discharge it follows
public record Referral(Direction direction, String episode, LocalDate issued, Set<String> carried) {

    /// Copies the codes.
    public Referral {
        carried = Set.copyOf(carried);
    }

    /// A referral that carries no prescription along.
    public Referral(Direction direction, String episode, LocalDate issued) {
        this(direction, episode, issued, Set.of());
    }


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
