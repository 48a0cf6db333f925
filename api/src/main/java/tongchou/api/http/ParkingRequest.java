package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A member to be parked or released (挂起、解除挂起).
///
/// @param benefitYear first day of the benefit year; left out, all years are parked, or everything is released
/// @param reason why, for whoever reads it later
public record ParkingRequest(@Field(omissible = true) @Nullable LocalDate benefitYear, String reason) {
}
