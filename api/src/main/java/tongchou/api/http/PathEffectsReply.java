package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the prices of a path cost or save (趋同影响). Amounts are what is more; negative is less.
///
/// @param method `resettled`: every settlement was settled again; `apportioned`: by the shares of the fund that were
///         given
/// @param members how many members were looked at so far; left out for given volumes
/// @param membersLeftOut how many of them could not be settled again and count nowhere; left out for given volumes
/// @param steps one for each day: what all members looked at so far come to, with the last reply the whole period
/// @param part what the members of this reply alone come to; left out where one reply has the whole
/// @param leftOut the members of this reply that could not be settled again
/// @param next what `after` of the next request is, which carries the sums so far; left out with the whole
public record PathEffectsReply(
        String area, LocalDate from, LocalDate to, String method, @Nullable Long members,
        @Nullable Long membersLeftOut, List<PathStepReply> steps, @Nullable PartReply part,
        List<LeftOutReply> leftOut, @Nullable String next) {

    /// What some members come to.
    ///
    /// @param members how many were looked at
    public record PartReply(long members, List<PathStepReply> steps) {
    }

    /// The prices of one day.
    ///
    /// @param settlements how many settlements come out otherwise; rows of given volumes
    /// @param sums the whole, which is the sum of the institutions
    /// @param items what the items come to, whose differences add up to the total
    public record PathStepReply(
            LocalDate day, long settlements, ShareReply sums, List<InstitutionShareReply> institutions,
            List<ItemChangeReply> items) {
    }

    /// Who pays more: the total is the sum of the three others.
    public record ShareReply(long totalMoreFen, long fundMoreFen, long patientsMoreFen, long hospitalMoreFen) {
    }

    /// What an institution charges more, and who pays it.
    public record InstitutionShareReply(String institution, ShareReply sums) {
    }

    /// What an item comes to.
    public record ItemChangeReply(String item, String name, long lines, long beforeFen, long afterFen) {
    }

    /// Somebody who could not be settled again.
    ///
    /// @param why a code and what it is about
    public record LeftOutReply(String member, String why) {
    }
}
