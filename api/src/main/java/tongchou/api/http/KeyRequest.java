package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A key to be given out (发放密钥).
///
/// @param holder whom it is for, in words
/// @param scope code of the institution or alliance, or six digits of the area; left out for an administrator
/// @param from first day; today where nothing is said
/// @param to last day; a year after the first where nothing is said
public record KeyRequest(
        Role role,
        @Field(omissible = true, form = Field.Form.CODE) @Nullable String scope,
        String holder,
        @Field(omissible = true) @Nullable LocalDate from,
        @Field(omissible = true) @Nullable LocalDate to) {
}
