package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A contract with a family doctor (家庭医生签约).
///
/// @param institution code of the primary unit that signed
/// @param to last day; left out while no end is known
public record ContractFacts(
        @Field(form = Field.Form.CODE) String institution, LocalDate from,
        @Field(omissible = true) @Nullable LocalDate to) {
}
