package tongchou.api.http;

import org.jspecify.annotations.Nullable;

/// Something that a second person has to confirm, and how far it came (复核事项).
///
/// @param kind `reversal`, `replacement`, `adjustment` or `activation`
/// @param state `waiting`, `confirmed`, `declined`, `expired`, `done` or `failed`
/// @param subject the settlement, member or pack it is about
/// @param content what will be done, exactly, as JSON
/// @param digest SHA-256 of the content, as hexadecimal digits
/// @param askedBy who asked; cannot decide
/// @param askedAt when, in UTC
/// @param expiresAt nobody can decide afterwards
/// @param outcome what came of it, as JSON; left out until then
public record ApprovalReply(String id, String kind, String state, String subject, String content, String digest,
        String reason, String askedBy, String askedAt, String expiresAt, @Nullable String decidedBy,
        @Nullable String decidedAt, @Nullable String remark, @Nullable String outcome) {
}
