package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A member of the book (参保人): birth, standings, account and the relatives who share theirs.
///
/// @param token opaque name, never an identity number
/// @param standings without overlaps
/// @param sharers tokens of the relatives who share their account, in the order in which it is used
/// @param identity sealed in the book; its number is masked in answers
public record MemberFacts(
        @Field(form = Field.Form.CODE) String token,
        LocalDate birth,
        @Field(least = 1, most = 50) List<StandingFacts> standings,
        @Field(omissible = true) @Nullable AccountFacts account,
        @Field(omissible = true, most = 20, form = Field.Form.CODE) List<String> sharers,
        @Field(omissible = true) @Nullable IdentityFacts identity) {
}
