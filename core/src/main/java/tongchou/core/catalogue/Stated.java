package tongchou.core.catalogue;

/// Something a catalogue states about items (目录事实内容): what [Fact] dates and cites.
public sealed interface Stated permits Item, PrePay, Price, Standard, Restriction, Surcharge, Procurement, Allowance,
        Alias, Convergence, Continuation {

    /// What tells facts about one item apart that hold side by side, such as the tier of a price; versions of one
    /// slot succeed each other.
    String slot();
}
