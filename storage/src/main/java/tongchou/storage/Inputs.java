package tongchou.storage;

import java.time.LocalDate;
import java.util.Optional;
import java.util.function.BiFunction;
import tongchou.core.alliance.Institution;
import tongchou.core.settlement.YearToDate;

/// What a settlement was decided on (结算输入), as the book still knows it.
///
/// Sums and account money are those it met, standings and institutions those that were known when it was booked.
///
/// @param request the canonical request
/// @param institutions an institution by its code, as it stands on a day
public record Inputs(Book.Stored stored, byte[] request, Person person, YearToDate yearToDate,
        BiFunction<String, LocalDate, Optional<Institution>> institutions) {
}
