package tongchou.api.http;

/// An allotment that was booked (预算下达记录).
///
/// @param id the id of the approval by which two persons decided it
/// @param amountFen in fen, less than zero for a cut
public record AllotmentReply(String id, long amountFen, String document, String reason, String askedBy,
        String confirmedBy, String at) {
}
