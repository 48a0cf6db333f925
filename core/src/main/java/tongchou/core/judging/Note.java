package tongchou.core.judging;

import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.Origin;

/// Why a charge was judged as it was (审定说明), in both languages.
///
/// @param origin where the rule stands; null where none was needed
public record Note(Kind kind, String zh, String en, @Nullable Origin origin) {

    /// What a note is about (说明类别).
    public enum Kind {
        /// The class of the item (甲乙丙).
        PAY_CLASS,
        /// The price that insurance counts (限价).
        LIMIT,
        /// A limit is stated but no quantity was sent (未按限价核对).
        LIMIT_NOT_CHECKED,
        /// A surcharge raised the price (加收).
        SURCHARGE,
        /// More was supplied than is paid (超限量).
        QUANTITY,
        /// More days were supplied than are paid (超天数).
        DAYS,
        /// A restriction is met (符合限定).
        RESTRICTION_MET,
        /// A restriction is not met: the patient pays (不符合限定).
        RESTRICTION_NOT_MET,
        /// A restriction is in words only: paid, for people to look at (待人工审核).
        RESTRICTION_OPEN,
        /// Only another insurance pays it (非基本医保支付).
        OTHER_INSURANCE,
        /// A herbal piece that is not paid alone (单味不予支付).
        NOT_ALONE,
        /// Charged beside an item that excludes it (不得同时收取).
        EXCLUDED,
        /// Charged without the item it belongs to (缺少主项目).
        NOT_LINKED,
        /// A procurement price is known (集采中选价).
        PROCUREMENT,
        /// A restriction to other tiers does not hold against what a referral carries along (下转续方).
        CONTINUED
    }
}
