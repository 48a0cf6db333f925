package tongchou.storage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Members for whom nothing is booked until a person has looked (挂起): in one benefit year, or at all.
///
/// The book parks the benefit year in which an invariant would break; a person may park a year or everything. Writing
/// methods return only after the change is durable.
public interface Parkings {

    /// Parks a member. What is parked already stays so for the first reason.
    ///
    /// @param year the first day of the benefit year; null for all years
    /// @param by who parks it; empty where the book does
    /// @return whether the member is in the book
    boolean park(String member, @Nullable LocalDate year, String reason, String by, Instant now);

    /// Lets a parked member go on (解除挂起).
    ///
    /// @param year the first day of the benefit year; null for everything that is parked
    /// @param by the person who looked, never empty
    /// @return whether anything was parked
    boolean release(String member, @Nullable LocalDate year, String reason, String by, Instant now);

    /// What is parked of a member, the earliest first; empty while all is well.
    List<Parking> of(String member);

    /// Everything that is parked, the earliest first.
    List<Parking> all();

    /// A member for whom nothing is booked.
    ///
    /// @param year the first day of the benefit year in which nothing is; null for all years
    /// @param by who parked it; empty where the book did
    record Parking(String member, @Nullable LocalDate year, String reason, String by, Instant at) {

        /// Whether it keeps back what counts in a benefit year.
        ///
        /// @param benefitYear the first day of the year
        public boolean covers(LocalDate benefitYear) {
            return year == null || year.equals(benefitYear);
        }
    }
}
