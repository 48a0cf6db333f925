package tongchou.core.people;

import java.time.LocalDate;

/// An insured person (参保人), known to the core only by a token.
///
/// @param token the opaque name under which the book keeps the person; never an identity number
/// @param birth date of birth
public record Member(String token, LocalDate birth) {

    /// Completed years of age on a day (周岁).
    public int age(LocalDate day) {
        var years = day.getYear() - birth.getYear();
        var before = day.getMonthValue() < birth.getMonthValue()
                || day.getMonthValue() == birth.getMonthValue() && day.getDayOfMonth() < birth.getDayOfMonth();
        return before ? years - 1 : years;
    }
}
