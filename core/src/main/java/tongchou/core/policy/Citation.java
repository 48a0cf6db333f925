package tongchou.core.policy;

/// Where a value comes from (依据): the document, the article, and the level of the pack that states it.
///
/// @param article the article as the document numbers it, for example 第十条; empty where the copy has none
/// @param level name of the pack or area that stated the value
/// @param overrides name of the level whose value it replaces, empty when it replaces none
public record Citation(Document document, String article, String level, String overrides) {
}
