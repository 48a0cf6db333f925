package tongchou.core.alliance;

/// The short ladder of institution tiers by which insurance pays (医保结算等级, `hi_setl_lv`).
///
/// A region's finer words (社区, 乡镇, 区属三级, 小点...) are conditions that its pack builds on tier, kind and
/// administration; the ladder itself never grows.
public enum Tier {

    /// Level one and below, the primary tier (一级及以下).
    PRIMARY,

    /// Level two (二级).
    SECONDARY,

    /// Level three (三级).
    TERTIARY
}
