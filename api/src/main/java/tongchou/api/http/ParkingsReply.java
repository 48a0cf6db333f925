package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Members for whom nothing is booked until a person has looked (挂起清单), the earliest first.
public record ParkingsReply(List<ParkingReply> parkings) {

    /// One of them.
    ///
    /// @param benefitYear first day of the benefit year in which nothing is booked; left out for all years
    /// @param by who parked it; left out where the book found an invariant that would not hold
    /// @param at when, in UTC
    public record ParkingReply(
            String member, @Nullable LocalDate benefitYear, String reason, @Nullable String by, String at) {
    }
}
