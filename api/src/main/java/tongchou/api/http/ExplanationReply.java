package tongchou.api.http;

import java.util.List;

/// The explanation of a booked settlement (明白纸), one sentence an entry.
///
/// @param id the settlement's id
/// @param language `zh` or `en`
public record ExplanationReply(String id, String language, List<String> sentences) {
}
