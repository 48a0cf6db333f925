package tongchou.api.http;

/// Where a value comes from (依据).
///
/// @param document id of the document in its pack
/// @param number document number (文号), empty where none was found
/// @param grade `official`, `secondary` or `demonstration`
/// @param level name of the pack or area that stated the value
/// @param overrides name of the level whose value it replaces, empty when none
public record CitationReply(
        String document, String title, String number, String article, String issuer, String grade, String level,
        String overrides) {
}
