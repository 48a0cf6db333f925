package tongchou.core.catalogue;

/// Where a fact of a catalogue comes from (来源): the document by the id under which the pack lists it, and the level
/// that states it. The document itself, with its grade, is found under its id beside the catalogue.
///
/// @param document id of the document
/// @param article place in the document, empty where it has none
/// @param level name of the level that states it: national, province, area, alliance, or a private overlay
public record Origin(String document, String article, String level) {
}
