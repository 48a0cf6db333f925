package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A re-settlement and how far it has come (重算任务).
///
/// @param area six digits of the area it covers, or their beginning; left out when it covers every member
/// @param state `computing`, `ready`, `booking`, `stopped`, `done` or `dismissed`
/// @param revision counts what happened to it; a confirmation names the one that was looked at
/// @param resumes what it goes on with after it was resumed; left out unless it is stopped
/// @param pack the version that is applied; left out unless rules are the cause
public record ResettlementReply(
        String id, String cause, @Nullable String area, String reason, String state, long revision,
        @Nullable String resumes, ProgressReply progress, SettlementReply.@Nullable PackVersion pack,
        @Nullable LocalDate from, @Nullable LocalDate knownOn,
        @Nullable String member, List<EventReply> events) {

    /// How far it has come, in members (进度).
    ///
    /// @param members how many are affected
    /// @param computed how many of them were looked at
    /// @param blocked how many of these cannot be booked, see its obstacles
    /// @param changed how many came out otherwise when they were to be booked, and wait for another confirmation
    /// @param booked how many are booked
    public record ProgressReply(long members, long computed, long blocked, long changed, long booked) {
    }

    /// Who brought it to which state, and when (经过).
    ///
    /// @param who left out where the book did
    public record EventReply(String state, @Nullable String who, String at) {
    }
}
