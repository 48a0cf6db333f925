package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A person who is not in the book, for a preview (人员信息).
///
/// @param standings without overlaps
public record PersonFacts(
        LocalDate birth,
        @Field(least = 1, most = 50) List<StandingFacts> standings,
        @Field(omissible = true) @Nullable AccountFacts account) {
}
