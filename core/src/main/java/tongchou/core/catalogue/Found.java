package tongchou.core.catalogue;

/// A fact that was found for an item on a day (查得的事实).
///
/// @param overrides name of the level whose statement it replaces, empty when it replaces none
/// @param <V> what it states
public record Found<V extends Stated>(Fact<V> fact, String overrides) {

    /// What it states.
    public V value() {
        return fact.value();
    }
}
